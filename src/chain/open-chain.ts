import { ChainProcess, type ChainTimeouts, ConnectionLost } from './chain-process.ts';
import { ChainError, type ChainPara, type ChainReader, type OpenChain } from './chain-reader.ts';
import { type Endpoint, parseEndpoint } from './endpoint.ts';
import type { ChainAnswers, ChainIdentity, ChainQuery, ChainQueryOf } from './messages.ts';

const OPEN_MS = 20_000;
const READ_MS = 60_000;

/** More at once would only share the connection, and each would take longer. */
const MAX_READS = 4;

/**
 * Connects to an endpoint, in a process of its own that has limits of time and memory, because a server may send anything.
 * Nothing but the requests for the state of the chain is sent.
 */
export const openChain: OpenChain = async (url, { signal, timeoutMs } = {}) => {
  const endpoint = parseEndpoint(url);
  signal?.throwIfAborted();
  const timeouts = { openMs: timeoutMs ?? OPEN_MS, readMs: timeoutMs ?? READ_MS };
  const { program, identity } = await connect(endpoint, timeouts, signal);
  return new LiveChain(endpoint, timeouts, signal, identity, program);
};

async function connect(
  endpoint: Endpoint,
  timeouts: ChainTimeouts,
  signal: AbortSignal | undefined,
  at?: string,
): Promise<{ readonly program: ChainProcess; readonly identity: ChainIdentity }> {
  const program = new ChainProcess({ endpoint, ...(at !== undefined && { at }) }, timeouts);
  const abort = () => void program.stop(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return { program, identity: await program.opened() };
  } catch (error) {
    await program.stop(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

class LiveChain implements ChainReader {
  readonly #endpoint: Endpoint;
  readonly #timeouts: ChainTimeouts;
  readonly #signal: AbortSignal | undefined;
  readonly #identity: ChainIdentity;
  readonly #abort: () => void;
  readonly #waiting: (() => void)[] = [];
  #reading = 0;
  /** Replaced after a lost connection. */
  #program: Promise<ChainProcess>;
  #current: ChainProcess;
  #paras: Promise<readonly ChainPara[]> | undefined;
  #isClosed = false;

  constructor(
    endpoint: Endpoint,
    timeouts: ChainTimeouts,
    signal: AbortSignal | undefined,
    identity: ChainIdentity,
    program: ChainProcess,
  ) {
    this.#endpoint = endpoint;
    this.#timeouts = timeouts;
    this.#signal = signal;
    this.#identity = identity;
    this.#current = program;
    this.#program = Promise.resolve(program);
    this.#abort = () => void this.#current.stop(signal?.reason);
    signal?.addEventListener('abort', this.#abort, { once: true });
  }

  get url() {
    return this.#endpoint.shown;
  }
  get kind() {
    return this.#identity.kind;
  }
  get specName() {
    return this.#identity.specName;
  }
  get specVersion() {
    return this.#identity.specVersion;
  }
  get transactionVersion() {
    return this.#identity.transactionVersion;
  }
  get genesisHash() {
    return this.#identity.genesisHash;
  }
  get block() {
    return this.#identity.block;
  }

  limits() {
    return this.#read({ kind: 'limits' });
  }

  paras() {
    // All reads are of one block, so the answer stays the same.
    this.#paras ??= this.#read({ kind: 'paras' }).catch((error: unknown) => {
      this.#paras = undefined;
      throw error;
    });
    return this.#paras;
  }

  async para(id: number) {
    return (await this.paras()).find((para) => para.id === id);
  }

  code(codeHash: string) {
    return this.#read({ kind: 'code', codeHash: codeHash.toLowerCase() });
  }

  codeSize(codeHash: string) {
    return this.#read({ kind: 'code-size', codeHash: codeHash.toLowerCase() });
  }

  metadata() {
    return this.#read({ kind: 'metadata' });
  }

  async [Symbol.asyncDispose]() {
    this.#isClosed = true;
    this.#signal?.removeEventListener('abort', this.#abort);
    await this.#current.stop(this.#closed());
  }

  async #read<Kind extends ChainQuery['kind']>(query: ChainQueryOf<Kind>): Promise<ChainAnswers[Kind]> {
    await this.#turn();
    try {
      const program = await this.#open();
      return await program.read(query).catch(async (error: unknown) => {
        // Servers close connections that are open for long. The second time, it is no accident.
        if (!(error instanceof ConnectionLost) || this.#isClosed) throw error;
        return (await this.#open()).read(query);
      });
    } finally {
      this.#reading -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#reading >= MAX_READS) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#reading += 1;
  }

  /** The program, or another one that reads the same block. */
  async #open(): Promise<ChainProcess> {
    this.#signal?.throwIfAborted();
    if (this.#isClosed) throw this.#closed();
    const before = this.#program;
    const program = await before.catch(() => undefined);
    if (program !== undefined && !program.isEnded) return program;
    if (this.#program === before) this.#program = this.#reconnected();
    return this.#program;
  }

  async #reconnected(): Promise<ChainProcess> {
    const { block, genesisHash } = this.#identity;
    const { program, identity } = await connect(this.#endpoint, this.#timeouts, this.#signal, block.hash);
    this.#current = program;
    if (this.#isClosed || identity.genesisHash !== genesisHash) {
      const error = this.#isClosed
        ? this.#closed()
        : new ChainError(`${this.#endpoint.shown}: the server now serves another chain. Start again.`);
      await program.stop(error);
      throw error;
    }
    return program;
  }

  #closed(): ChainError {
    return new ChainError(`${this.#endpoint.shown}: the connection was closed. Open the chain again.`);
  }
}
