import type { ExitGuard } from '../../src/base/exit-guard.ts';
import type { Rig } from './rigs.ts';

/** The options of both kinds of rig. */
export interface SuiteRun {
  readonly rig: Rig;
  readonly vsix: string;
  /** The bundled suite's script. */
  readonly suite: string;
  /** The extension under development. */
  readonly driver: string;
  /** A folder, or a `.code-workspace`. */
  readonly workspace: string;
  /** VS Code writes only below this folder. Its path is short. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly guard: ExitGuard;
  readonly print: (line: string) => void;
}
