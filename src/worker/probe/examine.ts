import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ExitGuard } from '../../base/exit-guard.ts';
import { stateFrom } from '../../base/file-state.ts';
import type { Log } from '../../base/log.ts';
import { type Program, programAt } from '../process/program.ts';
import type { SpawnOptions } from '../process/spawn-worker.ts';
import { noSandbox } from '../wire/handshake.ts';
import { type RevisionId, revision, revisionsFor } from '../wire/revision.ts';
import type { OfficialWorker } from './examined-worker.ts';
import type { KnownWorkers } from './known-workers.ts';
import { probeRevision } from './probe-revision.ts';
import { probeSecurity } from './security-probe.ts';
import { askVersion, UnsupportedWorker } from './version.ts';

export interface ExamineOptions {
  readonly known: KnownWorkers;
  /** A private folder for the probes. */
  readonly scratch: string;
  readonly spawnTimeoutMs: number;
  /** How long the worker may take to answer `--version` and each probe; 10 s by default. */
  readonly answerTimeoutMs?: number;
  /** Used without a look at the version, and without a probe. */
  readonly forcedRevision?: RevisionId;
  readonly log: Log;
  readonly guard: ExitGuard;
}

const DEFAULT_ANSWER_TIMEOUT_MS = 10_000;

/**
 * Finds out the version, wire revision, sandbox features and identity of one of Polkadot's workers. Runs it only if the
 * file has changed since the last time. Rejects with `UnsupportedWorker`, `SpawnError`, or the signal's reason.
 */
export async function examineWorker(
  path: string,
  options: ExamineOptions,
  signal: AbortSignal,
): Promise<OfficialWorker> {
  const file = await fileKey(path);
  const found = await options.known.recall(file);
  const facts = found ?? (await probe(path, options, signal));
  // A forced revision says nothing about the worker.
  if (!found && !options.forcedRevision) await options.known.remember(file, facts);
  const wire = options.forcedRevision ?? facts.revision;
  return {
    kind: 'official',
    path,
    program: programAt(path),
    version: facts.version,
    revision: revision(wire),
    security: facts.security,
    identity: facts.identity,
  };
}

async function probe(path: string, options: ExamineOptions, signal: AbortSignal) {
  const program = programAt(path);
  const { answerTimeoutMs: deadlineMs = DEFAULT_ANSWER_TIMEOUT_MS, guard } = options;
  const ask = { deadlineMs, guard, signal };
  const version = await askVersion(program, ask);
  // Before the others and not beside them: if it failed, they would be left running.
  const wire = options.forcedRevision ?? (await pickRevision(program, version, options, signal));
  const [security, identity] = await Promise.all([probeSecurity(program, options.scratch, ask), sha256OfFile(path)]);
  return { version, security, identity, revision: wire };
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

/** Identifies one state of one file, for one user: a worker that was rebuilt at the same path has another key. */
async function fileKey(file: string): Promise<string> {
  let found: BigIntStats;
  let path: string;
  try {
    path = await realpath(file);
    found = await stat(path, { bigint: true });
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UnsupportedWorker(missing ? `there is no file ${file}` : `${file}: ${(error as Error).message}`);
  }
  if (!found.isFile()) throw new UnsupportedWorker(`${file} is not a file`);
  if (process.platform !== 'win32' && (found.mode & 0o111n) === 0n) {
    throw new UnsupportedWorker(`${file} is not executable (chmod +x would make it so)`);
  }
  return JSON.stringify([path, stateFrom(found), process.getuid?.()]);
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
