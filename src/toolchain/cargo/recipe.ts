import type { ExitGuard } from '../../base/exit-guard.ts';
import type { HostEnvironment } from '../../base/host-environment.ts';
import type { BuildProblem } from './problem.ts';
import type { Cargo, ToolContext } from './tools.ts';

export interface BuildContext extends HostEnvironment {
  /** The folder with this tool's `package.json`. It holds the sources. */
  readonly packageFolder: string;
  readonly cacheFolder: string;
  readonly arch: NodeJS.Architecture;
  /** Disk space of a whole build, in bytes, if it is known better than by our own measurement. */
  readonly wholeBuildBytes?: number;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

/** All that distinguishes one program from another: what it is, what it needs, and the steps around cargo. */
export interface Recipe {
  /** For the start of a sentence: `Polkadot's prepare worker 1.25.1`. */
  readonly title: string;
  /** Version of the program, if it has one that users know. */
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
  /** Why it can't be built on this platform at all. */
  readonly unsupported?: BuildProblem;
  /** The missing tools, other than cargo. */
  missingTools(context: ToolContext): Promise<readonly BuildProblem[]>;
  /** Puts the sources into the build folder. Rejects with `CargoBuildError`. */
  prepare(cargo: Cargo, onMessage: (message: string) => void): Promise<void>;
  /** Checks that the built program works. Rejects with `CargoBuildError` when it does not. */
  verify(program: string): Promise<void>;
}

/** What a build takes. The texts are parts of sentences for the user. */
export interface BuildNeeds {
  /** The oldest Rust that the locked crates accept. */
  readonly rustVersion: string;
  /** Disk space of a whole build, in bytes. */
  readonly wholeBuildBytes: number;
  /** What it is built from: `its published crates`. */
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
