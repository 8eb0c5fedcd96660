/** Types of metadata in words, as Rust writes them. */
import { truncate } from '../base/text.ts';
import type { MetadataType, TypeId } from './metadata.ts';

const MAX_DEPTH = 4;
const MAX_ITEMS = 8;
const MAX_CHARACTERS = 160;

/** `Vec<AccountId32>`, `v4::Location`, `{ free: u128, … }`. At most 160 characters, also for endless types. */
export function typeText(types: readonly MetadataType[], id: TypeId): string {
  return truncate(text(types, id, 0), MAX_CHARACTERS);
}

function text(types: readonly MetadataType[], id: TypeId, depth: number): string {
  const type = types[id];
  if (type === undefined || depth > MAX_DEPTH) return '…';
  const inner = (item: TypeId) => text(types, item, depth + 1);
  if (type.path.length > 0) return named(type, inner);
  switch (type.kind) {
    case 'composite':
      return `{ ${few(type.fields, (field) => `${field.name === undefined ? '' : `${field.name}: `}${inner(field.type)}`)} }`;
    case 'variant':
      return few(type.variants, ({ name }) => name, ' | ');
    case 'sequence':
      return `Vec<${inner(type.item)}>`;
    case 'compact':
      return `Compact<${inner(type.item)}>`;
    case 'array':
      return `[${inner(type.item)}; ${type.length}]`;
    case 'tuple':
      return `(${few(type.items, inner)})`;
    case 'primitive':
      return type.primitive;
    case 'bits':
      return `BitVec<${inner(type.store)}>`;
  }
}

/** The last name, with the module of its version: `xcm` has types of the same name in `v3`, `v4` and `v5`. */
function named({ path, params }: MetadataType, inner: (id: TypeId) => string): string {
  const version = path.slice(0, -1).findLast((part) => /^v\d+$/.test(part));
  const name = `${version === undefined ? '' : `${version}::`}${path.at(-1)}`;
  const known = params.flatMap(({ type }) => (type === undefined ? [] : [type]));
  return known.length === 0 ? name : `${name}<${few(known, inner)}>`;
}

function few<T>(items: readonly T[], itemText: (item: T) => string, separator = ', '): string {
  const shown = items.slice(0, MAX_ITEMS).map(itemText);
  return (items.length > MAX_ITEMS ? [...shown, '…'] : shown).join(separator);
}
