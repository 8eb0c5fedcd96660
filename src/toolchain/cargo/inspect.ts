import type { ExitGuard } from '../../base/exit-guard.ts';
import { bytesBelow, freeBytesOf, nearestFolder, whyNotWritable } from './disk.ts';
import type { BuildProblem } from './problem.ts';
import { type Cargo, type Environment, findCargo, isAtLeast, type ToolSurroundings } from './tools.ts';

export interface InspectOptions {
  readonly cacheFolder: string;
  /** The user's own environment; cargo gets it as it is. */
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

export interface Needs {
  readonly buildFolder: string;
  /** The oldest Rust that the locked crates take. */
  readonly rustVersion: string;
  /** What a whole build takes on disk. */
  readonly wholeBuildBytes: number;
  /** The tools beside cargo that are missing. */
  missingTools(surroundings: ToolSurroundings): Promise<readonly BuildProblem[]>;
}

/** What this machine has for a build. */
export interface Inspected {
  /** An earlier build left some of its work there. */
  readonly resumes: boolean;
  readonly cargo?: Cargo;
  readonly freeBytes?: number;
  /** What the build still writes to the build folder, at most. */
  readonly neededBytes: number;
  readonly problems: readonly BuildProblem[];
}

/** Looks whether this machine can build. Rejects with the signal's reason. */
export async function inspectMachine(options: InspectOptions, needs: Needs): Promise<Inspected> {
  const { env, platform, guard, signal } = options;
  const folder = await nearestFolder(options.cacheFolder);
  const surroundings = { env, platform, cwd: folder, guard, signal };
  const [cargo, missing, done, freeBytes, closed] = await Promise.all([
    findCargo(surroundings),
    needs.missingTools(surroundings),
    bytesBelow(needs.buildFolder),
    freeBytesOf(folder),
    whyNotWritable(folder),
  ]);
  const neededBytes = Math.max(needs.wholeBuildBytes - done, 0);
  const problems: readonly (BuildProblem | undefined)[] = [
    'kind' in cargo ? cargo : ageOf(cargo, needs.rustVersion),
    ...missing,
    closed === undefined ? undefined : { kind: 'cache-folder', folder, words: closed },
    freeBytes !== undefined && freeBytes < neededBytes
      ? { kind: 'no-space', folder, freeBytes, neededBytes }
      : undefined,
  ];
  return {
    resumes: done > 0,
    ...('kind' in cargo ? {} : { cargo }),
    ...(freeBytes === undefined ? {} : { freeBytes }),
    neededBytes,
    problems: problems.filter((problem) => problem !== undefined),
  };
}

function ageOf({ path: program, version }: Cargo, needed: string): BuildProblem | undefined {
  if (isAtLeast(version, needed)) return undefined;
  return { kind: 'cargo-too-old', path: program, found: version, needed };
}
