import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import type { SpawnOptions } from '../process/spawn-worker.ts';
import { noSandbox, type SecurityStatus } from '../wire/handshake.ts';
import { type RevisionId, revision, revisionsFor, type WireRevision } from '../wire/revision.ts';
import type { KnownWorkers } from './known-workers.ts';
import { probeRevision } from './probe-revision.ts';
import { probeSecurity, type SecurityProbes } from './security-probe.ts';
import { askVersion, UnsupportedWorker } from './version.ts';

/** All that the host has to know of a worker binary before it spawns it. */
export interface ExaminedWorker {
  readonly program: string;
  /** What it printed for `--version`. */
  readonly version: string;
  readonly revision: WireRevision;
  readonly security: SecurityProbes;
  /** SHA-256 of the binary: two workers of one version may still compile differently. */
  readonly identity: string;
}

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
 * Learns a worker's version, wire revision, sandbox features and identity. What was learnt before of the same file is
 * not asked again. Rejects with `UnsupportedWorker`, `SpawnError`, or the signal's reason.
 */
export async function examineWorker(
  program: string,
  options: ExamineOptions,
  signal: AbortSignal,
): Promise<ExaminedWorker> {
  const file = await fileKey(program);
  const found = await options.known.recall(file);
  const facts = found ?? (await learn(program, options, signal));
  // A forced revision is a wish, nothing learnt.
  if (!found && !options.forcedRevision) await options.known.remember(file, facts);
  const wire = options.forcedRevision ?? facts.revision;
  return {
    program,
    version: facts.version,
    revision: revision(wire),
    security: facts.security,
    identity: facts.identity,
  };
}

async function learn(program: string, options: ExamineOptions, signal: AbortSignal) {
  const { answerTimeoutMs: deadlineMs = DEFAULT_ANSWER_TIMEOUT_MS, guard } = options;
  const ask = { deadlineMs, guard, signal };
  const version = await askVersion(program, ask);
  // By itself, because it may fail, and the probes would then be left running.
  const wire = options.forcedRevision ?? (await pickRevision(program, version, options, signal));
  const [security, identity] = await Promise.all([probeSecurity(program, options.scratch, ask), sha256OfFile(program)]);
  return { version, security, identity, revision: wire };
}

async function pickRevision(
  program: string,
  version: string,
  { scratch, spawnTimeoutMs, log, guard }: ExamineOptions,
  signal: AbortSignal,
): Promise<RevisionId> {
  const candidates = revisionsFor(version);
  const [only, ...others] = candidates;
  if (only === undefined) {
    throw new UnsupportedWorker(`${program} says version ${version}; nothing before 1.4.0 can be spoken to`);
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

/** The flags for the handshake: what is available is used, but secure validator mode stays off (protocol, 6.4). */
export function securityStatus(probes: SecurityProbes): SecurityStatus {
  return {
    secureValidatorMode: false,
    canEnableLandlock: probes.landlock.available,
    canEnableSeccomp: probes.seccomp.available,
    canUnshareUserNamespaceAndChangeRoot: probes.changeRoot.available,
    canDoSecureClone: probes.secureClone.available,
  };
}

/** Names one state of one file: a rebuilt worker at the same path is another one. */
async function fileKey(program: string): Promise<string> {
  let found: Awaited<ReturnType<typeof stat>>;
  let path: string;
  try {
    path = await realpath(program);
    found = await stat(path);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UnsupportedWorker(missing ? `there is no file ${program}` : `${program}: ${(error as Error).message}`);
  }
  if (!found.isFile()) throw new UnsupportedWorker(`${program} is not a file`);
  if (process.platform !== 'win32' && (found.mode & 0o111) === 0) {
    throw new UnsupportedWorker(`${program} is not executable (chmod +x would make it so)`);
  }
  return JSON.stringify([path, found.dev, found.ino, found.size, found.mtimeMs, process.getuid?.()]);
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
