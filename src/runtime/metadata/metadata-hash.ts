/** The metadata hash of RFC 78: what the runtime should have been compiled with, and what it was. */
import { merkleizeMetadata } from '@polkadot-api/merkleize-metadata';
import { toHex } from '../../base/bytes.ts';
import type { MetadataType, Pallet, RuntimeMetadata, Token } from '../../model/metadata.ts';
import { contentOf, readSections, sectionId } from '../../wasm/sections.ts';

/** A runtime may hold other texts of this form, such as genesis hashes. */
const MAX_FOUND = 8;

/**
 * The hash of this metadata, 0x-hex. Undefined when it has none.
 * @param bytes from the magic number on. `decodeMetadata` accepted them: the library trusts the counts in them.
 */
export function metadataHash(bytes: Uint8Array, metadata: RuntimeMetadata, token: Token): string | undefined {
  if (!hasPlainConstants(metadata)) return undefined;
  try {
    return toHex(merkleizeMetadata(bytes.slice(), { decimals: token.decimals, tokenSymbol: token.symbol }).digest());
  } catch {
    // Not the metadata of a FRAME runtime: a pallet or a constant is missing, or types that the RFC excludes.
    return undefined;
  }
}

/**
 * The texts in the data segments that may be the hash compiled in. The extension holds it as a text: wasm-builder passes
 * it in the environment variable RUNTIME_METADATA_HASH (frame-metadata-hash-extension).
 */
export function findMetadataHashes(module: Uint8Array, computed: string | undefined): string[] {
  const data = readSections(module).sections.find(({ id }) => id === sectionId('data'));
  if (data === undefined) return [];
  const content = contentOf(module, data);
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1');
  const found = new Set(computed !== undefined && text.includes(computed) ? [computed] : []);
  for (const [match] of text.matchAll(/0x[0-9a-f]{64}/g)) {
    if (found.size >= MAX_FOUND) break;
    // Rust's table of the numbers 00 to 99, behind another text that ends in 0x. A hash has letters.
    if (!/[a-f]/.test(match.slice(2))) continue;
    found.add(match);
  }
  return [...found];
}

/**
 * The library decodes two constants, by types that the runtime states. Only types that the runtime of an honest team has
 * are taken: with others, the library could allocate any amount of memory.
 */
function hasPlainConstants({ pallets, types }: RuntimeMetadata): boolean {
  const system = pallets.find(({ name }) => name === 'System');
  return ['Version', 'SS58Prefix'].every((name) => isPlainConstant(system, name, types));
}

function isPlainConstant(pallet: Pallet | undefined, name: string, types: readonly MetadataType[]): boolean {
  const constant = pallet?.constants.find((candidate) => candidate.name === name);
  return constant !== undefined && isPlain(types[constant.type], types, 0);
}

const MAX_DEPTH = 8;
const MAX_FIELDS = 32;

/** Is it made of numbers and texts, with lists of those only at one level, and no value of zero bytes? */
function isPlain(
  type: MetadataType | undefined,
  types: readonly MetadataType[],
  depth: number,
  inList = false,
): boolean {
  if (type === undefined || depth > MAX_DEPTH) return false;
  const plain = (id: number, list = inList) => isPlain(types[id], types, depth + 1, list);
  switch (type.kind) {
    case 'primitive':
      return true;
    case 'compact':
      return plain(type.item);
    case 'array':
      return type.length > 0 && type.length <= MAX_FIELDS && plain(type.item);
    case 'sequence':
      return !inList && plain(type.item, true);
    case 'composite':
      return isFew(type.fields) && type.fields.every(({ type: id }) => plain(id));
    case 'tuple':
      return isFew(type.items) && type.items.every((id) => plain(id));
    default:
      return false;
  }
}

function isFew({ length }: readonly unknown[]): boolean {
  return length > 0 && length <= MAX_FIELDS;
}
