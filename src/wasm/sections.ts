/** The outer structure of a module: its header and the position of each section. */
import { equalBytes } from '../base/bytes.ts';
import { Cursor, MalformedWasm } from './cursor.ts';

/** The damage of a module. */
export interface ModuleProblem {
  /** Offset in the module. */
  readonly at: number;
  readonly reason: string;
}

export interface Section {
  readonly id: number;
  /** The name in the standard, or a custom section's own name. */
  readonly name: string;
  /** Offset of the content. The content of a custom section excludes its name. */
  readonly start: number;
  /** Size of the content. */
  readonly bytes: number;
}

/** The standard's names. A section's id is its index. */
const sectionNames = [
  'custom',
  'type',
  'import',
  'function',
  'table',
  'memory',
  'global',
  'export',
  'start',
  'element',
  'code',
  'data',
  'datacount',
  'tag',
] as const;

export type SectionName = (typeof sectionNames)[number];

export function sectionId(name: SectionName): number {
  return sectionNames.indexOf(name);
}

/** Custom sections can have these names, too. */
export function isStandardName(name: string): boolean {
  return sectionNames.some((known) => known === name);
}

/** The first four bytes of WebAssembly modules and components. */
export const WASM_MAGIC = Uint8Array.of(0x00, 0x61, 0x73, 0x6d);

const CORE_MODULE_VERSION = 1;
const COMPONENT_VERSION = 0x1000d;

/** Magic and version. */
export const HEADER_BYTES = 8;

/** Stops at the first damage and returns the sections before it. */
export function readSections(module: Uint8Array): {
  readonly sections: readonly Section[];
  readonly problem?: ModuleProblem;
} {
  const sections: Section[] = [];
  const problem = catchMalformed(() => {
    const cursor = new Cursor(module);
    readHeader(cursor);
    while (!cursor.isAtEnd) sections.push(readSection(cursor));
  });
  return { sections, ...(problem && { problem }) };
}

export function contentOf(module: Uint8Array, { start, bytes }: Section): Uint8Array {
  return module.subarray(start, start + bytes);
}

/** Runs `read` until the first damage and returns that damage. */
export function catchMalformed(read: () => void): ModuleProblem | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof MalformedWasm) return { at: error.at, reason: error.reason };
    throw error;
  }
}

function readHeader(cursor: Cursor): void {
  if (!equalBytes(cursor.take(WASM_MAGIC.length), WASM_MAGIC)) throw new MalformedWasm(0, 'not a wasm module');
  const at = cursor.at;
  const bytes = cursor.take(4);
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (version === COMPONENT_VERSION) throw new MalformedWasm(at, 'this is a wasm component, not a module');
  if (version !== CORE_MODULE_VERSION) throw new MalformedWasm(at, `unknown wasm version ${version}`);
}

function readSection(cursor: Cursor): Section {
  const at = cursor.at;
  const id = cursor.byte();
  const name = sectionNames[id];
  if (name === undefined) throw new MalformedWasm(at, `unknown section id ${id}`);
  const size = cursor.u32();
  if (size > cursor.end - cursor.at) throw new MalformedWasm(at, `the ${name} section is cut off`);
  const content = cursor.part(size);
  // Read the name before taking `start`: it moves the cursor to the content.
  const ownName = id === 0 ? content.name() : name;
  return { id, name: ownName, start: content.at, bytes: content.end - content.at };
}
