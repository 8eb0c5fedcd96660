/** Runs many mutated blobs through the readers, the rules and the formats, in threads that may hang or run out of memory. */
import { Worker } from 'node:worker_threads';
import { SharedState } from './shared-state.ts';
import type { CaseResult, ThreadRequest } from './thread.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** Number of the first case, from 1 on. */
  readonly first: number;
  readonly count: number;
  readonly threads: number;
  /** How long a case may take. */
  readonly limitMs: number;
  /** Folder with real runtimes. May be missing. */
  readonly corpus: string;
  readonly onFailure?: (failure: Failure) => void;
  /** Called from time to time. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Failure {
  readonly number: number;
  readonly message: string;
}

export interface Progress {
  readonly done: number;
  /** Cases whose module was whole enough for sizes. */
  readonly withSizes: number;
  readonly withMetadata: number;
  readonly failures: readonly Failure[];
  readonly slowest: Pick<CaseResult, 'number' | 'ms' | 'original'>;
  /** Of this process, with all its threads, in bytes. */
  readonly rss: number;
}

const HEAP_MIB = 640;
/** As much as the main thread of the command line has. */
const STACK_MIB = 1;
const LOOK_MS = 250;
const PROGRESS_MS = 10_000;

export async function fuzz(options: FuzzOptions): Promise<Progress> {
  return new Run(options).run();
}

class Run {
  readonly #options: FuzzOptions;
  readonly #began = Date.now();
  readonly #state: SharedState;
  readonly #last: number;
  readonly #failures: Failure[] = [];
  #done = 0;
  #withSizes = 0;
  #withMetadata = 0;
  #slowest: Progress['slowest'] = { number: 0, ms: 0, original: '' };

  constructor(options: FuzzOptions) {
    this.#options = options;
    this.#state = SharedState.create(options.threads, options.first, this.#began);
    this.#last = options.first + options.count - 1;
  }

  async run(): Promise<Progress> {
    const { threads, onProgress } = this.#options;
    const timer = setInterval(() => onProgress?.(this.#progress()), PROGRESS_MS);
    try {
      await Promise.all(Array.from({ length: threads }, (_, thread) => this.#serve(thread)));
    } finally {
      clearInterval(timer);
    }
    return this.#progress();
  }

  /** A thread that ended on a case is replaced by another one, which goes on with the next case. */
  async #serve(thread: number): Promise<void> {
    for (;;) {
      const end = await this.#runThread(thread);
      if (end === undefined) return;
      const running = this.#state.running(thread);
      // Not one of the cases is to blame.
      if (running === undefined) throw new Error(`a thread failed: ${end}`);
      this.#state.end(thread);
      if (running.number > this.#last) return;
      this.#done += 1;
      this.#addFailure({ number: running.number, message: end });
    }
  }

  /** Why the thread ended early. Undefined: all cases are done. */
  async #runThread(thread: number): Promise<string | undefined> {
    const { seed, corpus, limitMs } = this.#options;
    const { buffer } = this.#state;
    const workerData: ThreadRequest = { thread, seed, corpus, last: this.#last, buffer, began: this.#began };
    const worker = startThread(workerData);
    worker.on('message', (result: CaseResult) => this.#add(result));
    let watch: NodeJS.Timeout | undefined;
    try {
      return await new Promise<string | undefined>((resolve) => {
        worker.once('error', (error) => resolve(error.stack ?? error.message));
        worker.once('exit', (code) => resolve(code === 0 ? undefined : `the thread exited with code ${code}`));
        watch = setInterval(() => {
          const { forMs = 0 } = this.#state.running(thread) ?? {};
          if (forMs > limitMs) resolve(`still running after ${forMs} ms`);
        }, LOOK_MS);
      });
    } finally {
      clearInterval(watch);
      await worker.terminate();
    }
  }

  #add({ number, original, ms, reached, readsMetadata, failure }: CaseResult): void {
    this.#done += 1;
    if (reached === 'sizes') this.#withSizes += 1;
    if (readsMetadata) this.#withMetadata += 1;
    if (ms > this.#slowest.ms) this.#slowest = { number, ms, original };
    if (failure !== undefined) this.#addFailure({ number, message: `${original}: ${failure}` });
  }

  #addFailure(failure: Failure): void {
    this.#failures.push(failure);
    this.#options.onFailure?.(failure);
  }

  #progress(): Progress {
    return {
      done: this.#done,
      withSizes: this.#withSizes,
      withMetadata: this.#withMetadata,
      failures: this.#failures,
      slowest: this.#slowest,
      rss: process.memoryUsage.rss(),
    };
  }
}

function startThread(workerData: ThreadRequest): Worker {
  const location = JSON.stringify(new URL('thread.ts', import.meta.url).href);
  // Each thread must register tsx itself.
  const program = `import('tsx/esm/api').then(({ register }) => { register(); return import(${location}); });`;
  const resourceLimits = { maxOldGenerationSizeMb: HEAP_MIB, stackSizeMb: STACK_MIB };
  return new Worker(program, { eval: true, workerData, resourceLimits });
}
