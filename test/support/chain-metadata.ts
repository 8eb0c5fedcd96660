/** Metadata (version 15) of small runtimes with the names and types of Polkadot's pallets. */
import { type V15, v15 } from '@polkadot-api/substrate-bindings';
import { concat, toHex } from '../../src/base/bytes.ts';

type TypeEntry = V15['lookup'][number];
type Def = TypeEntry['def'];

/** The id of a type. */
export type Type = number;

/** A table of types that grows with use. */
export class Types {
  readonly entries: TypeEntry[] = [];
  readonly u8 = this.#primitive('u8');
  readonly u32 = this.#primitive('u32');
  readonly u64 = this.#primitive('u64');
  readonly unit = this.#add({ tag: 'tuple', value: [] });
  readonly bytes = this.list(this.u8);
  readonly hash = this.#add({ tag: 'array', value: { len: 32, type: this.u8 } });
  readonly bits = this.#add({
    tag: 'bitSequence',
    value: { bitStoreType: this.u8, bitOrderType: this.#add({ tag: 'composite', value: [] }, ['bitvec', 'Lsb0']) },
  });

  list(item: Type): Type {
    return this.#add({ tag: 'sequence', value: item });
  }

  tuple(...items: readonly Type[]): Type {
    return this.#add({ tag: 'tuple', value: [...items] });
  }

  struct(fields: Readonly<Record<string, Type>>): Type {
    return this.#add({ tag: 'composite', value: named(fields) });
  }

  /** Variants with one unnamed field, none, or named ones, in the order of their indices. */
  variants(variants: Readonly<Record<string, Type | undefined | Readonly<Record<string, Type>>>>): Type {
    const value = Object.entries(variants).map(([name, content], index) => {
      const fields = typeof content === 'number' ? [field(undefined, content)] : named(content ?? {});
      return { name, fields, index, docs: [] };
    });
    return this.#add({ tag: 'variant', value });
  }

  option(content: Type): Type {
    const value = [
      { name: 'None', fields: [], index: 0, docs: [] },
      { name: 'Some', fields: [field(undefined, content)], index: 1, docs: [] },
    ];
    return this.#add({ tag: 'variant', value }, ['Option'], [{ name: 'T', type: content }]);
  }

  #primitive(tag: 'u8' | 'u32' | 'u64'): Type {
    return this.#add({ tag: 'primitive', value: { tag, value: undefined } });
  }

  #add(def: Def, path: string[] = [], params: TypeEntry['params'] = []): Type {
    const id = this.entries.length;
    this.entries.push({ id, path, params, def, docs: [] });
    return id;
  }
}

export interface PalletSpec {
  /** `key`: the entry is a map. `fallback`: its default, encoded; absent: the entry is optional. */
  readonly storage?: Readonly<
    Record<string, { readonly key?: Type; readonly value: Type; readonly fallback?: Uint8Array }>
  >;
  readonly constants?: Readonly<Record<string, { readonly type: Type; readonly value: Uint8Array }>>;
}

export interface RuntimeSpec {
  readonly types: Types;
  readonly pallets: Readonly<Record<string, PalletSpec>>;
  readonly apis?: Readonly<
    Record<string, Readonly<Record<string, { readonly inputs: readonly Type[]; readonly output: Type }>>>
  >;
}

/** From the magic number on. */
export function metadataOf({ types, pallets, apis = {} }: RuntimeSpec): Uint8Array {
  const { unit } = types;
  const body = v15.enc({
    lookup: types.entries,
    pallets: Object.entries(pallets).map(([name, { storage = {}, constants = {} }], index) => ({
      name,
      storage: {
        prefix: name,
        items: Object.entries(storage).map(([item, { key, value, fallback }]) => ({
          name: item,
          modifier: fallback === undefined ? 0 : 1,
          type:
            key === undefined
              ? { tag: 'plain' as const, value }
              : {
                  tag: 'map' as const,
                  value: { hashers: [{ tag: 'Twox64Concat' as const, value: undefined }], key, value },
                },
          fallback: toHex(fallback ?? Uint8Array.of(0)),
          docs: [],
        })),
      },
      calls: undefined,
      events: undefined,
      constants: Object.entries(constants).map(([constant, { type, value }]) => ({
        name: constant,
        type,
        value: toHex(value),
        docs: [],
      })),
      errors: undefined,
      index,
      docs: [],
    })),
    extrinsic: { version: 4, address: unit, call: unit, signature: unit, extra: unit, signedExtensions: [] },
    type: unit,
    apis: Object.entries(apis).map(([name, methods]) => ({
      name,
      methods: Object.entries(methods).map(([method, { inputs, output }]) => ({
        name: method,
        inputs: inputs.map((type, at) => ({ name: `input${at}`, type })),
        output,
        docs: [],
      })),
      docs: [],
    })),
    outerEnums: { call: unit, event: unit, error: unit },
    custom: [],
  });
  return concat(Uint8Array.from(Buffer.from('meta')), Uint8Array.of(15), body);
}

function named(fields: Readonly<Record<string, Type>>) {
  return Object.entries(fields).map(([name, type]) => field(name, type));
}

function field(name: string | undefined, type: Type) {
  return { name, type, typeName: undefined, docs: [] };
}
