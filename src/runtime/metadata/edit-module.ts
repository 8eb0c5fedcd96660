/** Edits of a wasm module that leave everything else as it is. */
import { concat } from '../../base/bytes.ts';
import { Cursor } from '../../wasm/cursor.ts';
import { readModule } from '../../wasm/module.ts';
import { contentOf, readSections, type Section, type SectionName, sectionId } from '../../wasm/sections.ts';
import type { EntityKind, Export } from '../../wasm/types.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../wasm/writer.ts';

const VERSIONS_EXPORT = 'Metadata_metadata_versions';
/** At the bottom of the stack, which a runtime never reaches. */
const ANSWER_ADDRESS = 16;
const ANSWER_BYTES = 5;
const kinds: readonly EntityKind[] = ['function', 'table', 'memory', 'global', 'tag'];
const op = { i32Const: 0x41, i64Const: 0x42, end: 0x0b } as const;

/** Gives the module's own memory a maximum, so that it can't grow beyond. */
export function withMemoryMaximum(module: Uint8Array, maxPages: number): Uint8Array {
  const [memory] = readModule(module).memories;
  if (memory === undefined) throw new RangeError('the module has no memory of its own');
  const limits = concat(Uint8Array.of(1), leb128(memory.min), leb128(maxPages));
  return editSections(module, { memory: () => list(limits) });
}

/** The module without its names and debug sections, which running it does not need. */
export function withoutNames(module: Uint8Array): Uint8Array {
  return editSections(
    module,
    {},
    ({ id, name: sectionName }) => id !== sectionId('custom') || sectionName.startsWith('runtime_'),
  );
}

/**
 * The module with another answer of `Metadata_metadata_versions`: this version alone. The interpreter gets the newest
 * version that the module offers. Undefined when the module is damaged or does not have that function.
 */
export function withMetadataVersion(module: Uint8Array, version: number): Uint8Array | undefined {
  const { exports, imports, functionTypes, problem } = readModule(module);
  const imported = imports.filter(({ kind }) => kind === 'function').length;
  const original = exports.find((item) => item.name === VERSIONS_EXPORT && item.kind === 'function');
  const type = original && functionTypes[original.index - imported];
  if (type === undefined || problem !== undefined) return undefined;
  const index = imported + functionTypes.length;
  return editSections(module, {
    function: (content) => withItem(content, leb128(type)),
    code: (content) =>
      withItem(content, sized(list(), Uint8Array.of(op.i64Const), answerPointer, Uint8Array.of(op.end))),
    data: (content) => withItem(content, answerSegment(version)),
    datacount: (content) => leb128(new Cursor(content).u32() + 1),
    export: () => list(...exports.map((item) => exportEntry(item === original ? { ...item, index } : item))),
  });
}

/** A runtime API returns its answer's length in the upper half of an i64, and its address in the lower half. */
const answerPointer = signedLeb128(ANSWER_BYTES * 2 ** 32 + ANSWER_ADDRESS);

/** `vec![version]` in SCALE: a length of 1, and a little-endian u32. */
function answerSegment(version: number): Uint8Array {
  const memory = leb128(0);
  const offset = concat(Uint8Array.of(op.i32Const), signedLeb128(ANSWER_ADDRESS), Uint8Array.of(op.end));
  return concat(memory, offset, sized(Uint8Array.of(1 << 2, version, 0, 0, 0)));
}

function exportEntry({ name: exported, kind, index }: Export): Uint8Array {
  return concat(name(exported), Uint8Array.of(kinds.indexOf(kind)), leb128(index));
}

type Edits = { readonly [Name in SectionName]?: (content: Uint8Array) => Uint8Array };

function editSections(module: Uint8Array, edits: Edits, keep: (section: Section) => boolean = () => true): Uint8Array {
  const edited = readSections(module).sections.filter(keep);
  return wasmModule(...edited.map((old) => section(old.id, ...nameOf(old), edit(old, contentOf(module, old), edits))));
}

function edit({ id, name: sectionName }: Section, content: Uint8Array, edits: Edits): Uint8Array {
  const change = id === sectionId('custom') ? undefined : edits[sectionName as SectionName];
  return change === undefined ? content : change(content);
}

function nameOf({ id, name: sectionName }: Section): Uint8Array[] {
  return id === sectionId('custom') ? [name(sectionName)] : [];
}

/** A section with one item more. */
function withItem(content: Uint8Array, item: Uint8Array): Uint8Array {
  const cursor = new Cursor(content);
  const count = cursor.u32();
  return concat(leb128(count + 1), content.subarray(cursor.at), item);
}

/** @param value not negative */
function signedLeb128(value: number): Uint8Array {
  const bytes = leb128(value);
  const last = bytes.length - 1;
  // The sign bit of the last byte is set: another byte keeps the number positive.
  if (((bytes[last] ?? 0) & 0x40) === 0) return bytes;
  return Uint8Array.from([...bytes.subarray(0, last), (bytes[last] ?? 0) | 0x80, 0]);
}
