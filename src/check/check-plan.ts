/** What a check needs besides the blob: the settings, the content of the files that they name, and the worker. */
import { omitUndefined } from '../base/omit-undefined.ts';
import { loadBudget } from '../limits/budget.ts';
import { ConfigError } from '../limits/json-file.ts';
import type { Profile } from '../limits/profile.ts';
import { loadProfile } from '../limits/profile-file.ts';
import type { TeamBudget } from '../model/team-budget.ts';
import type { DatedRelease } from '../polkadot/node-releases.ts';
import { type InspectBlob, inspectInThread } from '../runtime/inspect-in-thread.ts';
import { readMetadata } from '../runtime/metadata/read-metadata.ts';
import { parseAllowed } from './allow.ts';
import { loadBaselines, type NamedBaseline } from './baseline.ts';
import { type ChainFacts, type ChainFactsRequest, chainBaselineName } from './chain/live-chain.ts';
import type { CheckSettings, MetadataSettings } from './check-settings.ts';
import { isOfHistory } from './history/session-history.ts';
import type { Severities } from './severities.ts';
import type { WorkerChoice } from './workers.ts';

/** Serves any number of blobs. */
export type CheckPlan = InspectPlan | PreparePlan;

interface InspectPlan {
  readonly kind: 'inspect';
  readonly settings: CheckSettings;
  readonly inputs: CheckInputs;
}

export interface PreparePlan extends Omit<InspectPlan, 'kind'> {
  readonly kind: 'prepare';
  readonly choice: WorkerChoice;
}

/** The content of the files that the settings name. */
export interface CheckInputs {
  readonly profile: Profile;
  /** As in `CheckSettings`. */
  readonly near?: number;
  readonly budget?: TeamBudget;
  /** Absent too for a baseline of the history, which each runtime has its own. */
  readonly baseline?: NamedBaseline;
  /** The baselines of several runtimes, from one file. Each blob has its own. */
  readonly baselines?: readonly NamedBaseline[];
  /** Ids of the findings that the user allows. */
  readonly allow?: readonly string[];
  /** As in `CheckSettings`. */
  readonly severities?: Severities;
  /** The oldest release that the team's nodes run. */
  readonly nodes?: DatedRelease;
  /** Absent: the metadata is not read. */
  readonly readMetadata?: MetadataSettings;
}

export type ReadFacts = (request: ChainFactsRequest) => Promise<ChainFacts>;

export interface LoadOptions {
  /** Absent: `inspectInThread`. */
  readonly inspect?: InspectBlob;
  readonly signal?: AbortSignal;
  /** The folder of the user's fetched profiles. Absent: there are none. */
  readonly profilesFolder?: string;
  /** Reads the chain of `rpc`. Absent: none can be read. */
  readonly readFacts?: ReadFacts;
}

type InputSettings = Pick<
  CheckSettings,
  | 'profile'
  | 'rpc'
  | 'para'
  | 'near'
  | 'budget'
  | 'baseline'
  | 'baselineIs'
  | 'allow'
  | 'severities'
  | 'nodes'
  | 'metadata'
>;

/**
 * Rejects with `ConfigError`, `ChainError`, or the signal's reason. Relative paths are relative to the current folder of the
 * process.
 */
export async function loadInputs(settings: InputSettings, options: LoadOptions = {}): Promise<CheckInputs> {
  const { near, budget, baseline, baselineIs = 'build', allow, severities, nodes, metadata } = settings;
  const { inspect = inspectInThread, signal } = options;
  const live = await chainFacts(settings, options);
  const profile = live?.profile ?? (await loadProfile(settings.profile, options.profilesFolder));
  const { bombLimit } = profile;
  return {
    profile,
    ...(budget !== undefined && { budget: typeof budget === 'string' ? await loadBudget(budget) : budget }),
    ...omitUndefined({ near, nodes, severities }),
    ...(metadata && { readMetadata: metadata }),
    ...omitUndefined({ baseline: live?.baseline }),
    ...(baseline !== undefined &&
      baseline !== chainBaselineName &&
      !(await isOfHistory(baseline)) &&
      oneOrMany(
        await loadBaselines(baseline, {
          ...{ is: baselineIs, bombLimit, inspect },
          ...(metadata && { readMetadata }),
          ...(signal && { signal }),
        }),
      )),
    ...(allow !== undefined && { allow: parseAllowed(allow) }),
  };
}

/** Undefined: the settings name no chain. */
async function chainFacts(
  { rpc, para, baseline, metadata }: InputSettings,
  { inspect = inspectInThread, signal, readFacts }: LoadOptions,
): Promise<ChainFacts | undefined> {
  const wantsBaseline = baseline === chainBaselineName;
  if (rpc === undefined && wantsBaseline) throw new ConfigError('--baseline chain needs --rpc <url>.');
  if (rpc === undefined || readFacts === undefined) return undefined;
  return readFacts({
    rpc,
    wantsBaseline,
    inspect,
    ...omitUndefined({ para, signal }),
    ...(metadata && { readMetadata }),
  });
}

function oneOrMany(baselines: readonly NamedBaseline[]): Pick<CheckInputs, 'baseline' | 'baselines'> {
  const [baseline, ...others] = baselines;
  return baseline !== undefined && others.length === 0 ? { baseline } : { baselines };
}

export function withBaseline(plan: CheckPlan, baseline: NamedBaseline | undefined): CheckPlan {
  return baseline === undefined ? plan : { ...plan, inputs: { ...plan.inputs, baseline } };
}
