import { omitUndefined } from '../base/omit-undefined.ts';
import { chainBaselineName } from '../check/chain/live-chain.ts';
import type { CheckEnvironment } from '../check/check-environment.ts';
import type { CheckSettings } from '../check/check-settings.ts';
import { defaultProfileName } from '../limits/profile.ts';
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
type CheckOptionName =
  | 'worker'
  | 'instances'
  | 'wireRevision'
  | 'profile'
  | 'rpc'
  | 'para'
  | 'timeout'
  | 'memoryLimit'
  | 'kind'
  | 'near'
  | 'budget'
  | 'baseline'
  | 'baselineIs'
  | 'allow'
  | 'nodes'
  | 'metadata'
  | 'token'
  | 'costs'
  | 'log';

/** `--worker auto` searches, also when the user's configuration names a worker. */
export function checkSettings(
  options: Options<CheckOptionName>,
  { cwd, isTrusted, worker: ownWorker }: Pick<Workspace, 'cwd' | 'isTrusted' | 'worker'>,
): CheckSettings {
  const {
    worker = ownWorker,
    instances = 'auto',
    wireRevision,
    profile = defaultProfileName,
    timeout,
    memoryLimit,
  } = options;
  const { kind = 'precheck', near, budget, baseline, baselineIs, allow, nodes, costs, log } = options;
  if (baselineIs !== undefined && baseline === undefined) throw new UsageError('--baseline-is needs --baseline.');
  const { metadata = false, token } = options;
  const { rpc, para } = options;
  if (rpc !== undefined && options.profile !== undefined) throw new UsageError('Give either --profile or --rpc.');
  if (para !== undefined && rpc === undefined) throw new UsageError('--para needs --rpc <url>.');
  if (baseline === chainBaselineName && rpc === undefined) throw new UsageError('--baseline chain needs --rpc <url>.');
  if (token !== undefined && !metadata) throw new UsageError('--token needs --metadata.');
  return {
    instances,
    profile,
    kind,
    workspaceFolders: [cwd],
    trustWorkspace: isTrusted,
    verbose: log === 'debug',
    ...omitUndefined({ worker: worker === 'auto' ? undefined : worker, wireRevision, near, budget, memoryLimit }),
    ...omitUndefined({ prepTimeoutMs: timeout, baseline, baselineIs, allow, nodes, costs }),
    ...omitUndefined({ rpc, para }),
    ...(metadata && { metadata: omitUndefined({ token }) }),
  };
}
