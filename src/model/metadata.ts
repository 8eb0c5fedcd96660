/** The metadata of a runtime (FRAME metadata v14 to v16), in one form for all versions. Plain data. */

export interface RuntimeMetadata {
  /** The metadata version: 14, 15 or 16. */
  readonly version: number;
  readonly pallets: readonly Pallet[];
  /** Empty in version 14, which does not describe them. */
  readonly apis: readonly MetadataApi[];
  /** The extensions of version 0, in the order in which a transaction encodes them. */
  readonly extensions: readonly TransactionExtension[];
  /** Versions of the extrinsic format. */
  readonly extrinsicVersions: readonly number[];
  /** Every type. A `TypeId` is an index of this list. */
  readonly types: readonly MetadataType[];
}

export type TypeId = number;

export interface Pallet {
  readonly name: string;
  readonly index: number;
  readonly calls: readonly PalletVariant[];
  readonly events: readonly PalletVariant[];
  readonly errors: readonly PalletVariant[];
  /** The prefix of its storage keys. Absent: it has no storage. */
  readonly storagePrefix?: string;
  readonly storage: readonly StorageItem[];
  readonly constants: readonly PalletConstant[];
}

/** A call, an event or an error. */
export interface PalletVariant {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly Field[];
}

export interface Field {
  /** Absent in tuples. */
  readonly name?: string;
  readonly type: TypeId;
}

export interface StorageItem {
  readonly name: string;
  readonly modifier: 'optional' | 'default' | 'required';
  /** One for each key of a map: `Blake2128Concat`, `Twox64Concat`, … Empty for a single value. */
  readonly hashers: readonly string[];
  /** Absent for a single value. */
  readonly key?: TypeId;
  readonly value: TypeId;
}

export interface PalletConstant {
  readonly name: string;
  readonly type: TypeId;
  /** SCALE, 0x-hex. */
  readonly value: string;
}

export interface MetadataApi {
  readonly name: string;
  /** Known from metadata version 16 on. */
  readonly version?: number;
  readonly methods: readonly ApiMethod[];
}

export interface ApiMethod {
  readonly name: string;
  readonly inputs: readonly Field[];
  readonly output: TypeId;
}

export interface TransactionExtension {
  readonly identifier: string;
  /** What a transaction carries. */
  readonly type: TypeId;
  /** What is signed but not carried. */
  readonly additionalSigned: TypeId;
}

/** `path` and `params` belong to a named Rust type: `["sp_core", "crypto", "AccountId32"]`. */
export type MetadataType = { readonly path: readonly string[]; readonly params: readonly TypeParam[] } & TypeShape;

export interface TypeParam {
  readonly name: string;
  /** Absent: the parameter does not influence the encoding. */
  readonly type?: TypeId;
}

export type TypeShape =
  | { readonly kind: 'composite'; readonly fields: readonly Field[] }
  | { readonly kind: 'variant'; readonly variants: readonly PalletVariant[] }
  | { readonly kind: 'sequence' | 'compact'; readonly item: TypeId }
  | { readonly kind: 'array'; readonly item: TypeId; readonly length: number }
  | { readonly kind: 'tuple'; readonly items: readonly TypeId[] }
  /** `u32`, `bool`, `str`, … */
  | { readonly kind: 'primitive'; readonly primitive: string }
  | { readonly kind: 'bits'; readonly store: TypeId; readonly order: TypeId };

/** The hash of `CheckMetadataHash` (RFC 78) in a runtime. Hashes are 0x-hex. */
export interface MetadataHashes {
  /** The hash that the runtime must have been compiled with. Absent: the token is not known. */
  readonly computed?: string;
  /** Versions 15 and 16 give different hashes. Absent: the runtime does not offer both. */
  readonly differ?: boolean;
  /** What may be the hash compiled in, from the data segments: at most a few. Includes `computed` when it is there. */
  readonly found: readonly string[];
}

/** A chain's token, which the metadata hash depends on. */
export interface Token {
  readonly symbol: string;
  readonly decimals: number;
}

/** How reading the metadata ended. */
export type MetadataResult =
  | { readonly kind: 'read'; readonly metadata: RuntimeMetadata; readonly hashes: MetadataHashes }
  /** Versions below 14 do not describe their types. */
  | { readonly kind: 'ancient'; readonly version: number }
  /** The file is no wasm module that can be run. */
  | { readonly kind: 'no-module'; readonly reason: string }
  /** The runtime's code failed. `reason`: a clause. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The runtime answered with something else than metadata. `reason`: a clause. */
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly kind: 'timed-out'; readonly afterMs: number }
  | { readonly kind: 'out-of-memory' };
