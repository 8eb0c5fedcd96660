import type { TeamBudget } from '../../model/team-budget.ts';
import type { CheckOptionName, OptionValues } from '../options/check-options.ts';
import type { Severities } from '../severities.ts';

export const configFileName = 'pvf.json';

/** Where to look for `pvf.json`, and what stands above it. */
export interface ConfigRequest {
  /** The folder at which the search begins. */
  readonly from: string;
  /** The search ends in this folder. Absent: at the root of the repository. */
  readonly top?: string;
  /** The options that the user set elsewhere. They win. */
  readonly explicit: readonly CheckOptionName[];
  /** The options that count in trusted folders alone, and this is none. */
  readonly untrusted: readonly CheckOptionName[];
}

/** The content of a `pvf.json`. */
export interface TeamConfig {
  /** Absolute path of the file. */
  readonly path: string;
  /** Paths are absolute. */
  readonly values: OptionValues;
  readonly budget?: TeamBudget;
  readonly severities?: Severities;
  /** Names of crates, paths and globs of blobs, relative to the file. */
  readonly runtimes: readonly string[];
  /** The same for those to leave out. */
  readonly exclude: readonly string[];
}
