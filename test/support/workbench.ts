/** A cache folder, a log and a guard for one test, with a check for leftovers. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { blake2b256 } from '../../src/base/hash.ts';
import type { Log } from '../../src/base/log.ts';
import { type HostDirectories, openHostDirectories } from '../../src/worker/host/host-directories.ts';
import { defaultPrepTimeout, type PrepareJob } from '../../src/worker/host/job.ts';
import { type HostOptions, type OpenedHost, openHost } from '../../src/worker/host/open-host.ts';
import { type ExamineOptions, examineWorker } from '../../src/worker/probe/examine.ts';
import type { ExaminedWorker, OfficialWorker } from '../../src/worker/probe/examined-worker.ts';
import { tinyPvf } from '../../src/worker/probe/tiny-pvf.ts';
import { processesNaming, until } from './leaks.ts';

interface LogLine {
  readonly level: keyof Log;
  readonly message: string;
}

export interface Workbench {
  /** Contains all files of the test. */
  readonly folder: string;
  readonly cacheFolder: string;
  readonly guard: ExitGuard;
  readonly log: Log;
  readonly logged: readonly LogLine[];
  openHostDirectories(cacheFolder?: string): Promise<HostDirectories>;
  examine(program: string, directories: HostDirectories, options?: Partial<ExamineOptions>): Promise<OfficialWorker>;
  openHost(worker: ExaminedWorker, directories: HostDirectories, options?: Partial<HostOptions>): Promise<OpenedHost>;
}

/** Long enough for a busy machine. Tests of the timeout pass their own. */
const SPAWN_TIMEOUT_MS = 15_000;

/**
 * Runs a test in a folder of its own, which contains the temporary folder too. Fails if the test leaves a process or a
 * temporary file.
 */
export async function withWorkbench(test: (bench: Workbench) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pvf-test-'));
  const temporary = join(folder, 't');
  mkdirSync(temporary);
  const { TMPDIR: before } = process.env;
  process.env['TMPDIR'] = temporary;
  try {
    using guard = new ExitGuard();
    await test(makeBench(folder, guard));
    // A killed process disappears a moment after the signal.
    await until('the processes of the test are gone', () => processesNaming(folder).length === 0);
    // tsx keeps its cache there when a test starts a thread from the sources.
    const left = readdirSync(temporary).filter((name) => !name.startsWith('tsx-'));
    assert.deepEqual(left, [], 'temporary files are left');
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a test with a host for one worker, and closes the host and its directories. */
export async function withHost(
  bench: Workbench,
  worker: ExaminedWorker,
  test: (opened: OpenedHost, directories: HostDirectories) => Promise<void>,
  options: Partial<HostOptions> = {},
): Promise<void> {
  await using directories = await bench.openHostDirectories();
  const opened = await bench.openHost(worker, directories, options);
  await using _host = opened.host;
  await test(opened, directories);
}

export function jobFor(code: Uint8Array = tinyPvf, changes: Partial<PrepareJob> = {}): PrepareJob {
  return {
    code,
    codeHash: blake2b256(code),
    executorParams: [],
    bombLimit: 31_457_280,
    prepTimeout: defaultPrepTimeout.Prechecking,
    kind: 'Prechecking',
    ...changes,
  };
}

function makeBench(folder: string, guard: ExitGuard): Workbench {
  const logged: LogLine[] = [];
  const note = (level: keyof Log) => (message: string) => {
    logged.push({ level, message });
  };
  const log: Log = { error: note('error'), warn: note('warn'), info: note('info'), debug: note('debug') };
  const cacheFolder = join(folder, 'cache');
  const common = { spawnTimeoutMs: SPAWN_TIMEOUT_MS, log, guard };
  return {
    folder,
    cacheFolder,
    guard,
    log,
    logged,
    openHostDirectories: (cache = cacheFolder) => openHostDirectories(cache, guard, log),
    examine: (program, { factsCache, scratch }, options = {}) =>
      examineWorker(program, { ...common, factsCache, scratch, ...options }, new AbortController().signal),
    openHost: (worker, directories, options = {}) =>
      openHost({ ...common, worker, directories, logDirectives: '', ...options }),
  };
}
