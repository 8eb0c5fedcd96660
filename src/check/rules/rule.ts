/**
 * The shape of a rule. The editor loads the rules for their titles and docs, without worker, host and checker. So a rule
 * file imports values only from `base` and `model`, and everything else as a type.
 */

import type { Sources } from '../../model/measures.ts';
import type { MetadataResult } from '../../model/metadata.ts';
import type { MetadataChange } from '../../model/metadata-change.ts';
import type { Scheduled } from '../../model/pending.ts';
import type { Finding, LimitItem, Report, RuntimeSummary, Vote } from '../../model/report.ts';
import type { RuleInfo, RuleSubject } from '../../model/rule-info.ts';
import type { Sizes } from '../../model/size-tree.ts';
import type { TeamBudget } from '../../model/team-budget.ts';
import type { ExecutorParam } from '../../polkadot/executor-params.ts';
import type { DatedRelease } from '../../polkadot/node-releases.ts';
import type { PrepareError } from '../../polkadot/prepare-error.ts';
import type { RuntimeFacts } from '../../runtime/inspect.ts';
import type { Outcome } from '../../worker/host/outcome.ts';
import type { Baseline } from '../baseline.ts';
import type { FailedFunction } from './prepare-errors/failed-function.ts';

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
  /** The compact file next to a compressed one, if it is newer and has other content. */
  readonly newerCompact?: string;
  /** The oldest release that the team's nodes run. Absent: not known. */
  readonly nodes?: DatedRelease;
  /** The place of the newest release in the table of host functions. */
  readonly newestOrder: number;
  /** The error that the preparation ended with. A rule about the outcome explains it. */
  readonly prepareError?: PrepareError['tag'];
}

export interface MetadataContext {
  readonly result: MetadataResult;
}

/** `reason`: whole sentences that say why the vote is not "accept". */
export interface ScheduledResult extends Scheduled {
  readonly reason?: string;
}

/** A team's budget, and what it is compared with. */
export interface BudgetContext {
  readonly limits: TeamBudget;
  /** Absent: not known. */
  readonly sizes?: Sizes;
  readonly baseline?: Baseline;
  readonly current: Pick<Report, 'runtime' | 'stats'>;
}

/** In bytes. */
export interface UpgradeContext {
  readonly newBytes: number;
  /** The code on chain, as stored. Absent: not known. */
  readonly oldBytes?: number;
  /** Absent, as `blockLength`: the profile does not know it. */
  readonly maxPovSize?: number;
  readonly blockLength?: number;
}

export interface LimitsContext {
  readonly items: readonly LimitItem[];
  /** Tells which figures are estimates. Undefined when no worker ran. */
  readonly stats: Sources | undefined;
  /** Absent: no worker ran. */
  readonly vote?: Vote | undefined;
  /** What the scheduled limits say, the earliest first. Absent: none are known. */
  readonly pending?: readonly ScheduledResult[] | undefined;
  /** What an upgrade to the blob needs. Absent: not known. */
  readonly upgrade?: UpgradeContext | undefined;
  /** An estimate of time or memory ended the job. */
  readonly endedByEstimate: boolean;
  /** Absent: the team has none. */
  readonly budget?: BudgetContext;
  /**
   * Why the costs that the user asked for are unknown: Polkadot's worker does not measure them, or the built-in worker left none.
   * Undefined when nothing is missing.
   */
  readonly missingCosts?: 'official-worker' | 'none-left' | undefined;
}

export interface OutcomeContext {
  /** Absent: no worker has prepared the blob, and the rule says what one would end with. */
  readonly outcome?: Outcome;
  /** The error that Polkadot's host makes of the outcome, and the text inside it. */
  readonly error?: { readonly tag: PrepareError['tag']; readonly text: string };
  /** The function that the error's text is about, with a readable name. */
  readonly failedFunction?: FailedFunction;
  /** The outcome in words, as a validator logs it. */
  readonly message: string;
  /** An estimate of time or memory ended the job. */
  readonly endedByEstimate: boolean;
  /** The wall clock ended the job of a worker that is slower than those of validators. */
  readonly endedBySlowWorker: boolean;
  /** Of the inspection. */
  readonly facts: OutcomeFacts;
}

/** What explains an error that Polkadot's text leaves open. */
export type OutcomeFacts = Pick<
  RuntimeFacts,
  'postMvp' | 'missingImports' | 'mistypedImports' | 'functions' | 'imports'
> & {
  /** The demangled name of the function that the error is about. Absent: the text has no symbol. */
  readonly failedSymbol?: string | undefined;
};

export interface ComparisonContext {
  readonly baseline: Baseline;
  readonly current: Pick<Report, 'runtime' | 'stats'>;
  /** Absent: the metadata of the baseline, or of this runtime, is not known. */
  readonly metadataChanges?: readonly MetadataChange[];
}

export interface RuleContexts {
  readonly blob: BlobContext;
  readonly metadata: MetadataContext;
  readonly limits: LimitsContext;
  readonly outcome: OutcomeContext;
  readonly comparison: ComparisonContext;
}

/** A rule about one subject. `run` is pure. It returns no details when the rule does not apply. */
export interface Rule<Subject extends RuleSubject> extends RuleInfo {
  readonly about: Subject;
  run(context: RuleContexts[Subject]): readonly FindingDetails[];
}
