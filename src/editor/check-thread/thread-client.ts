import { Worker } from 'node:worker_threads';
import { sleep } from '../../base/deadline.ts';
import { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import type { Answer, Ask, Failure, FromThread, Progress, RequestName, ThreadData, ToThread } from './messages.ts';

/** There was no answer, and the reason is no defect of the runtime. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
  constructor(readonly failure: Failure) {
    super(failure.kind === 'cancelled' ? 'cancelled' : failure.message);
  }
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

interface Waiting {
  readonly settle: (answer: Answer<RequestName>) => void;
  readonly fail: (failure: Failure) => void;
  readonly onProgress: (progress: Progress) => void;
}

/** One life of the thread. */
interface Running {
  readonly thread: Worker;
  readonly guard: ExitGuard;
  readonly ended: Promise<void>;
  readonly releases: Map<string, () => void>;
  readonly waiting: Map<number, Waiting>;
}

/** How long the workers may take to end when the editor closes. VS Code itself waits five seconds. */
const CLOSE_MS = 3000;

/** Asks the check thread, which starts with the first question and again after its death. */
export class ThreadClient implements AsyncDisposable {
  #running: Running | undefined;
  #isClosed = false;
  #lastId = 0;

  /** @param program path of dist/check-thread.cjs */
  constructor(
    private readonly program: string,
    private readonly data: ThreadData,
    private readonly log: Log,
  ) {}

  /** Rejects with `CheckFailed`. */
  ask<Name extends RequestName>(name: Name, ask: Ask<Name>, options: AskOptions = {}): Promise<Answer<Name>> {
    const { signal, onProgress = () => {} } = options;
    return new Promise<Answer<Name>>((resolve, reject) => {
      if (this.#isClosed || signal?.aborted) return reject(new CheckFailed({ kind: 'cancelled' }));
      const running = this.#start();
      this.#lastId += 1;
      const id = this.#lastId;
      const onAbort = () => running.thread.postMessage({ kind: 'cancel', id } satisfies ToThread);
      const finish = () => {
        running.waiting.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      running.waiting.set(id, {
        settle: (answer) => {
          finish();
          resolve(answer as Answer<Name>);
        },
        fail: (failure) => {
          finish();
          reject(new CheckFailed(failure));
        },
        onProgress,
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      running.thread.postMessage({ kind: 'ask', id, name, ask });
    });
  }

  /** Ends the thread and all that it started; resolves after three seconds at the latest. */
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

  #start(): Running {
    this.#running ??= this.#newThread();
    return this.#running;
  }

  #newThread(): Running {
    const thread = new Worker(this.program, { workerData: this.data, name: 'pvf-check' });
    const waiting = new Map<number, Waiting>();
    const guard = new ExitGuard();
    let cause = 'it ended';
    const ended = new Promise<void>((resolve) => {
      thread.once('error', (error) => {
        cause = error.message;
      });
      thread.once('exit', (code) => {
        if (this.#running?.thread === thread) this.#running = undefined;
        // What the thread started and could not end.
        guard[Symbol.dispose]();
        this.#mourn(waiting, code, cause);
        resolve();
      });
    });
    const running: Running = { thread, guard, ended, releases: new Map(), waiting };
    thread.on('message', (message: FromThread) => this.#hear(message, running));
    return running;
  }

  #mourn(waiting: Map<number, Waiting>, code: number, cause: string): void {
    const failure: Failure = this.#isClosed
      ? { kind: 'cancelled' }
      : { kind: 'problem', message: `the check thread died: ${cause}`, remedy: 'Try again: a new one is started.' };
    if (!this.#isClosed) this.log.error(`The check thread died with code ${code}: ${cause}`);
    for (const { fail } of [...waiting.values()]) fail(failure);
  }

  #hear(message: FromThread, { waiting, guard, releases }: Running): void {
    switch (message.kind) {
      case 'log':
        this.log[message.level](message.message);
        return;
      case 'progress':
        waiting.get(message.id)?.onProgress(message.progress);
        return;
      case 'answer':
        waiting.get(message.id)?.settle(message.answer);
        return;
      case 'failed':
        waiting.get(message.id)?.fail(message.failure);
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
