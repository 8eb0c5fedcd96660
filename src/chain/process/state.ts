/** The state of one block, by the RPC methods that every node has. */
import { fromHex, toHex } from '../../base/bytes.ts';
import { KEYS_PER_PAGE, KEYS_PER_QUERY, MAX_KEYS } from './bounds.ts';
import { failOnValue, otherEndpoint, ReadFailure } from './read-failure.ts';
import { RpcError } from './rpc-error.ts';

/** A method of JSON-RPC. */
export type Call = (method: string, ...params: readonly unknown[]) => Promise<unknown>;

export class State {
  readonly #call: Call;
  readonly #at: string;

  /** @param at the hash of the block */
  constructor(call: Call, at: string) {
    this.#call = call;
    this.#at = at;
  }

  /** Undefined: the key has no value. */
  async value(key: string): Promise<Uint8Array | undefined> {
    return optionalBytes(await this.#call('state_getStorage', key, this.#at), 'state_getStorage');
  }

  /** Bytes of a value. Undefined: the key has none, or the node does not say. */
  async size(key: string): Promise<number | undefined> {
    try {
      const size = await this.#call('state_getStorageSize', key, this.#at);
      return Number.isSafeInteger(size) && Number(size) >= 0 ? Number(size) : undefined;
    } catch (error) {
      if (error instanceof RpcError) return undefined;
      throw error;
    }
  }

  /** Runs a function of the runtime. */
  async run(name: string, args: Uint8Array): Promise<Uint8Array> {
    return bytesOf(await this.#call('state_call', name, toHex(args), this.#at), name);
  }

  /** All entries below a prefix, by key. */
  async entries(prefix: string): Promise<ReadonlyMap<string, Uint8Array>> {
    const keys = await this.#keys(prefix);
    const queries: string[][] = [];
    for (let at = 0; at < keys.length; at += KEYS_PER_QUERY) queries.push(keys.slice(at, at + KEYS_PER_QUERY));
    const found = await Promise.all(queries.map((query) => this.#values(query)));
    return new Map(found.flat());
  }

  async #keys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for (;;) {
      const last = keys.at(-1) ?? null;
      const page = await this.#call('state_getKeysPaged', prefix, KEYS_PER_PAGE, last, this.#at);
      if (!Array.isArray(page)) throw unusable('state_getKeysPaged');
      for (const key of page as readonly unknown[]) {
        // Nodes sort the keys. A page that repeats earlier ones would have no end.
        const isNext = typeof key === 'string' && key.startsWith(prefix) && key > (keys.at(-1) ?? '');
        if (!isNext) throw unusable('state_getKeysPaged');
        keys.push(key);
      }
      if (page.length < KEYS_PER_PAGE) return keys;
      if (keys.length > MAX_KEYS) {
        throw new ReadFailure(`a storage map has more than ${MAX_KEYS} entries, which are not read`, otherEndpoint);
      }
    }
  }

  async #values(keys: readonly string[]): Promise<[key: string, value: Uint8Array][]> {
    const method = 'state_queryStorageAt';
    const answer = await this.#call(method, keys, this.#at);
    const changes = Array.isArray(answer)
      ? (answer as readonly { readonly changes?: unknown }[])[0]?.changes
      : undefined;
    if (!Array.isArray(changes)) throw unusable(method);
    const values = new Map<unknown, unknown>(
      changes.flatMap((change: unknown) => (Array.isArray(change) ? [[change[0], change[1]] as const] : [])),
    );
    return keys.map((key) => [key, bytesOf(values.get(key), method)]);
  }
}

export function bytesOf(value: unknown, where: string): Uint8Array {
  return optionalBytes(value, where) ?? failOnValue(where, 'gives no value');
}

function optionalBytes(value: unknown, where: string): Uint8Array | undefined {
  if (value === null) return undefined;
  if (typeof value !== 'string' || !value.startsWith('0x')) throw unusable(where);
  try {
    return fromHex(value);
  } catch {
    throw unusable(where);
  }
}

/** @param where what was asked */
export function unusable(where: string): ReadFailure {
  return new ReadFailure(`the answer to ${where} is not what a node gives`, otherEndpoint);
}
