/** The custom section `name`, which compilers write for debuggers. Names stay bytes, because few of them are ever shown. */
import { Cursor } from './cursor.ts';
import { catchMalformed, type Section, sectionId } from './sections.ts';

/** Names of functions as ranges of the module, by index in the function index space. */
export interface FunctionNames {
  readonly starts: Uint32Array;
  /** Equal to the start where a function has no name. */
  readonly ends: Uint32Array;
}

export interface NameSection {
  readonly section: Section;
  readonly functions: FunctionNames;
  /** Names of data segments, by index. */
  readonly data: ReadonlyMap<number, string>;
  /** In file order. They fill the section, unless it is damaged. */
  readonly parts: readonly NamePart[];
  readonly isDamaged: boolean;
}

/** One kind of names. */
interface NamePart {
  /** `functions`, `locals`, …; `names 11` for a kind that no standard has. */
  readonly name: string;
  /** With the part's own header. */
  readonly bytes: number;
}

const FUNCTIONS = 1;
const DATA = 9;
const partNames = [
  'module',
  'functions',
  'locals',
  'labels',
  'types',
  'tables',
  'memories',
  'globals',
  'elements',
  'data',
];
const MAX_DATA_NAMES = 10_000;

/** Undefined without a name section. Keeps what stands before the first damage. @param count functions, imported ones too */
export function readNameSection(
  module: Uint8Array,
  sections: readonly Section[],
  count: number,
): NameSection | undefined {
  const section = sections.find(({ id, name }) => id === sectionId('custom') && name === 'name');
  if (!section) return undefined;
  const cursor = new Cursor(module, section.start, section.start + section.bytes);
  const functions = { starts: new Uint32Array(count), ends: new Uint32Array(count) };
  const data = new Map<number, string>();
  const parts: NamePart[] = [];
  const problem = catchMalformed(() => {
    while (!cursor.isAtEnd) {
      const { at } = cursor;
      const id = cursor.byte();
      const content = cursor.part(cursor.u32());
      if (id === FUNCTIONS) readFunctionNames(content, functions);
      else if (id === DATA) readDataNames(content, data);
      parts.push({ name: partNames[id] ?? `names ${id}`, bytes: cursor.at - at });
    }
  });
  return { section, functions, data, parts, isDamaged: problem !== undefined };
}

function readFunctionNames(cursor: Cursor, { starts, ends }: FunctionNames): void {
  for (let left = cursor.u32(); left > 0; left -= 1) {
    const index = cursor.u32();
    const length = cursor.u32();
    const { at } = cursor;
    cursor.skip(length);
    if (index >= starts.length || starts[index] !== 0) continue;
    starts[index] = at;
    ends[index] = at + length;
  }
}

function readDataNames(cursor: Cursor, names: Map<number, string>): void {
  for (let left = cursor.u32(); left > 0 && names.size < MAX_DATA_NAMES; left -= 1) {
    const index = cursor.u32();
    names.set(index, cursor.name());
  }
}
