import { omitUndefined } from '../../base/omit-undefined.ts';
import type { MetadataResult } from '../../model/metadata.ts';
import type { MetadataChange } from '../../model/metadata-change.ts';
import type { Finding, LimitItem, RuntimeSummary, Stats, Vote } from '../../model/report.ts';
import type { RuleSubject } from '../../model/rule-info.ts';
import type { TeamBudget } from '../../model/team-budget.ts';
import type { Figures } from '../../model/workers.ts';
import type { ExecutorParam } from '../../polkadot/executor-params.ts';
import { type DatedRelease, newestOrder } from '../../polkadot/node-releases.ts';
import { messageOf } from '../../polkadot/prepare-error.ts';
import type { RuntimeFacts } from '../../runtime/inspect.ts';
import type { Outcome } from '../../worker/host/outcome.ts';
import type { Baseline } from '../baseline.ts';
import { displayOutcome, prepareErrorOf } from '../outcome-summary.ts';
import { wasEndedByEstimate, wasEndedBySlowWorker } from '../vote.ts';
import { rules } from './index.ts';
import { type FailedFunction, failedFunction } from './prepare-errors/failed-function.ts';
import type {
  BudgetContext,
  LimitsContext,
  OutcomeContext,
  OutcomeFacts,
  Rule,
  RuleContexts,
  UpgradeContext,
} from './rule.ts';

/** The results of an inspection, or of a preparation. */
export interface CheckedRuntime {
  readonly facts: RuntimeFacts;
  readonly runtime: RuntimeSummary;
  readonly executorParams: readonly ExecutorParam[];
  readonly items: readonly LimitItem[];
  /** What the scheduled limits say. Absent: none are known. */
  readonly pending?: LimitsContext['pending'];
  readonly vote?: Vote | undefined;
  /** Of the profile. */
  readonly relayLimits?: Pick<UpgradeContext, 'maxPovSize' | 'blockLength'>;
  readonly stats: Stats | undefined;
  /** Undefined after an inspection. */
  readonly outcome: Outcome | undefined;
  /** Whether the worker measured or estimated the time and memory that it compared with the limits. */
  readonly figures: Figures;
  readonly baseline: Baseline | undefined;
  /** The compact file next to a compressed one, if it is newer and has other content. */
  readonly newerCompact?: string | undefined;
  /** The oldest release that the team's nodes run. */
  readonly nodes?: DatedRelease | undefined;
  /** Absent: it was not requested. */
  readonly metadata?: MetadataResult | undefined;
  /** Since the baseline. Absent: one of the two is not known. */
  readonly metadataChanges?: readonly MetadataChange[] | undefined;
  readonly missingCosts?: LimitsContext['missingCosts'];
  readonly budget?: TeamBudget | undefined;
}

/** The findings about what a worker would say, the limits, the blob, its metadata and the baseline, in this order. */
export function findingsAbout(checked: CheckedRuntime): Finding[] {
  const { facts, runtime, executorParams, items, stats, outcome, figures, baseline, newerCompact, nodes } = checked;
  const { metadata, metadataChanges, missingCosts, pending, vote } = checked;
  const prepareError = outcome && prepareErrorOf(outcome)?.tag;
  const current = { runtime, ...(stats && { stats }) };
  const endedByEstimate = outcome !== undefined && wasEndedByEstimate(outcome, figures);
  return [
    ...foreseenFindings(outcome, facts),
    ...runRules(rules.limits, {
      ...{ items, vote, pending, stats, endedByEstimate, missingCosts },
      upgrade: upgradeOf(checked),
      ...budgetOf(checked, current),
    }),
    ...runRules(rules.blob, {
      facts,
      runtime,
      executorParams,
      newestOrder,
      ...omitUndefined({ prepareError, newerCompact, nodes }),
    }),
    ...(metadata ? runRules(rules.metadata, { result: metadata }) : []),
    ...(baseline ? runRules(rules.comparison, { baseline, current, ...(metadataChanges && { metadataChanges }) }) : []),
  ];
}

function budgetOf(
  { budget: limits, facts: { sizes }, baseline }: CheckedRuntime,
  current: BudgetContext['current'],
): Pick<LimitsContext, 'budget'> {
  return limits === undefined ? {} : { budget: { limits, current, ...omitUndefined({ sizes, baseline }) } };
}

/** The baseline may be the code on chain. */
function upgradeOf({ runtime, baseline, relayLimits = {} }: CheckedRuntime): UpgradeContext {
  const { maxPovSize, blockLength } = relayLimits;
  const oldBytes = baseline?.is === 'chain' ? baseline.runtime.storedBytes : undefined;
  return { newBytes: runtime.storedBytes, ...omitUndefined({ oldBytes, maxPovSize, blockLength }) };
}

/** At most one finding. A success and a cancelled check have none. */
export function findingsAboutOutcome(outcome: Outcome, figures: Figures, facts: OutcomeFacts = {}): Finding[] {
  return runRules(rules.outcome, outcomeContext(outcome, figures, facts)).slice(0, 1);
}

/** At most one finding: the error that every worker ends with. None when a worker answered. */
export function foreseenFindings(outcome: Outcome | undefined, facts: RuntimeFacts): Finding[] {
  const { foreseenError } = facts;
  if (foreseenError === undefined || outcome?.kind === 'concluded') return [];
  const error = { tag: foreseenError.tag, text: foreseenError.text };
  const context = { error, message: '', endedByEstimate: false, endedBySlowWorker: false, facts };
  return runRules(rules.outcome, context).slice(0, 1);
}

export function runRules<Subject extends RuleSubject>(
  list: readonly Rule<Subject>[],
  context: RuleContexts[Subject],
): Finding[] {
  return list.flatMap((rule) =>
    rule.run(context).map((details) => ({ id: rule.id, severity: rule.severity, ...details })),
  );
}

function outcomeContext(outcome: Outcome, figures: Figures, facts: OutcomeFacts): OutcomeContext {
  const prepareError = prepareErrorOf(outcome);
  const error = prepareError && { tag: prepareError.tag, text: messageOf(prepareError) };
  return {
    outcome,
    ...omitUndefined({ error, failedFunction: error && namedFunction(error.text, facts) }),
    message: displayOutcome(outcome),
    endedByEstimate: wasEndedByEstimate(outcome, figures),
    endedBySlowWorker: wasEndedBySlowWorker(outcome, figures),
    facts,
  };
}

function namedFunction(text: string, facts: OutcomeFacts): FailedFunction | undefined {
  const failed = failedFunction(text);
  // The worker adds functions of its own behind those of the module.
  if (failed === undefined || failed.index >= functionCount(facts)) return undefined;
  return failed.symbol === undefined ? failed : { ...failed, symbol: facts.failedSymbol ?? failed.symbol };
}

/** In the function index space. Infinite when it is not known. */
function functionCount({ functions, imports }: OutcomeFacts): number {
  if (functions === undefined || imports === undefined) return Number.POSITIVE_INFINITY;
  return functions + imports.filter(({ kind }) => kind === 'function').length;
}
