/** One process with one connection. */
import type { Socket } from 'node:net';
import type { ProcessGroup } from '../base/child-process.ts';
import { ExitGuard } from '../base/exit-guard.ts';
import { startNodeProcess } from '../base/node-process.ts';
import { omitUndefined } from '../base/omit-undefined.ts';
import { describeExit, type ProcessExit } from '../base/process-exit.ts';
import { escapeInvisible, truncate } from '../base/text.ts';
import { ChainError, type ChainFault } from './chain-reader.ts';
import type {
  ChainAnswers,
  ChainFailure,
  ChainIdentity,
  ChainMessage,
  ChainQuery,
  ChainQueryOf,
  ChainRequest,
  ChainTarget,
} from './messages.ts';

/** Four codes of 10 MB, as hex and as bytes, and large metadata. What a server sends beyond that ends the process. */
const HEAP_MIB = 512;

const MAX_MESSAGE_CHARACTERS = 1000;

/** V8 writes a page when it has no memory. */
const MAX_ERROR_CHARACTERS = 4096;

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

export class ChainProcess {
  readonly #group: ProcessGroup;
  readonly #guard = new ExitGuard();
  readonly #target: ChainTarget;
  readonly #timeouts: ChainTimeouts;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #errors = '';
  #ended: { readonly error: unknown } | undefined;

  constructor(target: ChainTarget, timeouts: ChainTimeouts) {
    this.#target = target;
    this.#timeouts = timeouts;
    this.#group = startNodeProcess('chain-process', { heapMib: HEAP_MIB, env: environment(), guard: this.#guard });
    const { child, closed } = this.#group;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (this.#errors.length < MAX_ERROR_CHARACTERS) this.#errors += text;
    });
    // The process can be killed while a request is on its way.
    child.on('error', () => {});
    void closed.then((exit) => {
      this.#guard[Symbol.dispose]();
      this.#end(new ChainError(this.#message(failureOfExit(exit, this.#errors))));
    });
    // A reader that nobody closes does not keep this process.
    child.unref();
    child.channel?.unref();
    (child.stderr as Socket | null)?.unref();
  }

  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Once. Rejects with `ChainError`. */
  opened(): Promise<ChainIdentity> {
    const { openMs, readMs } = this.#timeouts;
    let timer: NodeJS.Timeout | undefined;
    const opening = new Promise<ChainIdentity>((resolve, reject) => {
      const within = (ms: number, cause: string, leftMs = ms) => {
        clearTimeout(timer);
        timer = setTimeout(() => void this.stop(this.#timeout(cause, ms)), leftMs);
      };
      this.#pending.set(0, { resolve: () => {}, reject });
      within(START_MS, 'the process that reads the chain did not start');
      let connectingSince = 0;
      this.#group.child.on('message', (message: ChainMessage) => {
        if (message.kind === 'ready') return this.#send(this.#target);
        if (message.kind === 'stage') {
          const { stage } = message;
          if (stage === 'connecting') connectingSince = Date.now();
          const leftMs = Math.max(0, connectingSince + openMs - Date.now());
          if (stage === 'connecting') within(openMs, 'the server did not open a WebSocket');
          else if (stage === 'connected') within(openMs, 'the server is connected, but did not answer', leftMs);
          else within(readMs, "the server did not give the metadata of the chain's runtime");
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
      this.#send({ id, query });
    });
    return reading.finally(() => clearTimeout(timer));
  }

  /** Rejects what is being read with this reason. */
  async stop(reason: unknown): Promise<void> {
    this.#end(reason);
    // Nothing else may keep this process until the other has ended: it would end before its command.
    const { child } = this.#group;
    child.ref();
    child.channel?.ref();
    (child.stderr as Socket | null)?.ref();
    this.#group.kill('SIGKILL');
    await this.#group.closed;
  }

  #take(message: Exclude<ChainMessage, { kind: 'ready' | 'stage' | 'open' }>): void {
    if (message.kind === 'lost')
      return void this.stop(new ConnectionLost(this.#message(message.failure), faultOf(message.failure)));
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.kind === 'answer') pending?.resolve(message.value);
    else pending?.reject(new ChainError(this.#message(message.failure), faultOf(message.failure)));
  }

  #send(message: ChainTarget | ChainRequest): void {
    // Without a callback, a closed channel would throw. The end of the process rejects what waits.
    this.#group.child.send(message, () => {});
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
    // Names of a server's metadata may be in it.
    const text = truncate(`${cause}. ${remedy}.`.replace(/\s+/g, ' '), MAX_MESSAGE_CHARACTERS);
    return `${this.#target.endpoint.shown}: ${escapeInvisible(text)}`;
  }
}

function faultOf({ fault = 'connection' }: ChainFailure): { readonly fault: ChainFault } {
  return { fault };
}

const nouns: Readonly<Record<ChainQuery['kind'], string>> = {
  limits: 'limits',
  paras: 'parachains',
  code: 'code',
  'code-size': 'size of a code',
  metadata: 'metadata',
};

function failureOfExit(exit: ProcessExit, errors: string): ChainFailure {
  const remedy = 'Give another endpoint of the chain';
  // What V8 writes before it aborts.
  if (/out of memory|allocation failed/i.test(errors)) {
    return { cause: `what the server sent takes more than ${HEAP_MIB} MiB of memory`, remedy };
  }
  return { cause: `the process that reads the chain ${describeExit(exit)}`, remedy };
}

/** What certificates and sockets need. */
function environment(): Record<string, string | undefined> {
  const { NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, SSL_CERT_DIR, SystemRoot } = process.env;
  return omitUndefined({ NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, SSL_CERT_DIR, SystemRoot });
}
