import { textOf } from '../../base/errors.ts';
import type { JobProgress } from '../process/job-progress.ts';
import { SpawnError } from '../process/spawn-worker.ts';
import type { PrepareJob } from './job.ts';
import { JobQueue, type Priority } from './job-queue.ts';
import type { HostMetrics } from './metrics.ts';
import { fateOfWorker, type Outcome } from './outcome.ts';
import type { Promote } from './session.ts';
import type { Lease, WorkerPool } from './worker-pool.ts';

export interface PrepareOptions {
  readonly priority?: Priority;
  /** A waiting job of the same subject is replaced by a newer one: the latest state of a runtime is what counts. */
  readonly subject?: string;
  readonly signal?: AbortSignal;
  /** Called when a worker takes the job. */
  readonly onStart?: () => void;
  /** Called while it compiles; only the built-in worker tells. */
  readonly onProgress?: (progress: JobProgress) => void;
}

export interface Preparation {
  readonly outcome: Outcome;
  /** From the request to the outcome, queueing and spawning not counted. */
  readonly wallMs: number;
  /** What it took to spawn the worker for this job; 0 when one was warm. */
  readonly spawnMs: number;
}

type CancelledBy = Extract<Outcome, { kind: 'cancelled' }>['by'];

/** A job and what it needs while it waits and runs. */
interface Entry {
  readonly job: PrepareJob;
  readonly priority: Priority;
  readonly subject: string | undefined;
  readonly cancel: AbortController;
  readonly settle: (preparation: Preparation) => void;
  readonly fail: (bug: unknown) => void;
  readonly onStart: () => void;
  readonly onProgress: (progress: JobProgress) => void;
  attempts: number;
}

/** Polkadot's host tries for ever when a worker can't be reached; a person wants to hear of it. */
const MOST_ATTEMPTS = 3;

/** Takes preparation jobs and answers each with an outcome. Follows Polkadot's `prepare/queue.rs`. */
export class PrepareHost implements AsyncDisposable {
  private readonly queue = new JobQueue<Entry>();
  /** Each with the promise that its worker is done with it, and the worker kept or gone. */
  private readonly running = new Map<Entry, Promise<void>>();
  private spawnFailures = 0;
  private closed = false;

  /** @param promoteFor where a job's artifact goes */
  constructor(
    private readonly pool: WorkerPool,
    private readonly promoteFor: (job: PrepareJob) => Promote,
    readonly metrics: HostMetrics,
  ) {}

  /** Prepares a blob. Resolves with an outcome whatever happens; a rejection is a bug of ours. */
  async prepare(job: PrepareJob, options: PrepareOptions = {}): Promise<Preparation> {
    if (this.closed) return unstarted({ kind: 'cancelled', by: 'shutdown' });
    if (options.signal?.aborted) return unstarted({ kind: 'cancelled', by: 'caller' });
    const cancel = new AbortController();
    const onAbort = () => cancel.abort('caller' satisfies CancelledBy);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await new Promise<Preparation>((settle, fail) => {
        const { priority = 'normal', subject, onStart = () => {}, onProgress = () => {} } = options;
        this.enqueue({ job, priority, subject, cancel, settle, fail, onStart, onProgress, attempts: 0 });
      });
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Cancels every job and ends every worker. Nothing of them is left, or still to come, when it resolves. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.closed = true;
    for (let entry = this.queue.dequeue(); entry; entry = this.queue.dequeue()) cancelWaiting(entry, 'shutdown');
    for (const { cancel } of this.running.keys()) cancel.abort('shutdown' satisfies CancelledBy);
    // First the jobs: one whose artifact is being promoted still needs its worker's directory.
    await Promise.all(this.running.values());
    await this.pool[Symbol.asyncDispose]();
  }

  private enqueue(entry: Entry): void {
    this.metrics.jobEnqueued();
    const replaced = this.queue.enqueue(entry, entry.priority, entry.subject);
    if (replaced) cancelWaiting(replaced, 'newer-job');
    entry.cancel.signal.addEventListener('abort', () => {
      if (this.running.has(entry)) return;
      this.queue.remove(entry);
      cancelWaiting(entry, entry.cancel.signal.reason as CancelledBy);
    });
    this.pump();
  }

  /** Gives waiting jobs to idle workers, and asks for workers up to the limit of the next job's priority. */
  private pump(): void {
    while (!this.closed && this.queue.size > 0) {
      const lease = this.pool.take();
      const entry = lease && this.queue.dequeue();
      if (entry) {
        this.running.set(entry, this.run(entry, lease));
        continue;
      }
      const cap = this.queue.nextPriority === 'critical' ? this.pool.limits.hard : this.pool.limits.soft;
      if (this.pool.size >= cap || this.pool.spawning >= this.queue.size) return;
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

  /** One more try where it may help; then the job that the worker was for hears of it. */
  private onSpawnFailure(error: unknown): void {
    this.spawnFailures += 1;
    const cause = error instanceof SpawnError ? error.failure : 'process-spawn';
    const mayHelp = cause === 'accept-timeout' || cause === 'accept' || cause === 'handshake';
    if (mayHelp && this.spawnFailures < 2) return;
    this.spawnFailures = 0;
    this.queue.dequeue()?.settle(unstarted({ kind: 'not-spawned', cause, message: textOf(error) }));
  }

  private async run(entry: Entry, { session, spawnMs }: Lease): Promise<void> {
    const started = performance.now();
    const { signal } = entry.cancel;
    let outcome: Outcome;
    try {
      entry.onStart();
      outcome = await session.startWork(entry.job, this.promoteFor(entry.job), signal, entry.onProgress);
    } catch (error) {
      if (!signal.aborted) entry.fail(error);
      outcome = { kind: 'cancelled', by: signal.reason as CancelledBy };
    }
    const wallMs = performance.now() - started;
    this.metrics.jobDone(outcome, wallMs);
    await (fateOfWorker(outcome) === 'kept' ? this.pool.giveBack(session) : this.pool.retire(session));
    this.running.delete(entry);
    if (!this.retry(entry, outcome)) entry.settle({ outcome, wallMs, spawnMs });
    this.pump();
  }

  /** An unreachable worker has not looked at the job: another may, if anybody still waits for it. */
  private retry(entry: Entry, outcome: Outcome): boolean {
    entry.attempts += 1;
    if (outcome.kind !== 'unreachable' || entry.attempts >= MOST_ATTEMPTS) return false;
    const { signal } = entry.cancel;
    if (signal.aborted) cancelWaiting(entry, signal.reason as CancelledBy);
    else if (entry.subject !== undefined && this.queue.has(entry.subject)) cancelWaiting(entry, 'newer-job');
    else this.queue.putBack(entry, entry.priority, entry.subject);
    return true;
  }
}

function unstarted(outcome: Outcome): Preparation {
  return { outcome, wallMs: 0, spawnMs: 0 };
}

function cancelWaiting(entry: Entry, by: CancelledBy): void {
  entry.settle(unstarted({ kind: 'cancelled', by }));
}
