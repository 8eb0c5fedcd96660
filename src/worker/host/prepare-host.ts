import { errorMessage } from '../../base/errors.ts';
import type { FunctionCosts } from '../../wasm/function-costs.ts';
import type { JobProgress } from '../process/job-progress.ts';
import { SpawnError } from '../process/spawn-worker.ts';
import type { HostObserver } from './host-observer.ts';
import type { PrepareJob } from './job.ts';
import { fateOfWorker, type Outcome } from './outcome.ts';
import type { Promote, WorkResult } from './session.ts';
import type { Lease, WorkerPool } from './worker-pool.ts';

export interface PrepareOptions {
  readonly signal?: AbortSignal;
  /** Called when a worker takes the job. */
  readonly onStart?: () => void;
  /** Called while the job compiles. Only the built-in worker reports progress. */
  readonly onProgress?: (progress: JobProgress) => void;
}

export interface Preparation {
  readonly outcome: Outcome;
  /** From the request to the outcome, without queueing and spawning. */
  readonly wallMs: number;
  /** Time to spawn the worker for this job; 0 for a warm worker. */
  readonly spawnMs: number;
  /** What each function cost. Only the built-in worker can tell, when it is asked to. */
  readonly costs?: FunctionCosts;
}

type CancelledBy = Extract<Outcome, { kind: 'cancelled' }>['by'];

/** A waiting or running job. */
interface Entry {
  readonly job: PrepareJob;
  readonly cancel: AbortController;
  readonly settle: (preparation: Preparation) => void;
  readonly fail: (bug: unknown) => void;
  readonly onStart: () => void;
  readonly onProgress: (progress: JobProgress) => void;
  attempts: number;
}

/** Polkadot's host retries forever when workers are unreachable. A user needs a result. */
const MAX_ATTEMPTS = 3;

/**
 * Runs preparation jobs, first in, first out. Follows Polkadot's `prepare/queue.rs`, without its priorities: all jobs of this
 * tool are equally urgent.
 */
export class PrepareHost implements AsyncDisposable {
  private readonly waiting: Entry[] = [];
  /** Each running job, with a promise that resolves when its worker is back in the pool or has ended. */
  private readonly running = new Map<Entry, Promise<void>>();
  private spawnFailures = 0;
  private closed = false;

  /** @param promoteFor returns the function that stores a job's artifact */
  constructor(
    private readonly pool: WorkerPool,
    private readonly promoteFor: (job: PrepareJob) => Promote,
    private readonly observer: HostObserver,
  ) {}

  /** Prepares a blob. Always resolves with an outcome. A rejection is a bug. */
  async prepare(job: PrepareJob, options: PrepareOptions = {}): Promise<Preparation> {
    if (this.closed) return unstarted({ kind: 'cancelled', by: 'shutdown' });
    if (options.signal?.aborted) return unstarted({ kind: 'cancelled', by: 'caller' });
    const cancel = new AbortController();
    const onAbort = () => cancel.abort('caller' satisfies CancelledBy);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await new Promise<Preparation>((settle, fail) => {
        const { onStart = () => {}, onProgress = () => {} } = options;
        this.enqueue({ job, cancel, settle, fail, onStart, onProgress, attempts: 0 });
      });
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Cancels every job and ends every worker. No job can start afterwards. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.closed = true;
    for (const entry of this.waiting.splice(0)) cancelWaiting(entry, 'shutdown');
    for (const { cancel } of this.running.keys()) cancel.abort('shutdown' satisfies CancelledBy);
    // Jobs first: a job that is promoting its artifact still needs its worker's directory.
    await Promise.all(this.running.values());
    await this.pool[Symbol.asyncDispose]();
  }

  private enqueue(entry: Entry): void {
    this.observer.jobEnqueued();
    this.waiting.push(entry);
    entry.cancel.signal.addEventListener('abort', () => {
      const at = this.waiting.indexOf(entry);
      if (at < 0) return;
      this.waiting.splice(at, 1);
      cancelWaiting(entry, entry.cancel.signal.reason as CancelledBy);
    });
    this.pump();
  }

  /** Assigns waiting jobs to idle workers. Spawns workers for the other jobs, up to the pool's limit. */
  private pump(): void {
    while (!this.closed && this.waiting.length > 0) {
      const lease = this.pool.take();
      const entry = lease && this.waiting.shift();
      if (entry) {
        this.running.set(entry, this.run(entry, lease));
        continue;
      }
      if (this.pool.isFull || this.pool.spawning >= this.waiting.length) return;
      void this.grow();
    }
  }

  private async grow(): Promise<void> {
    try {
      await this.pool.grow();
      this.spawnFailures = 0;
    } catch (error) {
      if (this.closed) return;
      this.onSpawnFailure(error);
    }
    this.pump();
  }

  /** Retries once if that may help. Otherwise the first waiting job fails. */
  private onSpawnFailure(error: unknown): void {
    this.spawnFailures += 1;
    const cause = error instanceof SpawnError ? error.failure : 'process-spawn';
    const mayHelp = cause === 'accept-timeout' || cause === 'accept' || cause === 'handshake';
    if (mayHelp && this.spawnFailures < 2) return;
    this.spawnFailures = 0;
    this.waiting.shift()?.settle(unstarted({ kind: 'not-spawned', cause, message: errorMessage(error) }));
  }

  private async run(entry: Entry, { session, spawnMs }: Lease): Promise<void> {
    const started = performance.now();
    const { signal } = entry.cancel;
    let result: WorkResult;
    try {
      entry.onStart();
      result = await session.startWork(entry.job, this.promoteFor(entry.job), signal, entry.onProgress);
    } catch (error) {
      if (!signal.aborted) entry.fail(error);
      result = { outcome: { kind: 'cancelled', by: signal.reason as CancelledBy } };
    }
    const { outcome } = result;
    const wallMs = performance.now() - started;
    this.observer.jobDone(outcome, wallMs);
    await (fateOfWorker(outcome) === 'kept' ? this.pool.giveBack(session) : this.pool.retire(session));
    this.running.delete(entry);
    if (!this.retry(entry, outcome)) entry.settle({ ...result, wallMs, spawnMs });
    this.pump();
  }

  /** An unreachable worker has not received the job, so another worker may take it, before all later jobs. */
  private retry(entry: Entry, outcome: Outcome): boolean {
    entry.attempts += 1;
    if (outcome.kind !== 'unreachable' || entry.attempts >= MAX_ATTEMPTS) return false;
    const { signal } = entry.cancel;
    if (signal.aborted) cancelWaiting(entry, signal.reason as CancelledBy);
    else this.waiting.unshift(entry);
    return true;
  }
}

function unstarted(outcome: Outcome): Preparation {
  return { outcome, wallMs: 0, spawnMs: 0 };
}

function cancelWaiting(entry: Entry, by: CancelledBy): void {
  entry.settle(unstarted({ kind: 'cancelled', by }));
}
