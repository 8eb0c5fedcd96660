import type { ExitGuard } from '../../src/base/exit-guard.ts';
import type { Rig } from './rigs.ts';

/** What both kinds of rig need to run a suite. */
export interface SuiteRun {
  readonly rig: Rig;
  readonly vsix: string;
  /** The bundled suite's script. */
  readonly suite: string;
  /** The extension under development. */
  readonly driver: string;
  /** A folder, or a `.code-workspace`. */
  readonly workspace: string;
  /** For everything that VS Code writes; its path is short. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly guard: ExitGuard;
  readonly tell: (line: string) => void;
}
