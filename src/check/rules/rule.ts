/**
 * The shape of a rule. The editor loads the rules for their titles and docs, without worker, host and checker. So a rule
 * file imports values only from `base` and `model`, and everything else as a type.
 */
import type { Sources } from '../../model/measures.ts';
import type { Finding, LimitItem, Report, RuntimeSummary } from '../../model/report.ts';
import type { RuleInfo, RuleSubject } from '../../model/rule-info.ts';
import type { ExecutorParam } from '../../polkadot/executor-params.ts';
import type { PrepareError } from '../../polkadot/prepare-error.ts';
import type { RuntimeFacts } from '../../runtime/inspect.ts';
import type { NamedPostMvpUse } from '../../runtime/post-mvp-names.ts';
import type { Outcome } from '../../worker/host/outcome.ts';
import type { Baseline } from '../baseline.ts';

/** The members of a finding that depend on the case. */
export interface FindingDetails extends Pick<Finding, 'message' | 'hint' | 'data'> {
  /** Absent: the rule's own severity. */
  readonly severity?: Finding['severity'];
}

export interface BlobContext {
  readonly facts: RuntimeFacts;
  readonly runtime: Pick<RuntimeSummary, 'path' | 'buildProfile' | 'unwrapped'>;
  /** Of the profile. */
  readonly executorParams: readonly ExecutorParam[];
  /** The error that the preparation ended with. A rule about the outcome explains it. */
  readonly prepareError?: PrepareError['tag'];
}

export interface LimitsContext {
  readonly items: readonly LimitItem[];
  /** Tells which figures are estimates. Undefined when no worker ran. */
  readonly stats: Sources | undefined;
  /** An estimate of time or memory ended the job. */
  readonly endedByEstimate: boolean;
}

export interface OutcomeContext {
  readonly outcome: Outcome;
  /** The error that Polkadot's host makes of the outcome, and the text inside it. */
  readonly error?: { readonly tag: PrepareError['tag']; readonly text: string };
  /** The outcome in words, as a validator logs it. */
  readonly message: string;
  /** An estimate of time or memory ended the job. */
  readonly endedByEstimate: boolean;
  /** The wall clock ended the job of a worker that is slower than those of validators. */
  readonly endedBySlowWorker: boolean;
  /** Of the inspection. */
  readonly postMvp?: NamedPostMvpUse;
}

export interface ComparisonContext {
  readonly baseline: Baseline;
  readonly current: Pick<Report, 'runtime' | 'stats'>;
}

export interface RuleContexts {
  readonly blob: BlobContext;
  readonly limits: LimitsContext;
  readonly outcome: OutcomeContext;
  readonly comparison: ComparisonContext;
}

/** A rule about one subject. `run` is pure. It returns no details when the rule does not apply. */
export interface Rule<Subject extends RuleSubject> extends RuleInfo {
  readonly about: Subject;
  run(context: RuleContexts[Subject]): readonly FindingDetails[];
}
