/** Reads the type registry of metadata (scale-info `PortableRegistry`) and references to it. */
import type { Field, MetadataType, PalletVariant, TypeId, TypeShape } from '../../model/metadata.ts';
import type { ScaleReader } from './scale-reader.ts';

/** Of scale-info, in the order of their indices. */
const primitives = [
  ...['bool', 'char', 'str', 'u8', 'u16', 'u32', 'u64', 'u128', 'u256'],
  ...['i8', 'i16', 'i32', 'i64', 'i128', 'i256'],
];

/** Checks every reference to a type, so that no user of the metadata has to. */
export class TypeReader {
  readonly #reader: ScaleReader;
  /** Of types. */
  #count = 0;

  constructor(reader: ScaleReader) {
    this.#reader = reader;
  }

  /** Call this before `id`: it learns how many types there are. */
  registry(): MetadataType[] {
    const start = this.#reader.at;
    this.#count = this.#reader.compact();
    this.#reader.at = start;
    return this.#reader.list((index) => this.#type(index));
  }

  id(): TypeId {
    const id = this.#reader.compact();
    return id < this.#count ? id : this.#reader.fail(`type ${id} is missing`);
  }

  docs(): void {
    this.#reader.list(() => this.#reader.opaque());
  }

  #type(index: number): MetadataType {
    const reader = this.#reader;
    const id = reader.compact();
    if (id !== index) reader.fail(`type ${id} is at the place of type ${index}`);
    const path = reader.list(() => reader.text());
    const params = reader.list(() => {
      const name = reader.text();
      const type = reader.option(() => this.id());
      return { name, ...(type !== undefined && { type }) };
    });
    const shape = this.#shape();
    this.docs();
    return { path, params, ...shape };
  }

  /** `TypeDef` */
  #shape(): TypeShape {
    const reader = this.#reader;
    const tag = reader.u8();
    switch (tag) {
      case 0:
        return { kind: 'composite', fields: reader.list(() => this.#field()) };
      case 1:
        return { kind: 'variant', variants: reader.list(() => this.#variant()) };
      case 2:
        return { kind: 'sequence', item: this.id() };
      case 3: {
        const length = reader.u32();
        return { kind: 'array', length, item: this.id() };
      }
      case 4:
        return { kind: 'tuple', items: reader.list(() => this.id()) };
      case 5:
        return { kind: 'primitive', primitive: reader.choice(primitives, 'primitive') };
      case 6:
        return { kind: 'compact', item: this.id() };
      case 7:
        return { kind: 'bits', store: this.id(), order: this.id() };
      default:
        return reader.fail(`unknown kind of type ${tag}`);
    }
  }

  #field(): Field {
    const reader = this.#reader;
    const name = reader.option(() => reader.text());
    const type = this.id();
    // The name of the type in the sources.
    reader.option(() => reader.opaque());
    this.docs();
    return { ...(name !== undefined && { name }), type };
  }

  #variant(): PalletVariant {
    const reader = this.#reader;
    const name = reader.text();
    const fields = reader.list(() => this.#field());
    const index = reader.u8();
    this.docs();
    return { name, index, fields };
  }
}
