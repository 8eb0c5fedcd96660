import { errorMessage } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { HostObserver } from './host-observer.ts';
import type { WorkerSession } from './session.ts';

/** Polkadot's default (`--prepare-workers-soft-max-num`). */
export const defaultMaxWorkers = 1;

/** A worker taken from the pool. */
export interface Lease {
  readonly session: WorkerSession;
  /** How long it took to spawn the worker if this is its first job, else 0. */
  readonly spawnMs: number;
}

/**
 * The workers of a host: those being spawned, idle and busy. Follows Polkadot's `prepare/pool.rs`; its hard limit is for
 * critical jobs, which this host does not have.
 */
export class WorkerPool implements AsyncDisposable {
  private readonly idle: Lease[] = [];
  private readonly live = new Set<WorkerSession>();
  private readonly shutdown = new AbortController();
  private readonly spawns = new Set<Promise<void>>();
  private readonly retirements = new Set<Promise<void>>();

  /**
   * @param spawn starts a worker; rejects when it does not come up
   * @param maxWorkers Polkadot's soft limit: how many workers there may be at once
   */
  constructor(
    private readonly spawn: (signal: AbortSignal) => Promise<WorkerSession>,
    private readonly maxWorkers: number,
    private readonly observer: HostObserver,
    private readonly log: Log,
  ) {}

  /** Are all workers that there may be alive or being spawned? */
  get isFull(): boolean {
    return this.live.size + this.spawns.size >= this.maxWorkers;
  }

  get spawning(): number {
    return this.spawns.size;
  }

  /** An idle worker, if there is one. */
  take(): Lease | undefined {
    return this.idle.pop();
  }

  /** Takes a worker back after a job that did it no harm. */
  async giveBack(session: WorkerSession): Promise<void> {
    const isGone = !session.worker.process.alive;
    if (isGone || this.shutdown.signal.aborted) return this.retire(session);
    if (this.live.has(session)) this.idle.push({ session, spawnMs: 0 });
  }

  /** Ends a worker and resolves when nothing is left of it. Never rejects: a directory that can't be removed is logged. */
  async retire(session: WorkerSession): Promise<void> {
    if (!this.live.delete(session)) return;
    this.observer.workerIs('retired');
    const ended = session[Symbol.asyncDispose]()
      .catch((error) => this.log.warn(`The directory of a worker could not be removed: ${errorMessage(error)}.`))
      .finally(() => this.retirements.delete(ended));
    this.retirements.add(ended);
    await ended;
  }

  /** Starts one more worker, which is idle when the promise resolves. Rejects with a `SpawnError`. */
  grow(): Promise<void> {
    const spawned = this.spawnOne().finally(() => this.spawns.delete(spawned));
    this.spawns.add(spawned);
    return spawned;
  }

  /** Ends all workers, and aborts those that are being spawned. */
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

  /** Polkadot's host polls for dead idle workers after every event; the exit event tells us at once. */
  private onExit(session: WorkerSession): void {
    const at = this.idle.findIndex((lease) => lease.session === session);
    if (at < 0) return;
    this.idle.splice(at, 1);
    this.log.warn(`The idle worker ${session.worker.process.pid} went away.`);
    void this.retire(session);
  }
}
