import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ExitGuard } from '../../base/exit-guard.ts';
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
  /** How long the worker may take to answer `--version` and each probe; 10 s if not given. */
  readonly answerTimeoutMs?: number;
  /** Skips the table and the probe. */
  readonly forcedRevision?: RevisionId;
  readonly log: Log;
  readonly guard: ExitGuard;
}

const DEFAULT_ANSWER_TIMEOUT_MS = 10_000;

/**
 * Learns the version, wire revision, sandbox features and identity of a worker of Polkadot's. What was learnt before of the same file is
 * not asked again. Rejects with `UnsupportedWorker`, `SpawnError`, or the signal's reason.
 */
export async function examineWorker(
  path: string,
  options: ExamineOptions,
  signal: AbortSignal,
): Promise<OfficialWorker> {
  const file = await fileKey(path);
  const found = await options.known.recall(file);
  const facts = found ?? (await learn(path, options, signal));
  // A forced revision is a wish, nothing learnt.
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

async function learn(path: string, options: ExamineOptions, signal: AbortSignal) {
  const program = programAt(path);
  const { answerTimeoutMs: deadlineMs = DEFAULT_ANSWER_TIMEOUT_MS, guard } = options;
  const ask = { deadlineMs, guard, signal };
  const version = await askVersion(program, ask);
  // By itself, because it may fail, and the probes would then be left running.
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
    throw new UnsupportedWorker(`${program.name} says version ${version}; nothing before 1.4.0 can be spoken to`);
  }
  if (others.length === 0) return only.id;
  const probe: Omit<SpawnOptions, 'revision'> = {
    program,
    security: noSandbox,
    workerDirsIn: scratch,
    socketsIn: scratch,
    spawnTimeoutMs,
    logDirectives: '',
    log,
    guard,
  };
  return (await probeRevision(candidates, probe, signal)).id;
}

/** Names one state of one file: a rebuilt worker at the same path is another one. */
async function fileKey(file: string): Promise<string> {
  let found: Awaited<ReturnType<typeof stat>>;
  let path: string;
  try {
    path = await realpath(file);
    found = await stat(path);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UnsupportedWorker(missing ? `there is no file ${file}` : `${file}: ${(error as Error).message}`);
  }
  if (!found.isFile()) throw new UnsupportedWorker(`${file} is not a file`);
  if (process.platform !== 'win32' && (found.mode & 0o111) === 0) {
    throw new UnsupportedWorker(`${file} is not executable (chmod +x would make it so)`);
  }
  return JSON.stringify([path, found.dev, found.ino, found.size, found.mtimeMs, process.getuid?.()]);
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
