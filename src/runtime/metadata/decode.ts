/** Decodes FRAME metadata v14 to v16 (crate frame-metadata) into the one form of model/metadata.ts. */
import { toHex } from '../../base/bytes.ts';
import type {
  ApiMethod,
  MetadataApi,
  MetadataType,
  Pallet,
  PalletConstant,
  PalletVariant,
  RuntimeMetadata,
  StorageItem,
  TransactionExtension,
} from '../../model/metadata.ts';
import { MalformedScale, ScaleReader } from './scale-reader.ts';
import { TypeReader } from './type-reader.ts';

export type Decoded =
  | { readonly kind: 'ok'; readonly metadata: RuntimeMetadata }
  | { readonly kind: 'ancient'; readonly version: number }
  /** `reason`: a clause. */
  | { readonly kind: 'damaged'; readonly reason: string };

/** `meta` */
const MAGIC = 0x6174656d;
const OLDEST_VERSION = 14;
const NEWEST_VERSION = 16;

/** Takes off the length that a runtime API puts in front of opaque metadata. Undefined when the length is wrong. */
export function withoutLength(answer: Uint8Array): Uint8Array | undefined {
  try {
    const reader = new ScaleReader(answer);
    const metadata = reader.opaque();
    return reader.isAtEnd ? metadata : undefined;
  } catch (error) {
    if (error instanceof MalformedScale) return undefined;
    throw error;
  }
}

/** Never throws. @param bytes from the magic number on */
export function decodeMetadata(bytes: Uint8Array): Decoded {
  try {
    const reader = new ScaleReader(bytes);
    if (reader.u32() !== MAGIC) return { kind: 'damaged', reason: 'the magic number of metadata is missing' };
    const version = reader.u8();
    if (version < OLDEST_VERSION) return { kind: 'ancient', version };
    if (version > NEWEST_VERSION) return { kind: 'damaged', reason: `metadata version ${version} is not known` };
    const metadata = new MetadataReader(reader, version).metadata();
    return reader.isAtEnd ? { kind: 'ok', metadata } : { kind: 'damaged', reason: 'the metadata has trailing bytes' };
  } catch (error) {
    if (error instanceof MalformedScale) return { kind: 'damaged', reason: error.message };
    throw error;
  }
}

/** `StorageHasher` */
const hashers = [
  ...['Blake2_128', 'Blake2_256', 'Blake2_128Concat'],
  ...['Twox128', 'Twox256', 'Twox64Concat', 'Identity'],
];
/** `StorageEntryModifier` */
const modifiers = ['optional', 'default', 'required'] as const;

class MetadataReader {
  readonly #reader: ScaleReader;
  readonly #version: number;
  readonly #type: TypeReader;
  #types: readonly MetadataType[] = [];

  constructor(reader: ScaleReader, version: number) {
    this.#reader = reader;
    this.#version = version;
    this.#type = new TypeReader(reader);
  }

  metadata(): RuntimeMetadata {
    this.#types = this.#type.registry();
    const pallets = this.#reader.list(() => this.#pallet());
    const extrinsic = this.#version === 16 ? this.#extrinsic() : this.#oldExtrinsic();
    // The type of the runtime.
    if (this.#version < 16) this.#type.id();
    const apis = this.#version === 14 ? [] : this.#reader.list(() => this.#api());
    if (this.#version > 14) this.#outerEnumsAndCustom();
    return { version: this.#version, types: this.#types, pallets, apis, ...extrinsic };
  }

  #pallet(): Pallet {
    const reader = this.#reader;
    const name = reader.text();
    const storage = reader.option(() => ({
      storagePrefix: reader.text(),
      storage: reader.list(() => this.#storageItem()),
    }));
    const calls = this.#variants();
    const events = this.#variants();
    const constants = reader.list(() => this.#constant());
    const errors = this.#variants();
    if (this.#version === 16) this.#associatedTypesAndViewFunctions();
    const index = reader.u8();
    if (this.#version > 14) this.#type.docs();
    this.#deprecation();
    return { name, index, calls, events, errors, constants, storage: [], ...storage };
  }

  #storageItem(): StorageItem {
    const reader = this.#reader;
    const common = { name: reader.text(), modifier: reader.choice(modifiers, 'modifier') };
    const isMap = reader.choice([false, true], 'kind of storage item');
    const type = isMap
      ? { hashers: reader.list(() => reader.choice(hashers, 'hasher')), key: this.#type.id(), value: this.#type.id() }
      : { hashers: [], value: this.#type.id() };
    // The default value.
    reader.opaque();
    this.#endOfItem();
    return { ...common, ...type };
  }

  #constant(): PalletConstant {
    const reader = this.#reader;
    const constant = { name: reader.text(), type: this.#type.id(), value: toHex(reader.opaque()) };
    this.#endOfItem();
    return constant;
  }

  /** The variants of the enum that holds a pallet's calls, events or errors. */
  #variants(): readonly PalletVariant[] {
    const id = this.#reader.option(() => {
      const type = this.#type.id();
      if (this.#version === 16) this.#variantDeprecations();
      return type;
    });
    const type = id === undefined ? undefined : this.#types[id];
    return type?.kind === 'variant' ? type.variants : [];
  }

  /** Before version 16. */
  #oldExtrinsic(): Pick<RuntimeMetadata, 'extrinsicVersions' | 'extensions'> {
    const isV14 = this.#version === 14;
    if (isV14) this.#type.id();
    const extrinsicVersions = [this.#reader.u8()];
    // Address, call, signature, extra.
    if (!isV14) for (let id = 0; id < 4; id++) this.#type.id();
    return { extrinsicVersions, extensions: this.#extensions() };
  }

  #extrinsic(): Pick<RuntimeMetadata, 'extrinsicVersions' | 'extensions'> {
    const reader = this.#reader;
    const extrinsicVersions = reader.list(() => reader.u8());
    // Address, call, signature.
    for (let id = 0; id < 3; id++) this.#type.id();
    const byVersion = reader.list(() => [reader.u8(), reader.list(() => reader.compact())] as const);
    const all = this.#extensions();
    const used = byVersion.find(([version]) => version === 0)?.[1] ?? [];
    const extensions = used.map((index) => all[index] ?? reader.fail(`transaction extension ${index} is missing`));
    return { extrinsicVersions, extensions };
  }

  #extensions(): TransactionExtension[] {
    return this.#reader.list(() => ({
      identifier: this.#reader.text(),
      type: this.#type.id(),
      additionalSigned: this.#type.id(),
    }));
  }

  #api(): MetadataApi {
    const reader = this.#reader;
    const name = reader.text();
    const methods = reader.list(() => {
      const method = this.#method();
      this.#deprecation();
      return method;
    });
    this.#type.docs();
    const version = this.#version === 16 ? reader.compact() : undefined;
    this.#deprecation();
    return { name, methods, ...(version !== undefined && { version }) };
  }

  #method(): ApiMethod {
    const reader = this.#reader;
    const method = {
      name: reader.text(),
      inputs: reader.list(() => ({ name: reader.text(), type: this.#type.id() })),
      output: this.#type.id(),
    };
    this.#type.docs();
    return method;
  }

  #associatedTypesAndViewFunctions(): void {
    const reader = this.#reader;
    reader.list(() => {
      reader.opaque();
      this.#type.id();
      this.#type.docs();
    });
    reader.list(() => {
      reader.raw(32);
      this.#method();
      this.#deprecation();
    });
  }

  #outerEnumsAndCustom(): void {
    // Calls, events, errors.
    for (let id = 0; id < 3; id++) this.#type.id();
    this.#reader.list(() => {
      this.#reader.opaque();
      this.#type.id();
      this.#reader.opaque();
    });
  }

  #endOfItem(): void {
    this.#type.docs();
    this.#deprecation();
  }

  /** `ItemDeprecationInfo`. Only version 16 has it. */
  #deprecation(): void {
    if (this.#version === 16) this.#deprecationNote(this.#reader.choice([0, 1, 2], 'deprecation'));
  }

  /** `EnumDeprecationInfo` */
  #variantDeprecations(): void {
    this.#reader.list(() => {
      this.#reader.u8();
      this.#deprecationNote(this.#reader.choice([undefined, 1, 2], 'deprecation'));
    });
  }

  #deprecationNote(kind: number): void {
    if (kind !== 2) return;
    this.#reader.opaque();
    this.#reader.option(() => this.#reader.opaque());
  }
}
