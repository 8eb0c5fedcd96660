import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../base/log.ts';
import { lookAtFile } from '../../worker/locate/look-at-file.ts';
import { takeBuildLock } from './build-lock.ts';
import { type BuildProgress, runCargo } from './cargo.ts';
import type { Preflight } from './preflight.ts';
import { CargoBuildError } from './problem.ts';
import type { BuildContext } from './recipe.ts';

export interface BuildHooks {
  readonly log: Log;
  /** Called before a build starts or fails for missing tools. Not called when the program is already installed. */
  readonly onPreflight?: (preflight: Preflight) => void;
  readonly onProgress: (progress: BuildProgress) => void;
}

export interface Built {
  readonly path: string;
  readonly version?: string;
  /** `was-there`: already installed, or built by another process while this one waited. */
  readonly how: 'built' | 'was-there';
}

/**
 * Builds a program with cargo and installs it. If several processes call this at once, one builds, and the others wait for
 * the result. An aborted signal ends cargo and its child processes. Rejects with `CargoBuildError`.
 */
export async function buildWithCargo(
  checking: Promise<Preflight>,
  context: BuildContext,
  hooks: BuildHooks,
): Promise<Built> {
  const { signal } = context;
  const started = performance.now();
  const preflight = await checking.catch((error: unknown) => {
    throw signal.aborted ? cancelled() : error;
  });
  const { recipe, isInstalled, problems } = preflight;
  const { version, buildFolder } = recipe;
  const built = { path: recipe.path, ...(version === undefined ? {} : { version }) };
  if (isInstalled) return { ...built, how: 'was-there' };
  hooks.onPreflight?.(preflight);
  const [problem] = problems;
  if (problem) throw new CargoBuildError(problem);
  try {
    return { ...built, how: await buildLocked(preflight, context, hooks, started) };
  } catch (error) {
    if (error instanceof CargoBuildError) throw error;
    if (signal.aborted) throw cancelled(buildFolder);
    if (!isSystemError(error)) throw error;
    throw new CargoBuildError({ kind: 'cache-folder', folder: context.cacheFolder, detail: error.message });
  }
}

/** The build itself, without cargo, touches only files in the cache folder. So a system error is about that folder. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';
}

function cancelled(buildFolder?: string): CargoBuildError {
  return new CargoBuildError(buildFolder === undefined ? { kind: 'cancelled' } : { kind: 'cancelled', buildFolder });
}

async function buildLocked(
  { recipe, cargo }: Preflight,
  { env, guard, signal }: BuildContext,
  { log, onProgress }: BuildHooks,
  started: number,
): Promise<Built['how']> {
  const { buildFolder, path: place, program, cargoArgs } = recipe;
  const elapsedMs = () => performance.now() - started;
  await mkdir(buildFolder, { recursive: true, mode: 0o700 });
  const onWait = ({ pid }: { readonly pid: number | undefined }) =>
    onProgress({ phase: 'waiting', ...(pid === undefined ? {} : { pid }), elapsedMs: elapsedMs() });
  await using lock = await takeBuildLock(`${buildFolder}.lock`, onWait, signal);
  if ((await lookAtFile(place)).state === 'found') return 'was-there';
  if (cargo === undefined) throw new CargoBuildError({ kind: 'no-cargo' });

  // Created again, because the previous holder of the lock may have removed it.
  await mkdir(buildFolder, { recursive: true, mode: 0o700 });
  await recipe.prepare(cargo, (message) => onProgress({ phase: 'fetching', message, elapsedMs: elapsedMs() }));
  const built = await runCargo({
    cargo,
    program,
    cargoArgs,
    buildFolder,
    env,
    log,
    onProgress,
    elapsedMs,
    guard,
    signal,
  });
  onProgress({ phase: 'installing', elapsedMs: elapsedMs() });
  await recipe.verify(built);
  await installProgram(built, place);
  log.info(`${program} was built and installed at ${place}.`);
  if (await lock.isHeld()) await rm(buildFolder, { recursive: true, force: true, maxRetries: 3 });
  return 'built';
}

/** Copies a program to its place. The last step is a rename, so the place never holds a partial file. */
async function installProgram(program: string, place: string): Promise<void> {
  const folder = path.dirname(place);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const incoming = path.join(folder, `.incoming-${randomBytes(6).toString('hex')}`);
  try {
    await copyFile(program, incoming);
    await chmod(incoming, 0o755);
    await rename(incoming, place);
  } catch (error) {
    await rm(incoming, { force: true });
    throw error;
  }
}
