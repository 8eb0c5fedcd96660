/** What a check needs besides the blob: the settings, the content of the files that they name, and the worker. */
import { loadBudget } from '../limits/budget.ts';
import { ConfigError, readJsonObject } from '../limits/json-file.ts';
import type { Profile } from '../limits/profile.ts';
import { loadProfile } from '../limits/profile-file.ts';
import type { Budget } from '../model/measures.ts';
import { parseReport, type Report } from '../model/report.ts';
import { SCHEMA_VERSION } from '../model/schema-version.ts';
import { parseAllowed } from './allow.ts';
import type { CheckSettings } from './check-settings.ts';
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
  readonly budget?: Budget;
  readonly baseline?: Baseline;
  /** Ids of the findings that the user allows. */
  readonly allow?: readonly string[];
}

/** The members of an earlier report that growth is measured against. */
export type Baseline = Pick<Report, 'runtime' | 'stats' | 'createdAt'>;

/** Rejects with `ConfigError`. Relative paths are relative to the current folder of the process. */
export async function loadInputs({
  profile,
  budget,
  baseline,
  allow,
}: Pick<CheckSettings, 'profile' | 'budget' | 'baseline' | 'allow'>): Promise<CheckInputs> {
  return {
    profile: await loadProfile(profile),
    ...(budget === undefined ? {} : { budget: await loadBudget(budget) }),
    ...(baseline === undefined ? {} : { baseline: await loadBaseline(baseline) }),
    ...(allow === undefined ? {} : { allow: parseAllowed(allow) }),
  };
}

/** Reads an earlier JSON report. Rejects with `ConfigError`. */
export async function loadBaseline(path: string): Promise<Baseline> {
  const parsed = parseReport(await readJsonObject(path, 'baseline report'));
  if (parsed.kind === 'valid') return parsed.value;
  throw new ConfigError(
    `${path}: this is no report of schema version ${SCHEMA_VERSION}: ${parsed.problem}. \`pvf prepare --json\` writes one.`,
  );
}
