/** JSON-RPC 2.0 over one WebSocket. A lost connection is not opened again: the reader starts another process. */
import WebSocket from 'ws';
import { quoteLine } from '../../base/text.ts';
import { isObject } from '../../limits/host-configuration.ts';
import { MAX_MESSAGE_BYTES, MAX_UNASKED_MESSAGES, MAX_VALUES } from './bounds.ts';
import { failureOfClose, failureOfHttpStatus, failureOfSocketError } from './connection-failure.ts';
import { otherEndpoint, ReadFailure } from './read-failure.ts';
import { RpcError } from './rpc-error.ts';
import { unusable } from './state.ts';

interface Pending {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export class RpcConnection {
  /** Resolves when the connection is open. Rejects with why it can't be opened. */
  readonly opened: Promise<void>;
  /** Resolves when there is no connection any more. */
  readonly lost: Promise<ReadFailure>;
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  #failure: ReadFailure | undefined;
  #lastId = 0;
  #unasked = 0;
  #tellLost: (failure: ReadFailure) => void = () => {};

  constructor(url: string) {
    this.lost = new Promise((resolve) => {
      this.#tellLost = resolve;
    });
    // Without compression, no small message becomes a large one. The library itself ends a flood of pings or fragments.
    const options = { maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false, followRedirects: false };
    this.#socket = new WebSocket(url, options);
    this.#socket.on('message', (data, isBinary) => this.#take(data, isBinary));
    this.#socket.on('unexpected-response', (_, { statusCode = 0 }) => this.#fail(failureOfHttpStatus(statusCode)));
    this.#socket.on('error', (error) => this.#fail(failureOfSocketError(error)));
    this.#socket.on('close', (code, reason) => this.#fail(failureOfClose(code, reason.toString())));
    this.opened = new Promise((resolve, reject) => {
      this.#socket.once('open', resolve);
      void this.lost.then(reject);
    });
  }

  /** Rejects with `RpcError` when the server answers with an error, with `ReadFailure` when the connection is lost. */
  call(method: string, ...params: readonly unknown[]): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { method, resolve, reject });
      this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  }

  #take(data: WebSocket.RawData, isBinary: boolean): void {
    if (this.#failure !== undefined) return;
    const text = isBinary ? undefined : data.toString();
    if (text !== undefined && hasManyValues(text)) {
      this.#fail(new ReadFailure(`the server sent a message with more than ${MAX_VALUES} values`, otherEndpoint));
      return;
    }
    const message = text === undefined ? undefined : parsed(text);
    if (isObject(message)) this.#takeMessage(message);
    else {
      const shown = text === undefined ? 'binary data' : quoteLine(text);
      this.#fail(
        new ReadFailure(
          `the server does not speak JSON-RPC: it sent ${shown}`,
          'Give the address of a node',
          'endpoint',
        ),
      );
    }
  }

  #takeMessage(message: Readonly<Record<string, unknown>>): void {
    const { id, error, result } = message;
    const pending = typeof id === 'number' ? this.#pending.get(id) : undefined;
    if (typeof id !== 'number' || pending === undefined) this.#takeUnasked(id, error);
    else {
      this.#pending.delete(id);
      if (isObject(error)) pending.reject(new RpcError(pending.method, error));
      else if (result !== undefined) pending.resolve(result);
      else pending.reject(unusable(pending.method));
    }
  }

  #takeUnasked(id: unknown, error: unknown): void {
    // A server that can't read a request, or does not want it, answers without an id.
    if (isObject(error) && (id === null || id === undefined)) this.#fail(new RpcError('a request', error));
    this.#unasked += 1;
    if (this.#unasked > MAX_UNASKED_MESSAGES) {
      this.#fail(new ReadFailure('the server sends messages without end that answer no request', otherEndpoint));
    }
  }

  #fail(failure: ReadFailure): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    this.#socket.terminate();
    for (const { reject } of this.#pending.values()) reject(failure);
    this.#pending.clear();
    this.#tellLost(failure);
  }
}

/** Small values take many times the memory of their text, and parsing them into a full heap takes a minute. */
function hasManyValues(text: string): boolean {
  let count = 0;
  for (const mark of [',', '[', '{']) {
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      count += 1;
      if (count > MAX_VALUES) return true;
    }
  }
  return false;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
