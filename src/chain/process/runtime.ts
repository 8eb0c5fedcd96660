/** A chain's runtime as its own metadata describes it: names and types of its storage, calls and constants. */
import { getDynamicBuilder, getLookupFn } from '@polkadot-api/metadata-builders';
import { decAnyMetadata, type UnifiedMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { failOnValue, otherEndpoint, ReadFailure } from './read-failure.ts';
import type { State } from './state.ts';

type Builder = ReturnType<typeof getDynamicBuilder>;

/** Names get into messages and profiles. */
const palletName = /^\w{1,64}$/;

/** A pallet and an entry of its storage. */
export type Entry = readonly [pallet: string, name: string];

export class Runtime {
  readonly #metadata: UnifiedMetadata;
  readonly #builder: Builder;
  readonly #state: State;

  /**
   * @param metadata from the magic number on
   * @param state what the runtime reads
   */
  constructor(metadata: Uint8Array, state: State) {
    try {
      this.#metadata = unifyMetadata(decAnyMetadata(metadata));
      this.#builder = getDynamicBuilder(getLookupFn(this.#metadata));
    } catch {
      throw new ReadFailure("the metadata of the chain's runtime can't be decoded", otherEndpoint);
    }
    this.#state = state;
  }

  /** The pallet with all these storage entries. Chains may name their pallets as they like. */
  palletWith(...names: readonly string[]): string | undefined {
    const pallets = this.#metadata.pallets.filter(({ name }) => palletName.test(name));
    return pallets.find(({ name: pallet }) => names.every((name) => this.has([pallet, name])))?.name;
  }

  has([pallet, name]: Entry): boolean {
    return this.#storageOf(pallet).some((item) => item.name === name);
  }

  /** The value, decoded, or the entry's default. Undefined: the entry has no value, or the runtime has no such entry. */
  async value(entry: Entry): Promise<unknown> {
    if (!this.has(entry)) return undefined;
    return decoding(entry.join('.'), async () => {
      const { keys, value, fallback } = this.#builder.buildStorage(...entry);
      const stored = await this.#state.value(keys.enc());
      return stored === undefined ? (fallback as unknown) : (value.dec(stored) as unknown);
    });
  }

  /** The stored bytes of a value in a map. Undefined: it has none. */
  async bytes(entry: Entry, key: unknown): Promise<Uint8Array | undefined> {
    const { keys, value } = this.#builder.buildStorage(...entry);
    return decoding(entry.join('.'), async () => {
      const stored = await this.#state.value(keys.enc(key));
      if (stored === undefined) return undefined;
      const bytes: unknown = value.dec(stored);
      // The metadata, which come from the server too, give the type.
      return bytes instanceof Uint8Array ? bytes : failOnValue(entry.join('.'), 'holds no bytes');
    });
  }

  /** Size of a value in a map as it is stored. Undefined: it has none, or the node does not say. */
  async size(entry: Entry, key: unknown): Promise<number | undefined> {
    const { keys } = this.#builder.buildStorage(...entry);
    return decoding(entry.join('.'), () => this.#state.size(keys.enc(key)));
  }

  /** All of a map with one key, decoded. Empty if the runtime has no such entry. */
  async entries(entry: Entry): Promise<readonly (readonly [key: unknown, value: unknown])[]> {
    if (!this.has(entry)) return [];
    return decoding(entry.join('.'), async () => {
      const { keys, value } = this.#builder.buildStorage(...entry);
      const stored = await this.#state.entries(keys.enc());
      return [...stored].map(([key, bytes]) => [keys.dec(key)[0] as unknown, value.dec(bytes) as unknown] as const);
    });
  }

  hasCall(api: string, method: string): boolean {
    const found = this.#metadata.apis.find(({ name }) => name === api);
    return found?.methods.some(({ name }) => name === method) ?? false;
  }

  /** Calls a function that `hasCall`. */
  async call(api: string, method: string, ...given: readonly unknown[]): Promise<unknown> {
    return decoding(`${api}.${method}`, async () => {
      const { args, value } = this.#builder.buildRuntimeCall(api, method);
      return value.dec(await this.#state.run(`${api}_${method}`, args.enc([...given]))) as unknown;
    });
  }

  /** Undefined: the runtime has no such constant. */
  constant(pallet: string, name: string): unknown {
    const constants = this.#metadata.pallets.find((found) => found.name === pallet)?.constants ?? [];
    const found = constants.find((constant) => constant.name === name);
    return found && (this.#builder.buildConstant(pallet, name).dec(found.value) as unknown);
  }

  #storageOf(pallet: string): readonly { readonly name: string }[] {
    return this.#metadata.pallets.find(({ name }) => name === pallet)?.storage?.items ?? [];
  }
}

/** Names what can't be decoded. */
async function decoding<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ReadFailure) throw error;
    throw new ReadFailure(`${what} can't be decoded by the metadata of the chain`, otherEndpoint);
  }
}
