import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../base/log.ts';
import { askVersion, UnsupportedWorker } from '../identity/version.ts';
import { lookAtFile } from '../locate/look-at-file.ts';
import { takeBuildLock } from './build-lock.ts';
import { runCargo } from './cargo.ts';
import { type Preflight, type PreflightOptions, preflight } from './preflight.ts';
import { OfficialBuildError } from './problem.ts';
import type { BuildProgress } from './progress.ts';
import { copyTemplate } from './template.ts';

export type { BuildProgress };

export interface BuildOptions extends PreflightOptions {
  readonly log: Log;
  readonly onProgress: (progress: BuildProgress) => void;
}

export interface BuiltWorker {
  readonly path: string;
  /** Node version. */
  readonly version: string;
  /** `was-there`: nothing was built, or another process did it meanwhile. */
  readonly how: 'built' | 'was-there';
}

/**
 * Builds Polkadot's own prepare worker from its published crates with cargo, and installs it in this tool's store. Safe to
 * run in several processes at once: one builds, the others wait and share the result. An aborted signal ends cargo with
 * everything it has started. Rejects with `OfficialBuildError`.
 */
export async function buildOfficialWorker(options: BuildOptions): Promise<BuiltWorker> {
  const { signal } = options;
  const started = performance.now();
  const elapsedMs = () => performance.now() - started;
  const before = await preflight(options).catch((error: unknown) => {
    throw signal.aborted ? cancelled() : error;
  });
  const { version } = before.template;
  if (before.isInstalled) return { path: before.workerPath, version, how: 'was-there' };
  const [problem] = before.problems;
  if (problem) throw new OfficialBuildError(problem);
  try {
    const how = await buildLocked(options, before, elapsedMs);
    return { path: before.workerPath, version, how };
  } catch (error) {
    if (error instanceof OfficialBuildError) throw error;
    if (signal.aborted) throw cancelled(before.buildFolder);
    if (!isSystemError(error)) throw error;
    throw new OfficialBuildError({ kind: 'cache-folder', folder: options.cacheFolder, words: error.message });
  }
}

/** Beyond cargo, the cache folder's files are all that the build touches. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';
}

function cancelled(buildFolder?: string): OfficialBuildError {
  return new OfficialBuildError(buildFolder === undefined ? { kind: 'cancelled' } : { kind: 'cancelled', buildFolder });
}

async function buildLocked(
  options: BuildOptions,
  { buildFolder, workerPath, template, cargo }: Preflight,
  elapsedMs: () => number,
): Promise<BuiltWorker['how']> {
  const { log, onProgress, guard, signal, env } = options;
  await mkdir(buildFolder, { recursive: true, mode: 0o700 });
  const onWait = ({ pid }: { readonly pid: number | undefined }) =>
    onProgress({ phase: 'waiting', ...(pid === undefined ? {} : { pid }), elapsedMs: elapsedMs() });
  await using lock = await takeBuildLock(`${buildFolder}.lock`, onWait, signal);
  if ((await lookAtFile(workerPath)).state === 'found') return 'was-there';
  if (cargo === undefined) throw new OfficialBuildError({ kind: 'no-cargo' });

  // Again: who held the lock before may have removed it.
  await mkdir(buildFolder, { recursive: true, mode: 0o700 });
  await copyTemplate(template, buildFolder);
  const program = await runCargo({ cargo, buildFolder, env, log, onProgress, elapsedMs, guard, signal });
  onProgress({ phase: 'installing', elapsedMs: elapsedMs() });
  await verify(program, template.version, options);
  await install(program, workerPath);
  log.info(`Polkadot's prepare worker ${template.version} was built and stands at ${workerPath}.`);
  if (await lock.isHeld()) await rm(buildFolder, { recursive: true, force: true, maxRetries: 3 });
  return 'built';
}

/** A new binary answers at once; a cold or busy disk gets some time. */
const VERSION_MS = 10_000;

async function verify(program: string, expected: string, { guard, signal }: BuildOptions): Promise<void> {
  const found = await askVersion(program, { deadlineMs: VERSION_MS, guard, signal }).catch((error: unknown) => {
    if (error instanceof UnsupportedWorker) return error.message;
    throw error;
  });
  if (found !== expected) throw new OfficialBuildError({ kind: 'wrong-version', expected, found });
}

/** The last step is a rename: whoever looks sees no worker or a whole one. */
async function install(program: string, workerPath: string): Promise<void> {
  const folder = path.dirname(workerPath);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const incoming = path.join(folder, `.incoming-${randomBytes(6).toString('hex')}`);
  try {
    await copyFile(program, incoming);
    await chmod(incoming, 0o755);
    await rename(incoming, workerPath);
  } catch (error) {
    await rm(incoming, { force: true });
    throw error;
  }
}
