import { mkdir, rm } from 'node:fs/promises';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import { lookAtFile } from '../../worker/locate/look-at-file.ts';
import { takeBuildLock } from './build-lock.ts';
import { runCargo } from './cargo.ts';
import { installProgram } from './install.ts';
import { type BuildProblem, CargoBuildError } from './problem.ts';
import type { BuildProgress } from './progress.ts';
import type { Cargo, Environment } from './tools.ts';

export interface CargoBuildOptions {
  readonly cacheFolder: string;
  /** The user's own environment; cargo gets it as it is. */
  readonly env: Environment;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly onProgress: (progress: BuildProgress) => void;
}

/** What is to be built, as far as it is known before the start. */
export interface Plan {
  /** The program's name in the manifest. */
  readonly program: string;
  /** Words for cargo besides those of every build. */
  readonly words: readonly string[];
  /** Where the program will stand, and whether it stands there already. */
  readonly place: string;
  readonly isInstalled: boolean;
  /** Where cargo works; it is removed after a build that succeeds. */
  readonly buildFolder: string;
  readonly cargo?: Cargo;
  /** Empty when the build can start. */
  readonly problems: readonly BuildProblem[];
}

/** What differs from program to program. Both reject with `CargoBuildError` for what they find wrong. */
export interface Steps {
  /** Puts the sources into the build folder. */
  prepare(cargo: Cargo, say: (message: string) => void): Promise<void>;
  /** Looks whether what was built is what it should be. */
  verify(program: string): Promise<void>;
}

/** `was-there`: nothing was built, or another process did it meanwhile. */
export type HowBuilt = 'built' | 'was-there';

/**
 * Builds a program with cargo and installs it. Safe to run in several processes at once: one builds, the others wait and
 * share the result. An aborted signal ends cargo with everything it has started. Rejects with `CargoBuildError`.
 */
export async function buildWithCargo(
  options: CargoBuildOptions,
  planning: Promise<Plan>,
  steps: Steps,
): Promise<HowBuilt> {
  const { signal } = options;
  const started = performance.now();
  const elapsedMs = () => performance.now() - started;
  const plan = await planning.catch((error: unknown) => {
    throw signal.aborted ? cancelled() : error;
  });
  if (plan.isInstalled) return 'was-there';
  const [problem] = plan.problems;
  if (problem) throw new CargoBuildError(problem);
  try {
    return await buildLocked(options, plan, steps, elapsedMs);
  } catch (error) {
    if (error instanceof CargoBuildError) throw error;
    if (signal.aborted) throw cancelled(plan.buildFolder);
    if (!isSystemError(error)) throw error;
    throw new CargoBuildError({ kind: 'cache-folder', folder: options.cacheFolder, words: error.message });
  }
}

/** Beyond cargo, the cache folder's files are all that the build touches. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';
}

function cancelled(buildFolder?: string): CargoBuildError {
  return new CargoBuildError(buildFolder === undefined ? { kind: 'cancelled' } : { kind: 'cancelled', buildFolder });
}

async function buildLocked(
  options: CargoBuildOptions,
  { buildFolder, place, cargo, program, words }: Plan,
  steps: Steps,
  elapsedMs: () => number,
): Promise<HowBuilt> {
  const { log, onProgress, guard, signal, env } = options;
  await mkdir(buildFolder, { recursive: true, mode: 0o700 });
  const onWait = ({ pid }: { readonly pid: number | undefined }) =>
    onProgress({ phase: 'waiting', ...(pid === undefined ? {} : { pid }), elapsedMs: elapsedMs() });
  await using lock = await takeBuildLock(`${buildFolder}.lock`, onWait, signal);
  if ((await lookAtFile(place)).state === 'found') return 'was-there';
  if (cargo === undefined) throw new CargoBuildError({ kind: 'no-cargo' });

  // Again: who held the lock before may have removed it.
  await mkdir(buildFolder, { recursive: true, mode: 0o700 });
  await steps.prepare(cargo, (message) => onProgress({ phase: 'fetching', message, elapsedMs: elapsedMs() }));
  const built = await runCargo({ cargo, program, words, buildFolder, env, log, onProgress, elapsedMs, guard, signal });
  onProgress({ phase: 'installing', elapsedMs: elapsedMs() });
  await steps.verify(built);
  await installProgram(built, place);
  log.info(`${program} was built and stands at ${place}.`);
  if (await lock.isHeld()) await rm(buildFolder, { recursive: true, force: true, maxRetries: 3 });
  return 'built';
}
