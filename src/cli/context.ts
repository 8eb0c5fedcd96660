import { omitUndefined } from '../base/omit-undefined.ts';
import type { CheckEnvironment } from '../check/check-environment.ts';
import type { CheckSettings } from '../check/check-settings.ts';
import { defaultProfileName } from '../limits/profile.ts';
import type { Options } from './options.ts';
import type { ProgressLine } from './progress-line.ts';
import type { Streams } from './streams.ts';

/** What every command gets. */
export interface CliContext {
  readonly environment: CheckEnvironment;
  readonly streams: Streams;
  readonly progress: ProgressLine;
  /** Aborts when the user interrupts the command. */
  readonly signal: AbortSignal;
}

/** The options that a check depends on. */
type CheckOptionName =
  | 'worker'
  | 'instances'
  | 'wireRevision'
  | 'profile'
  | 'timeout'
  | 'memoryLimit'
  | 'kind'
  | 'budget'
  | 'baseline'
  | 'allow'
  | 'log';

/** Treats the current folder as a trusted workspace, as cargo does: users run commands only in folders that they trust. */
export function checkSettings(
  options: Options<CheckOptionName>,
  { cwd }: Pick<CheckEnvironment, 'cwd'>,
): CheckSettings {
  const { worker, instances = 'auto', wireRevision, profile = defaultProfileName, timeout, memoryLimit } = options;
  const { kind = 'precheck', budget, baseline, allow, log } = options;
  return {
    instances,
    profile,
    kind,
    workspaceFolders: [cwd],
    trustWorkspace: true,
    verbose: log === 'debug',
    ...omitUndefined({
      worker: worker === 'auto' ? undefined : worker,
      wireRevision,
      budget,
      baseline,
      allow,
      memoryLimit,
    }),
    ...omitUndefined({ prepTimeoutMs: timeout }),
  };
}
