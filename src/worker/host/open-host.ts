import type { ExitGuard } from '../../base/exit-guard.ts';
import { type Twox256, twox256Factory } from '../../base/hash.ts';
import type { Log } from '../../base/log.ts';
import { artifactKey, cpuFeatures } from '../artifacts/artifact-key.ts';
import { holdsFor } from '../artifacts/cached-answer.ts';
import { isIntact } from '../artifacts/checksum.ts';
import { type ExaminedWorker, figuresOf, leavesCosts, securityStatus } from '../probe/examined-worker.ts';
import { spawnWorker } from '../process/spawn-worker.ts';
import type { HostDirectories } from './host-directories.ts';
import { type HostObserver, noObserver } from './host-observer.ts';
import type { PrepareJob } from './job.ts';
import { type Preparation, PrepareHost } from './prepare-host.ts';
import { estimatingWallClock, officialWallClock, WorkerSession } from './session.ts';
import { defaultMaxWorkers, WorkerPool } from './worker-pool.ts';

export interface HostOptions {
  readonly worker: ExaminedWorker;
  readonly directories: HostDirectories;
  /** Maximum number of workers at once; 1 by default. */
  readonly maxWorkers?: number;
  readonly spawnTimeoutMs: number;
  /** Time limit for a worker to read a request; 10 s by default. */
  readonly sendTimeoutMs?: number;
  /** Directives for the workers' `RUST_LOG`. Empty: errors only. */
  readonly logDirectives: string;
  readonly log: Log;
  readonly guard: ExitGuard;
  readonly observer?: HostObserver;
}

/** A host, with access to the answers of earlier runs. */
export interface OpenedHost {
  readonly host: PrepareHost;
  /** Finds an earlier run of the same job whose artifact is still stored. Times and memory are those of that run. */
  findCached(job: PrepareJob): Promise<Preparation | undefined>;
}

const DEFAULT_SEND_TIMEOUT_MS = 10_000;

/** Creates a host for one worker. Spawns nothing before the first job. */
export async function openHost(options: HostOptions): Promise<OpenedHost> {
  const { worker, directories, maxWorkers = defaultMaxWorkers, log, observer = noObserver } = options;
  const [newHash, features] = await Promise.all([twox256Factory(), cpuFeatures()]);
  const { revision, identity } = worker;
  const keyOf = ({ codeHash, executorParams, kind }: PrepareJob) =>
    artifactKey({ codeHash, executorParams, kind, revision, workerIdentity: identity, cpuFeatures: features });

  const pool = new WorkerPool((signal) => openSession(options, newHash, signal), maxWorkers, observer, log);
  const host = new PrepareHost(
    pool,
    (job) => {
      const started = performance.now();
      return (artifact, success) =>
        directories.artifacts.promote(keyOf(job), artifact, { success, wallMs: performance.now() - started });
    },
    observer,
  );
  return {
    host,
    findCached: async (job) => {
      const found = await directories.artifacts.find(keyOf(job));
      if (found === undefined || !holdsFor(found.record.facts, job)) return undefined;
      // 1 ms per MB. A damaged artifact is made again.
      if (!(await isIntact(found.path, newHash))) return undefined;
      const { bytes: artifactBytes, facts } = found.record;
      const prepared = { path: found.path, artifactBytes, ...facts.success };
      return { outcome: { kind: 'concluded', prepared }, wallMs: facts.wallMs, spawnMs: 0 };
    },
  };
}

/** Spawns a worker. Rejects with `SpawnError`, or with the signal's reason. */
export async function openSession(
  options: Omit<HostOptions, 'maxWorkers' | 'observer'>,
  newHash: () => Twox256,
  signal: AbortSignal,
): Promise<WorkerSession> {
  const { program, version, revision } = options.worker;
  const { sendTimeoutMs = DEFAULT_SEND_TIMEOUT_MS, log } = options;
  const spawned = await spawnWorker(spawnOptions(options), signal);
  return new WorkerSession(spawned, {
    name: program.name,
    version,
    revision,
    platform: process.platform,
    wallClock: figuresOf(options.worker) === 'estimated' ? estimatingWallClock : officialWallClock,
    sendTimeoutMs,
    leavesCosts: leavesCosts(options.worker),
    newHash,
    log,
  });
}

function spawnOptions({ worker, directories, spawnTimeoutMs, logDirectives, log, guard }: HostOptions) {
  return {
    program: worker.program,
    revision: worker.revision,
    security: securityStatus(worker),
    workerDirsIn: directories.artifacts.folder,
    socketsIn: directories.scratch,
    spawnTimeoutMs,
    logDirectives,
    log,
    guard,
  };
}
