/** Recognizes a runtime by the outline of its module, without reading the code. */
import { equalBytes } from '../base/bytes.ts';
import { Cursor } from '../wasm/cursor.ts';
import { catchMalformed, HEADER_BYTES, sectionId, WASM_MAGIC } from '../wasm/sections.ts';
import { readExport } from '../wasm/types.ts';

export interface RuntimeMarks {
  /** It has a section `runtime_version`, or an export that only runtimes have. */
  readonly isRuntime: boolean;
  readonly hasValidateBlock: boolean;
}

/** Reads a part of a file. Returns fewer bytes at the end of the file. */
export type ReadPart = (at: number, bytes: number) => Promise<Uint8Array>;

/** A runtime has about 15. */
const MAX_SECTIONS = 256;
/** Id, size and the beginning of a custom section's name. */
const MAX_HEADER_BYTES = 64;
/** A runtime exports some 100 functions, with about 40 bytes each. */
const MAX_EXPORT_BYTES = 256 * 1024;

/** Undefined if it is no module, or a damaged one. Reads at most 256 short parts, and the exports. */
export async function readRuntimeMarks(read: ReadPart, size: number): Promise<RuntimeMarks | undefined> {
  const magic = await read(0, WASM_MAGIC.length);
  if (!equalBytes(magic, WASM_MAGIC)) return undefined;
  let hasVersion = false;
  let exports: ReadonlySet<string> = new Set();
  let at = HEADER_BYTES;
  for (let count = 0; at < size && count < MAX_SECTIONS; count += 1) {
    const header = readHeader(await read(at, MAX_HEADER_BYTES));
    if (header === undefined) return undefined;
    const { id, start, bytes, customName } = header;
    const end = at + start + bytes;
    if (end > size) return undefined;
    if (customName === 'runtime_version') hasVersion = true;
    if (id === sectionId('export') && bytes <= MAX_EXPORT_BYTES) exports = exportNames(await read(at + start, bytes));
    at = end;
  }
  const hasValidateBlock = exports.has('validate_block');
  return { isRuntime: hasVersion || hasValidateBlock || exports.has('Core_version'), hasValidateBlock };
}

interface SectionHeader {
  readonly id: number;
  /** Offset of the content from the section's first byte. */
  readonly start: number;
  readonly bytes: number;
  readonly customName?: string;
}

function readHeader(head: Uint8Array): SectionHeader | undefined {
  let header: SectionHeader | undefined;
  // A long name of a custom section is cut off. The header is complete then, too.
  catchMalformed(() => {
    const cursor = new Cursor(head);
    const id = cursor.byte();
    const bytes = cursor.u32();
    header = { id, start: cursor.at, bytes };
    if (id === sectionId('custom')) header = { ...header, customName: cursor.name() };
  });
  return header;
}

function exportNames(section: Uint8Array): ReadonlySet<string> {
  const names = new Set<string>();
  catchMalformed(() => {
    const cursor = new Cursor(section);
    cursor.list(() => names.add(readExport(cursor, () => undefined).name));
  });
  return names;
}
