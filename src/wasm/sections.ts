/** The outer structure of a module: its header and where each section stands. */
import { equalBytes } from '../base/bytes.ts';
import { Cursor, Malformed } from './cursor.ts';
import { WASM_MAGIC } from './magic.ts';

/** What is wrong with a module, and at which offset. */
export interface ModuleProblem {
  readonly at: number;
  readonly reason: string;
}

export interface Section {
  readonly id: number;
  /** Of a custom section, its own name; else the standard's. */
  readonly name: string;
  /** Offset of the content; a custom section's name does not count as content. */
  readonly start: number;
  /** Size of the content. */
  readonly bytes: number;
}

export interface SectionList {
  readonly sections: readonly Section[];
  readonly problem?: ModuleProblem;
}

export const SECTION_NAMES: readonly string[] = [
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
];

const CORE_MODULE_VERSION = 1;
const COMPONENT_VERSION = 0x1000d;

/** Stops at the first damage and keeps what it has read up to there. */
export function readSections(module: Uint8Array): SectionList {
  const sections: Section[] = [];
  const problem = catchMalformed(() => {
    const cursor = new Cursor(module);
    readHeader(cursor);
    while (!cursor.isAtEnd) sections.push(readSection(cursor));
  });
  return { sections, ...(problem && { problem }) };
}

/** Runs `read` up to the first damage, which it returns. */
export function catchMalformed(read: () => void): ModuleProblem | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof Malformed) return { at: error.at, reason: error.reason };
    throw error;
  }
}

function readHeader(cursor: Cursor): void {
  if (!equalBytes(cursor.take(WASM_MAGIC.length), WASM_MAGIC)) throw new Malformed(0, 'this is not wasm');
  const at = cursor.at;
  const bytes = cursor.take(4);
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (version === COMPONENT_VERSION) throw new Malformed(at, 'this is a wasm component, not a module');
  if (version !== CORE_MODULE_VERSION) throw new Malformed(at, `this is wasm of the unknown version ${version}`);
}

function readSection(cursor: Cursor): Section {
  const at = cursor.at;
  const id = cursor.byte();
  const name = SECTION_NAMES[id];
  if (name === undefined) throw new Malformed(at, `${id} is no section id`);
  const size = cursor.u32();
  if (size > cursor.end - cursor.at) throw new Malformed(at, `the ${name} section is cut off`);
  const content = cursor.part(size);
  // Evaluated before `start`: reading the name moves the cursor to the content.
  const ownName = id === 0 ? content.name() : name;
  return { id, name: ownName, start: content.at, bytes: content.end - content.at };
}
