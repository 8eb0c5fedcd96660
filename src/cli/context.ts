import { omitUndefined } from '../base/omit-undefined.ts';
import { chainBaselineName } from '../check/chain/live-chain.ts';
import type { CheckEnvironment } from '../check/check-environment.ts';
import type { CheckSettings } from '../check/check-settings.ts';
import { withConfig } from '../check/config/apply-config.ts';
import type { ConfigRequest, TeamConfig } from '../check/config/config-request.ts';
import { trustedMembers } from '../check/config/trusted-members.ts';
import {
  applyOptions,
  type CheckOptionName,
  checkOptionNames,
  defaultSettings,
  type OptionValues,
} from '../check/options/check-options.ts';
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
  /** The team's `pvf.json`. Absent: there is none, or the command takes none. */
  readonly config?: TeamConfig;
  /** Whether the programs and servers that `config` names may be used. */
  readonly isConfigTrusted?: boolean;
  /** The worker of the user's configuration. */
  readonly worker?: string;
}

/** The options that a check depends on. */
type CheckFlagName = CheckOptionName | 'costs' | 'log';

/** `--worker auto` searches, also when the user's configuration names a worker. */
export function checkSettings(
  { costs, log, ...options }: Options<CheckFlagName>,
  workspace: Pick<Workspace, 'cwd' | 'isTrusted' | 'worker' | 'config' | 'isConfigTrusted'>,
): CheckSettings {
  const { cwd, isTrusted, worker, config } = workspace;
  const place = { workspaceFolders: [cwd], trustWorkspace: isTrusted, verbose: log === 'debug' };
  const values: OptionValues = { ...omitUndefined({ worker }), ...options };
  const given = applyOptions(defaultSettings(place), values);
  const settings = config === undefined ? given : withConfig(given, config, configRules(values, workspace));
  checkCombination(options, settings);
  return costs === undefined ? settings : { ...settings, costs };
}

/** What of `pvf.json` does not count. The user's own configuration counts like a flag. */
export function configRules(
  values: OptionValues,
  { isConfigTrusted = false }: Pick<Workspace, 'isConfigTrusted'>,
): Pick<ConfigRequest, 'explicit' | 'untrusted'> {
  const explicit = checkOptionNames.filter((name) => values[name] !== undefined);
  return { explicit, untrusted: isConfigTrusted ? [] : trustedMembers };
}

/** Throws `UsageError`. @param settings with the values of `pvf.json` */
function checkCombination(options: OptionValues, settings: CheckSettings): void {
  const { rpc, profile, para, baselineIs, token } = options;
  if (baselineIs !== undefined && settings.baseline === undefined) {
    throw new UsageError('--baseline-is needs --baseline.');
  }
  if (token !== undefined && settings.metadata === undefined) throw new UsageError('--token needs --metadata.');
  if (rpc !== undefined && profile !== undefined) throw new UsageError('Give either --profile or --rpc.');
  if (para !== undefined && settings.rpc === undefined) throw new UsageError('--para needs --rpc <url>.');
  if (settings.baseline === chainBaselineName && settings.rpc === undefined) {
    throw new UsageError('--baseline chain needs --rpc <url>.');
  }
}
