import { omitUndefined } from '../base/omit-undefined.ts';
import { chainBaselineName } from '../check/chain/live-chain.ts';
import type { CheckEnvironment } from '../check/check-environment.ts';
import type { CheckSettings } from '../check/check-settings.ts';
import { applyOptions, type CheckOptionName, defaultSettings } from '../check/options/check-options.ts';
import { UsageError } from './exit-code.ts';
import type { Options } from './options.ts';
import type { ProgressLine } from './progress-line.ts';
import type { Streams } from './streams.ts';

/** What every command gets. */
export interface CliContext {
  readonly environment: CheckEnvironment;
  readonly workspace: Workspace;
  readonly streams: Streams;
  readonly progress: ProgressLine;
  /** Aborts when the user interrupts the command. */
  readonly signal: AbortSignal;
}

/** The current folder, and what the user decided about it outside of it. */
export interface Workspace {
  readonly cwd: string;
  /** By `--trust-workspace`, or remembered by `pvf trust`. */
  readonly isTrusted: boolean;
  /** Folders whose programs must not run. Empty in a trusted workspace. */
  readonly untrusted: readonly string[];
  /** The worker of the user's configuration. */
  readonly worker?: string;
}

/** The options that a check depends on. */
type CheckFlagName = CheckOptionName | 'costs' | 'log';

/** `--worker auto` searches, also when the user's configuration names a worker. */
export function checkSettings(
  { costs, log, ...options }: Options<CheckFlagName>,
  { cwd, isTrusted, worker: ownWorker }: Pick<Workspace, 'cwd' | 'isTrusted' | 'worker'>,
): CheckSettings {
  if (options.baselineIs !== undefined && options.baseline === undefined) {
    throw new UsageError('--baseline-is needs --baseline.');
  }
  if (options.token !== undefined && options.metadata !== true) throw new UsageError('--token needs --metadata.');
  if (options.rpc !== undefined && options.profile !== undefined)
    throw new UsageError('Give either --profile or --rpc.');
  if (options.para !== undefined && options.rpc === undefined) throw new UsageError('--para needs --rpc <url>.');
  if (options.baseline === chainBaselineName && options.rpc === undefined) {
    throw new UsageError('--baseline chain needs --rpc <url>.');
  }
  const place = { workspaceFolders: [cwd], trustWorkspace: isTrusted, verbose: log === 'debug' };
  const settings = applyOptions(defaultSettings(place), { ...omitUndefined({ worker: ownWorker }), ...options });
  return costs === undefined ? settings : { ...settings, costs };
}
