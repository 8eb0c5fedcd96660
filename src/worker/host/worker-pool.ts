import { textOf } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { HostMetrics } from './metrics.ts';
import type { WorkerSession } from './session.ts';

/** Polkadot's defaults (`--prepare-workers-soft-max-num`, `--prepare-workers-hard-max-num`). */
export const defaultPoolLimits = { soft: 1, hard: 2 };

export interface PoolLimits {
  /** Workers for normal jobs, and how many stay when there is nothing to do. */
  readonly soft: number;
  /** Workers while critical jobs wait. */
  readonly hard: number;
}

/** A worker out of the pool, and how long it took to spawn if this is its first job. */
export interface Lease {
  readonly session: WorkerSession;
  readonly spawnMs: number;
}

/** The workers of a host: those being spawned, idle and busy. Follows Polkadot's `prepare/pool.rs`. */
export class WorkerPool implements AsyncDisposable {
  private readonly idle: Lease[] = [];
  private readonly live = new Set<WorkerSession>();
  private readonly shutdown = new AbortController();
  private readonly spawns = new Set<Promise<void>>();
  private readonly retirements = new Set<Promise<void>>();

  /** @param spawn makes a session, or rejects */
  constructor(
    private readonly spawn: (signal: AbortSignal) => Promise<WorkerSession>,
    readonly limits: PoolLimits,
    private readonly metrics: HostMetrics,
    private readonly log: Log,
  ) {}

  /** Workers there are or soon will be. */
  get size(): number {
    return this.live.size + this.spawns.size;
  }

  get spawning(): number {
    return this.spawns.size;
  }

  /** An idle worker, if there is one. */
  take(): Lease | undefined {
    return this.idle.pop();
  }

  /** Takes a worker back after a job that did it no harm; one above the soft limit is culled. */
  async giveBack(session: WorkerSession): Promise<void> {
    const isGone = !session.worker.process.alive;
    if (isGone || this.size > this.limits.soft || this.shutdown.signal.aborted) return this.retire(session);
    if (this.live.has(session)) this.idle.push({ session, spawnMs: 0 });
  }

  /** Ends a worker and waits until nothing is left of it. Never rejects: what can't be removed is logged. */
  async retire(session: WorkerSession): Promise<void> {
    if (!this.live.delete(session)) return;
    this.metrics.workerIs('retired');
    const ended = session[Symbol.asyncDispose]()
      .catch((error) => this.log.warn(`The directory of a worker could not be removed: ${textOf(error)}.`))
      .finally(() => this.retirements.delete(ended));
    this.retirements.add(ended);
    await ended;
  }

  /** Starts one more worker; it will be idle when the promise resolves. Rejects with a `SpawnError`. */
  grow(): Promise<void> {
    const spawned = this.spawnOne().finally(() => this.spawns.delete(spawned));
    this.spawns.add(spawned);
    return spawned;
  }

  /** Ends all workers, and the spawning of those to come. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.shutdown.abort();
    await Promise.allSettled(this.spawns);
    this.idle.length = 0;
    for (const session of this.live) void this.retire(session);
    await Promise.all(this.retirements);
  }

  private async spawnOne(): Promise<void> {
    this.metrics.workerIs('spawning');
    const started = performance.now();
    const session = await this.spawn(this.shutdown.signal);
    this.metrics.workerIs('spawned');
    this.live.add(session);
    this.idle.push({ session, spawnMs: performance.now() - started });
    void session.worker.process.exited.then(() => this.onExit(session));
  }

  /** Polkadot's host looks for dead idle workers after every event; the exit event is that, at once. */
  private onExit(session: WorkerSession): void {
    const at = this.idle.findIndex((lease) => lease.session === session);
    if (at < 0) return;
    this.idle.splice(at, 1);
    this.log.warn(`The idle worker ${session.worker.process.pid} went away.`);
    void this.retire(session);
  }
}
