import type { ExitGuard } from '../../base/exit-guard.ts';
import type { HostEnvironment } from '../../base/host-environment.ts';
import type { BuildProblem } from './problem.ts';
import type { Cargo, ToolContext } from './tools.ts';

export interface BuildContext extends HostEnvironment {
  /** The folder with this tool's `package.json` and the sources. */
  readonly packageFolder: string;
  readonly cacheFolder: string;
  readonly arch: NodeJS.Architecture;
  /** Disk space of a whole build, in bytes. Replaces the recipe's own figure. */
  readonly wholeBuildBytes?: number;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

/** How to build one program: its name, its needs, and the steps around cargo. */
export interface Recipe {
  /** For use within a sentence: `Polkadot's prepare worker 1.25.1`. */
  readonly title: string;
  /** Version of the program, if it is public. */
  readonly version?: string;
  /** Name of the program in its manifest. */
  readonly program: string;
  /** Arguments for cargo in addition to those of every build. */
  readonly cargoArgs: readonly string[];
  /** Where the program is installed. */
  readonly path: string;
  /** Where cargo works. A successful build removes it. */
  readonly buildFolder: string;
  readonly needs: BuildNeeds;
  /** Set when this platform can't build or run the program. */
  readonly unsupported?: BuildProblem;
  /** Finds missing tools, other than cargo. */
  missingTools(context: ToolContext): Promise<readonly BuildProblem[]>;
  /** Writes the sources to the build folder. Rejects with `CargoBuildError`. */
  prepare(cargo: Cargo, onMessage: (message: string) => void): Promise<void>;
  /** Checks that the built program works. Rejects with `CargoBuildError` when it does not. */
  verify(program: string): Promise<void>;
}

/** What a build needs. The texts are parts of sentences for the user. */
interface BuildNeeds {
  /** The oldest Rust that the locked crates accept. */
  readonly rustVersion: string;
  /** Disk space of a whole build, in bytes. */
  readonly wholeBuildBytes: number;
  /** `its published crates` */
  readonly source: string;
  /** `15 minutes` */
  readonly cpuTime: string;
  /** `420 crates (40 MB)` */
  readonly crates: string;
  /** `Rust 1.87 and a linker` */
  readonly tools: string;
  /** `21 MB` */
  readonly installedSize: string;
}
