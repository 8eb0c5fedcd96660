import { Worker } from 'node:worker_threads';
import { sleep } from '../../base/deadline.ts';
import { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import type { CheckProgress } from '../../check/check-progress.ts';
import type { Report } from '../../model/report.ts';
import type { Failure, FromThread, Params, RequestName, Result, ThreadData, ToThread } from './messages.ts';

/** A request has no result, for a reason outside the runtime. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
  constructor(readonly failure: Failure) {
    super(failure.kind === 'cancelled' ? 'cancelled' : failure.message);
  }
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CheckProgress) => void;
  /** Receives the reports before the last. */
  readonly onInterim?: (report: Report) => void;
}

interface PendingRequest {
  readonly resolve: (result: Result<RequestName>) => void;
  readonly reject: (failure: Failure) => void;
  readonly onProgress: (progress: CheckProgress) => void;
  readonly onInterim: (report: Report) => void;
}

interface RunningThread {
  readonly thread: Worker;
  /** Cleans up after the thread when it dies. */
  readonly guard: ExitGuard;
  readonly releases: Map<string, () => void>;
  readonly pending: Map<number, PendingRequest>;
  readonly ended: Promise<void>;
}

/** Time for the workers to end when the editor closes. VS Code waits five seconds. */
const CLOSE_MS = 3000;

/** Sends requests to the check thread. Starts it for the first request, and again if it has died. */
export class ThreadClient implements AsyncDisposable {
  #running: RunningThread | undefined;
  #isClosed = false;
  #lastId = 0;

  /** @param program path of dist/check-thread.cjs */
  constructor(
    private readonly program: string,
    private readonly data: ThreadData,
    private readonly log: Log,
  ) {}

  /** Rejects with `CheckFailed`. */
  request<Name extends RequestName>(
    name: Name,
    params: Params<Name>,
    { signal, onProgress = () => {}, onInterim = () => {} }: RequestOptions = {},
  ): Promise<Result<Name>> {
    return new Promise<Result<Name>>((resolve, reject) => {
      if (this.#isClosed || signal?.aborted) return reject(new CheckFailed({ kind: 'cancelled' }));
      this.#running ??= this.#start();
      const { thread, pending } = this.#running;
      this.#lastId += 1;
      const id = this.#lastId;
      const onAbort = () => thread.postMessage({ kind: 'cancel', id } satisfies ToThread);
      const finish = () => {
        pending.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      pending.set(id, {
        resolve: (result) => {
          finish();
          resolve(result as Result<Name>);
        },
        reject: (failure) => {
          finish();
          reject(new CheckFailed(failure));
        },
        onProgress,
        onInterim,
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      thread.postMessage({ kind: 'request', id, name, params });
    });
  }

  /** Ends the thread and everything that it started. Resolves within three seconds. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    const running = this.#running;
    if (running === undefined) return;
    running.thread.postMessage({ kind: 'close' } satisfies ToThread);
    const stop = new AbortController();
    await Promise.race([running.ended, sleep(CLOSE_MS, stop.signal).catch(() => {})]);
    stop.abort();
    await running.thread.terminate();
    await running.ended;
  }

  #start(): RunningThread {
    const thread = new Worker(this.program, { workerData: this.data, name: 'pvf-check' });
    const pending = new Map<number, PendingRequest>();
    const guard = new ExitGuard();
    let cause = 'it ended';
    const ended = new Promise<void>((resolve) => {
      thread.once('error', (error) => {
        cause = error.message;
      });
      thread.once('exit', (code) => {
        if (this.#running?.thread === thread) this.#running = undefined;
        // Ends what the thread started and could not end.
        guard[Symbol.dispose]();
        this.#rejectPending(pending, code, cause);
        resolve();
      });
    });
    const running: RunningThread = { thread, guard, releases: new Map(), pending, ended };
    thread.on('message', (message: FromThread) => this.#onMessage(message, running));
    return running;
  }

  #rejectPending(pending: Map<number, PendingRequest>, code: number, cause: string): void {
    const failure: Failure = this.#isClosed
      ? { kind: 'cancelled' }
      : { kind: 'problem', message: `the check thread died: ${cause}`, remedy: 'Try again. A new thread will start.' };
    if (!this.#isClosed) this.log.error(`The check thread died with code ${code}: ${cause}`);
    for (const { reject } of [...pending.values()]) reject(failure);
  }

  #onMessage(message: FromThread, { pending, guard, releases }: RunningThread): void {
    switch (message.kind) {
      case 'log':
        this.log[message.level](message.message);
        return;
      case 'progress':
        pending.get(message.id)?.onProgress(message.progress);
        return;
      case 'interim':
        pending.get(message.id)?.onInterim(message.report);
        return;
      case 'result':
        pending.get(message.id)?.resolve(message.result);
        return;
      case 'error':
        pending.get(message.id)?.reject(message.failure);
        return;
      case 'guard': {
        const { what, name, isHeld } = message;
        const key = `${what} ${name}`;
        releases.get(key)?.();
        releases.delete(key);
        if (isHeld) releases.set(key, what === 'group' ? guard.group(Number(name)) : guard.folder(name));
      }
    }
  }
}
