import type { Finding, LimitItem, RuntimeSummary, Stats } from '../../model/report.ts';
import type { RuleSubject } from '../../model/rule-info.ts';
import type { Figures } from '../../model/workers.ts';
import { messageOf } from '../../polkadot/prepare-error.ts';
import type { RuntimeFacts } from '../../runtime/inspect.ts';
import type { Outcome } from '../../worker/host/outcome.ts';
import type { Baseline } from '../baseline.ts';
import { wasEndedByEstimate } from '../ended-by-estimate.ts';
import { displayOutcome, prepareErrorOf } from '../outcome-summary.ts';
import { rules } from './index.ts';
import type { BlobContext, ComparisonContext, LimitsContext, OutcomeContext, Rule, RuleContexts } from './rule.ts';

/** What is known after an inspection, and after a preparation too. */
export interface CheckedRuntime {
  readonly facts: RuntimeFacts;
  readonly runtime: RuntimeSummary;
  readonly items: readonly LimitItem[];
  readonly stats: Stats | undefined;
  /** Absent: no worker was asked. */
  readonly preparation?: PreparationResult;
  readonly baseline: Baseline | undefined;
}

export interface PreparationResult {
  readonly outcome: Outcome;
  /** How the worker came by the time and memory that it held against the limits. */
  readonly figures: Figures;
}

/** The findings of a report: what the rules say about the outcome, the limits, the blob and the baseline, in this order. */
export function findingsAbout(checked: CheckedRuntime): Finding[] {
  const { facts, runtime, items, stats, preparation, baseline } = checked;
  const endedByEstimate = preparation !== undefined && wasEndedByEstimate(preparation.outcome, preparation.figures);
  return [
    ...(preparation ? findingsAboutOutcome(preparation) : []),
    ...findingsAboutLimits({ items, stats, endedByEstimate }),
    ...findingsAboutBlob({ facts }),
    ...(baseline ? findingsAboutComparison({ baseline, current: { runtime, ...(stats && { stats }) } }) : []),
  ];
}

/** One finding at most; none for success and for what the user cancelled. */
export function findingsAboutOutcome({ outcome, figures }: PreparationResult): Finding[] {
  return runRules(rules.outcome, outcomeContext(outcome, figures)).slice(0, 1);
}

export function findingsAboutLimits(context: LimitsContext): Finding[] {
  return runRules(rules.limits, context);
}

export function findingsAboutBlob(context: BlobContext): Finding[] {
  return runRules(rules.blob, context);
}

export function findingsAboutComparison(context: ComparisonContext): Finding[] {
  return runRules(rules.comparison, context);
}

function runRules<Subject extends RuleSubject>(
  list: readonly Rule<Subject>[],
  context: RuleContexts[Subject],
): Finding[] {
  return list.flatMap((rule) =>
    rule.run(context).map((details) => ({ id: rule.id, severity: rule.severity, ...details })),
  );
}

function outcomeContext(outcome: Outcome, figures: Figures): OutcomeContext {
  const error = prepareErrorOf(outcome);
  const byEstimate = wasEndedByEstimate(outcome, figures) ? ', by an estimate of what a native worker would need' : '';
  return {
    outcome,
    ...(error && { error: { tag: error.tag, text: messageOf(error) } }),
    message: `${displayOutcome(outcome)}${byEstimate}`,
  };
}
