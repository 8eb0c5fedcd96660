import type { BigIntStats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { ExitGuard } from '../../base/exit-guard.ts';
import { stateFrom } from '../../base/file-state.ts';
import type { Log } from '../../base/log.ts';
import type { WorkerCandidate } from '../../model/workers.ts';
import { type BuiltInOptions, builtInWorker } from '../built-in/built-in-worker.ts';
import { type Program, programAt } from '../process/program.ts';
import type { SpawnOptions } from '../process/spawn-worker.ts';
import { noSandbox } from '../wire/handshake.ts';
import { revision, revisionsFor } from '../wire/revision.ts';
import type { RevisionId } from '../wire/revision-id.ts';
import type { ExaminedWorker, OfficialWorker } from './examined-worker.ts';
import { fingerprint } from './fingerprint.ts';
import { probeRevision } from './probe-revision.ts';
import { probeSecurity } from './security-probe.ts';
import { readVersion, UnsupportedWorker } from './version.ts';
import type { WorkerFactsCache } from './worker-facts-cache.ts';

export interface ExamineOptions {
  readonly factsCache: WorkerFactsCache;
  /** A private folder for the probes. */
  readonly scratch: string;
  readonly spawnTimeoutMs: number;
  /** Time limit for `--version` and for each probe; 10 s by default. */
  readonly answerTimeoutMs?: number;
  /** Replaces the revision that the version or a probe would decide. */
  readonly forcedRevision?: RevisionId;
  readonly log: Log;
  readonly guard: ExitGuard;
}

export interface CandidateOptions extends ExamineOptions {
  readonly builtIn: BuiltInOptions;
}

const DEFAULT_ANSWER_TIMEOUT_MS = 10_000;

/** Examines a candidate of the search. Rejects as `examineWorker` does. */
export function examineCandidate(
  { source, path }: WorkerCandidate,
  options: CandidateOptions,
  signal: AbortSignal,
): Promise<ExaminedWorker> {
  if (source === 'built-in') return builtInWorker(options.builtIn, options.forcedRevision);
  return examineWorker(path, options, signal);
}

/**
 * Determines the version, wire revision, sandbox features and identity of one of Polkadot's workers. Runs the worker only
 * if its file has changed since the last examination. Rejects with `UnsupportedWorker`, `SpawnError`, or the signal's reason.
 */
export async function examineWorker(
  path: string,
  options: ExamineOptions,
  signal: AbortSignal,
): Promise<OfficialWorker> {
  const file = await fileKey(path);
  const cached = await options.factsCache.read(file);
  const facts = cached ?? (await probe(path, options, signal));
  // A forced revision is not a fact about the worker.
  if (!cached && !options.forcedRevision) await options.factsCache.write(file, facts);
  return {
    kind: 'official',
    path,
    program: programAt(path),
    version: facts.version,
    revision: revision(options.forcedRevision ?? facts.revision),
    security: facts.security,
    identity: facts.identity,
  };
}

async function probe(path: string, options: ExamineOptions, signal: AbortSignal) {
  const program = programAt(path);
  const { answerTimeoutMs: deadlineMs = DEFAULT_ANSWER_TIMEOUT_MS, guard } = options;
  const runOptions = { deadlineMs, guard, signal };
  const { sha256, isExecuteWorker } = await fingerprint(path);
  if (isExecuteWorker) {
    throw new UnsupportedWorker(`${path} is not a prepare worker but Polkadot's execute worker, which runs PVFs`);
  }
  const version = await readVersion(program, runOptions);
  // Not in parallel with the probes below: a failure here would leave them running.
  const wire = options.forcedRevision ?? (await pickRevision(program, version, options, signal));
  const security = await probeSecurity(program, options.scratch, runOptions);
  return { version, security, identity: sha256, revision: wire };
}

async function pickRevision(
  program: Program,
  version: string,
  { scratch, spawnTimeoutMs, log, guard }: ExamineOptions,
  signal: AbortSignal,
): Promise<RevisionId> {
  const candidates = revisionsFor(version);
  const [only, ...others] = candidates;
  if (only === undefined) {
    throw new UnsupportedWorker(`${program.name} prints version ${version}; workers before 1.4.0 are not supported`);
  }
  if (others.length === 0) return only.id;
  const spawnOptions: Omit<SpawnOptions, 'revision'> = {
    program,
    security: noSandbox,
    workerDirsIn: scratch,
    socketsIn: scratch,
    spawnTimeoutMs,
    logDirectives: '',
    log,
    guard,
  };
  return (await probeRevision(candidates, spawnOptions, signal)).id;
}

/** Identifies one state of one file, for one user. A worker rebuilt at the same path gets another key. */
async function fileKey(file: string): Promise<string> {
  let found: BigIntStats;
  let path: string;
  try {
    path = await realpath(file);
    found = await stat(path, { bigint: true });
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UnsupportedWorker(missing ? `${file} does not exist` : `${file}: ${(error as Error).message}`);
  }
  if (!found.isFile()) throw new UnsupportedWorker(`${file} is not a file`);
  if (process.platform !== 'win32' && (found.mode & 0o111n) === 0n) {
    throw new UnsupportedWorker(`${file} is not executable (use chmod +x)`);
  }
  return JSON.stringify([path, stateFrom(found), process.getuid?.()]);
}
