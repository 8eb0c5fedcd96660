import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Checks } from './checks.ts';
import type { Runtimes } from './discovery/runtimes.ts';
import type { RuntimeEntry, Translate } from './model.ts';

/** What views and commands need. Created once in `extension.ts`. */
export interface Services {
  readonly context: ExtensionContext;
  readonly channel: LogOutputChannel;
  readonly runtimes: Runtimes;
  readonly checks: Checks;
  readonly t: Translate;
}

/** All runtimes with their present states. */
export function runtimeEntries({ runtimes, checks }: Pick<Services, 'runtimes' | 'checks'>): RuntimeEntry[] {
  return runtimes.all.map((runtime) => ({ runtime, state: checks.stateOf(runtime.id) }));
}
