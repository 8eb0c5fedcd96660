/** One thread with one connection. */
import type { Worker } from 'node:worker_threads';
import { startThread } from '../base/thread.ts';
import { ChainError } from './chain-reader.ts';
import type {
  ChainAnswers,
  ChainFailure,
  ChainIdentity,
  ChainQuery,
  ChainQueryOf,
  ChainRequest,
  ChainThreadData,
  ChainThreadMessage,
} from './messages.ts';

/** Four codes of 10 MB, as hex and as bytes, and large metadata. What a server sends beyond that ends the thread. */
const HEAP_MIB = 512;

/** Loading the program. A busy machine takes some seconds. */
const START_MS = 60_000;

export interface ChainTimeouts {
  /** For the connection and the first answers of the server. */
  readonly openMs: number;
  /** For each read, and for the metadata. */
  readonly readMs: number;
}

/** The connection is gone. The reader may open another one. */
export class ConnectionLost extends ChainError {}

interface Pending {
  resolve(value: ChainAnswers[keyof ChainAnswers]): void;
  reject(error: unknown): void;
}

export class ChainThread {
  readonly #thread: Worker;
  readonly #data: ChainThreadData;
  readonly #timeouts: ChainTimeouts;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #ended: { readonly error: unknown } | undefined;

  constructor(data: ChainThreadData, timeouts: ChainTimeouts) {
    this.#data = data;
    this.#timeouts = timeouts;
    this.#thread = startThread('chain-thread', {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
    });
    // A reader that nobody closes does not keep the process.
    this.#thread.unref();
    this.#thread.on('error', (error) => this.#end(new ConnectionLost(this.#message(failureOfThread(error)))));
    this.#thread.on('exit', () => this.#end(new ConnectionLost(this.#message(failureOfThread(undefined)))));
  }

  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Once. Rejects with `ChainError`. */
  opened(): Promise<ChainIdentity> {
    const { openMs, readMs } = this.#timeouts;
    let timer: NodeJS.Timeout | undefined;
    const opening = new Promise<ChainIdentity>((resolve, reject) => {
      const within = (ms: number, cause: string) => {
        clearTimeout(timer);
        timer = setTimeout(() => void this.stop(this.#timeout(cause, ms)), ms);
      };
      this.#pending.set(0, { resolve: () => {}, reject });
      within(START_MS, 'the thread that reads the chain did not start');
      let connectingSince = 0;
      this.#thread.on('message', (message: ChainThreadMessage) => {
        if (message.kind === 'stage') {
          if (message.stage === 'connecting') {
            connectingSince = Date.now();
            within(openMs, 'the server did not open a WebSocket');
          }
          const leftMs = Math.max(0, connectingSince + openMs - Date.now());
          if (message.stage === 'connected') within(leftMs, 'the server is connected, but did not answer');
          if (message.stage === 'answering')
            within(readMs, "the server did not give the metadata of the chain's runtime");
        } else if (message.kind === 'open') {
          this.#pending.delete(0);
          resolve(message.chain);
        } else this.#take(message);
      });
    });
    return opening.finally(() => clearTimeout(timer));
  }

  /** Rejects with `ConnectionLost` when there is no connection any more, else with `ChainError`. */
  read<Kind extends ChainQuery['kind']>(query: ChainQueryOf<Kind>): Promise<ChainAnswers[Kind]> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended.error);
    this.#lastId += 1;
    const id = this.#lastId;
    const { readMs } = this.#timeouts;
    let timer: NodeJS.Timeout | undefined;
    const reading = new Promise<ChainAnswers[Kind]>((resolve, reject) => {
      this.#pending.set(id, { resolve: (value) => resolve(value as ChainAnswers[Kind]), reject });
      timer = setTimeout(
        () => void this.stop(this.#timeout(`the server did not give the ${nouns[query.kind]}`, readMs)),
        readMs,
      );
      this.#thread.postMessage({ id, query } satisfies ChainRequest);
    });
    return reading.finally(() => clearTimeout(timer));
  }

  /** Rejects what is being read with this reason. */
  async stop(reason: unknown): Promise<void> {
    this.#end(reason);
    await this.#thread.terminate();
  }

  #take(message: Exclude<ChainThreadMessage, { kind: 'stage' | 'open' }>): void {
    if (message.kind === 'lost') return void this.stop(new ConnectionLost(this.#message(message.failure)));
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.kind === 'answer') pending?.resolve(message.value);
    else pending?.reject(new ChainError(this.#message(message.failure)));
  }

  #end(error: unknown): void {
    this.#ended ??= { error };
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #timeout(cause: string, ms: number): ChainError {
    const remedy = 'Check the address and the network, or give another endpoint of the chain';
    return new ChainError(this.#message({ cause: `${cause} within ${ms / 1000} s`, remedy }));
  }

  #message({ cause, remedy }: ChainFailure): string {
    return `${this.#data.endpoint.shown}: ${cause}. ${remedy}.`;
  }
}

const nouns: Readonly<Record<ChainQuery['kind'], string>> = {
  limits: 'limits',
  paras: 'parachains',
  code: 'code',
  metadata: 'metadata',
};

function failureOfThread(error: NodeJS.ErrnoException | undefined): ChainFailure {
  const remedy = 'Give another endpoint of the chain';
  if (error === undefined) return { cause: 'the thread that reads the chain ended', remedy };
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { cause: `what the server sent takes more than ${HEAP_MIB} MiB of memory`, remedy };
  }
  return { cause: `the thread that reads the chain failed (${error.message})`, remedy };
}
