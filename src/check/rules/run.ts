import type { Finding, LimitItem, RuntimeSummary, Stats } from '../../model/report.ts';
import type { RuleSubject } from '../../model/rule-info.ts';
import type { Figures } from '../../model/workers.ts';
import type { ExecutorParam } from '../../polkadot/executor-params.ts';
import { messageOf } from '../../polkadot/prepare-error.ts';
import type { RuntimeFacts } from '../../runtime/inspect.ts';
import type { Outcome } from '../../worker/host/outcome.ts';
import type { Baseline } from '../baseline.ts';
import { displayOutcome, prepareErrorOf } from '../outcome-summary.ts';
import { wasEndedByEstimate, wasEndedBySlowWorker } from '../vote.ts';
import { rules } from './index.ts';
import type { LimitsContext, OutcomeContext, Rule, RuleContexts } from './rule.ts';

/** The results of an inspection, or of a preparation. */
export interface CheckedRuntime {
  readonly facts: RuntimeFacts;
  readonly runtime: RuntimeSummary;
  readonly executorParams: readonly ExecutorParam[];
  readonly items: readonly LimitItem[];
  readonly stats: Stats | undefined;
  /** Undefined after an inspection. */
  readonly outcome: Outcome | undefined;
  /** Whether the worker measured or estimated the time and memory that it compared with the limits. */
  readonly figures: Figures;
  readonly baseline: Baseline | undefined;
  readonly missingCosts?: LimitsContext['missingCosts'];
}

/** The findings about the limits, the blob and the baseline, in this order. */
export function findingsAbout(checked: CheckedRuntime): Finding[] {
  const { facts, runtime, executorParams, items, stats, outcome, figures, baseline, missingCosts } = checked;
  const prepareError = outcome && prepareErrorOf(outcome)?.tag;
  const current = { runtime, ...(stats && { stats }) };
  const endedByEstimate = outcome !== undefined && wasEndedByEstimate(outcome, figures);
  return [
    ...runRules(rules.limits, { items, stats, endedByEstimate, missingCosts }),
    ...runRules(rules.blob, { facts, runtime, executorParams, ...(prepareError && { prepareError }) }),
    ...(baseline ? runRules(rules.comparison, { baseline, current }) : []),
  ];
}

/** At most one finding. A success and a cancelled check have none. */
export function findingsAboutOutcome(
  outcome: Outcome,
  figures: Figures,
  facts: Pick<RuntimeFacts, 'postMvp'> = {},
): Finding[] {
  return runRules(rules.outcome, outcomeContext(outcome, figures, facts)).slice(0, 1);
}

export function runRules<Subject extends RuleSubject>(
  list: readonly Rule<Subject>[],
  context: RuleContexts[Subject],
): Finding[] {
  return list.flatMap((rule) =>
    rule.run(context).map((details) => ({ id: rule.id, severity: rule.severity, ...details })),
  );
}

function outcomeContext(
  outcome: Outcome,
  figures: Figures,
  { postMvp }: Pick<RuntimeFacts, 'postMvp'>,
): OutcomeContext {
  const error = prepareErrorOf(outcome);
  return {
    outcome,
    ...(error && { error: { tag: error.tag, text: messageOf(error) } }),
    message: displayOutcome(outcome),
    endedByEstimate: wasEndedByEstimate(outcome, figures),
    endedBySlowWorker: wasEndedBySlowWorker(outcome, figures),
    ...(postMvp && { postMvp }),
  };
}
