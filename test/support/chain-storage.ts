/** Encodes storage of a chain by the chain's own metadata. Values have the shapes of polkadot-api. */
import { getDynamicBuilder, getLookupFn } from '@polkadot-api/metadata-builders';
import { decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { fromHex, toHex } from '../../src/base/bytes.ts';

/** Key and value as 0x-hex, or what chopsticks understands as a deletion of all keys with this prefix. */
export type StorageItem = readonly [key: string, value: string];

export interface ChainStorage {
  /** Throws when the chain has no such entry, or the value does not fit its type. */
  item(pallet: string, entry: string, keys: readonly unknown[], value: unknown): StorageItem;
  /** Removes a value, or all of a map. Apply it before the new values. */
  removal(pallet: string, entry: string): StorageItem;
  key(pallet: string, entry: string, ...keys: unknown[]): string;
  /** @param value 0x-hex. Undefined or null: the default of the entry */
  decode(pallet: string, entry: string, value: unknown): unknown;
}

/** @param metadata from `state_getMetadata`, V14 or newer */
export function chainStorage(metadata: Uint8Array): ChainStorage {
  const unified = unifyMetadata(decAnyMetadata(metadata));
  const builder = getDynamicBuilder(getLookupFn(unified));
  const key = (pallet: string, entry: string, ...keys: unknown[]) =>
    builder.buildStorage(pallet, entry).keys.enc(...keys);
  return {
    key,
    item: (pallet, entry, keys, value) => [
      key(pallet, entry, ...keys),
      toHex(builder.buildStorage(pallet, entry).value.enc(value)),
    ],
    removal: (pallet, entry) => [key(pallet, entry), 'DeletedPrefix'],
    decode: (pallet, entry, value) => {
      const { fallback, value: codec } = builder.buildStorage(pallet, entry);
      return typeof value === 'string' ? codec.dec(fromHex(value)) : fallback;
    },
  };
}
