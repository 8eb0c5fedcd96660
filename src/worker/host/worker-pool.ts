import { errorMessage } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { HostObserver } from './host-observer.ts';
import type { WorkerSession } from './session.ts';

/** Polkadot's default (`--prepare-workers-soft-max-num`). */
export const defaultMaxWorkers = 1;

/** A worker taken from the pool. */
export interface Lease {
  readonly session: WorkerSession;
  /** Time to spawn the worker if this is its first job, else 0. */
  readonly spawnMs: number;
}

/**
 * The workers of a host: spawning, idle and busy. Follows Polkadot's `prepare/pool.rs`, without its hard limit for critical
 * jobs, which this host does not have.
 */
export class WorkerPool implements AsyncDisposable {
  private readonly idle: Lease[] = [];
  private readonly live = new Set<WorkerSession>();
  private readonly shutdown = new AbortController();
  private readonly spawns = new Set<Promise<void>>();
  private readonly retirements = new Set<Promise<void>>();

  /**
   * @param spawn starts a worker; rejects with `SpawnError`
   * @param maxWorkers maximum number of workers at once (Polkadot's soft limit)
   */
  constructor(
    private readonly spawn: (signal: AbortSignal) => Promise<WorkerSession>,
    private readonly maxWorkers: number,
    private readonly observer: HostObserver,
    private readonly log: Log,
  ) {}

  /** Whether as many workers as allowed are alive or being spawned. */
  get isFull(): boolean {
    return this.live.size + this.spawns.size >= this.maxWorkers;
  }

  get spawning(): number {
    return this.spawns.size;
  }

  /** Takes an idle worker, if there is one. */
  take(): Lease | undefined {
    return this.idle.pop();
  }

  /** Returns a healthy worker after a job. */
  async giveBack(session: WorkerSession): Promise<void> {
    const isGone = !session.worker.process.alive;
    if (isGone || this.shutdown.signal.aborted) return this.retire(session);
    if (this.live.has(session)) this.idle.push({ session, spawnMs: 0 });
  }

  /** Ends a worker and removes its directory. Never rejects: logs a directory that can't be removed. */
  async retire(session: WorkerSession): Promise<void> {
    if (!this.live.delete(session)) return;
    this.observer.workerIs('retired');
    const ended = session[Symbol.asyncDispose]()
      .catch((error) => this.log.warn(`Could not remove the directory of a worker: ${errorMessage(error)}.`))
      .finally(() => this.retirements.delete(ended));
    this.retirements.add(ended);
    await ended;
  }

  /** Starts another worker. Resolves when it is idle. Rejects with `SpawnError`. */
  grow(): Promise<void> {
    const spawned = this.spawnOne().finally(() => this.spawns.delete(spawned));
    this.spawns.add(spawned);
    return spawned;
  }

  /** Ends all workers, including those being spawned. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.shutdown.abort();
    await Promise.allSettled(this.spawns);
    this.idle.length = 0;
    for (const session of this.live) void this.retire(session);
    await Promise.all(this.retirements);
  }

  private async spawnOne(): Promise<void> {
    this.observer.workerIs('spawning');
    const started = performance.now();
    const session = await this.spawn(this.shutdown.signal);
    this.observer.workerIs('spawned');
    this.live.add(session);
    this.idle.push({ session, spawnMs: performance.now() - started });
    void session.worker.process.exited.then(() => this.onExit(session));
  }

  /** Polkadot's host polls for dead idle workers after every event. The exit event is faster. */
  private onExit(session: WorkerSession): void {
    const at = this.idle.findIndex((lease) => lease.session === session);
    if (at < 0) return;
    this.idle.splice(at, 1);
    this.log.warn(`The idle worker ${session.worker.process.pid} exited.`);
    void this.retire(session);
  }
}
