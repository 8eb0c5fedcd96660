/** A tolerant reader of wasm modules. It returns the readable parts of a damaged module and the place of the damage. */
import { readConstant } from './constant.ts';
import { Cursor, MalformedWasm } from './cursor.ts';
import {
  catchMalformed,
  contentOf,
  type ModuleProblem,
  readSections,
  type Section,
  type SectionName,
  sectionId,
} from './sections.ts';
import {
  type Export,
  type FunctionType,
  type GlobalType,
  type Import,
  type MemoryType,
  readExport,
  readFunctionType,
  readGlobalType,
  readImport,
  readLimits,
  readTableType,
  type TableType,
} from './types.ts';

export interface WasmModule {
  readonly sections: readonly Section[];
  readonly types: readonly FunctionType[];
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  /** The type index of each function that the module defines. */
  readonly functionTypes: readonly number[];
  /** The memories that the module defines, without imported ones. */
  readonly memories: readonly MemoryType[];
  /** The tables that the module defines, without imported ones. */
  readonly tables: readonly TableType[];
  /** The globals that the module defines, without imported ones. */
  readonly globals: readonly GlobalType[];
  /** Index of the start function. */
  readonly startFunction?: number;
  /** The first damage. A damaged section yields nothing; the others are still read. */
  readonly problem?: ModuleProblem;
}

const TABLE_WITH_INITIAL_VALUE = 0x40;

/** Never throws. `contents.ts` reads function bodies and segments. */
export function readModule(bytes: Uint8Array): WasmModule {
  const { sections, problem } = readSections(bytes);
  return new ModuleReader(bytes, sections).read(problem);
}

/** Returns the content of the first custom section with that name. */
export function customSection(module: Uint8Array, sections: readonly Section[], name: string): Uint8Array | undefined {
  const section = sections.find((candidate) => candidate.id === sectionId('custom') && candidate.name === name);
  return section && contentOf(module, section);
}

function readTable(cursor: Cursor): TableType {
  const hasInitialValue = cursor.peek() === TABLE_WITH_INITIAL_VALUE;
  if (hasInitialValue) cursor.take(2);
  const type = readTableType(cursor);
  if (hasInitialValue) readConstant(cursor);
  return type;
}

function readGlobal(cursor: Cursor): GlobalType {
  const type = readGlobalType(cursor);
  readConstant(cursor);
  return type;
}

class ModuleReader {
  private problem: ModuleProblem | undefined;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly sections: readonly Section[],
  ) {}

  read(outer: ModuleProblem | undefined): WasmModule {
    const types = this.list('type', readFunctionType);
    const imports = this.list('import', (cursor) => readImport(cursor, types));
    const functionTypes = this.list('function', (cursor) => cursor.u32());
    const tables = this.list('table', readTable);
    const memories = this.list('memory', readLimits);
    const globals = this.list('global', readGlobal);
    const imported = imports.filter(({ kind }) => kind === 'function');
    const typeOf = (index: number) => {
      const own = functionTypes[index - imported.length];
      return index < imported.length ? imported[index]?.type : own === undefined ? undefined : types[own];
    };
    const exports = this.list('export', (cursor) => readExport(cursor, typeOf));
    const startFunction = this.content('start', (cursor) => cursor.u32());
    // A module without its end has lost its code section too.
    if (!outer) this.compareCounts(functionTypes.length);
    const problem = outer ?? this.problem;
    return {
      sections: this.sections,
      types,
      imports,
      exports,
      functionTypes,
      memories,
      tables,
      globals,
      ...(startFunction !== undefined && { startFunction }),
      ...(problem && { problem }),
    };
  }

  private list<T>(name: SectionName, item: (cursor: Cursor) => T): readonly T[] {
    return this.content(name, (cursor) => cursor.list(() => item(cursor))) ?? [];
  }

  /** Returns undefined when the section is missing or damaged. */
  private content<T>(name: SectionName, read: (cursor: Cursor) => T): T | undefined {
    let value: T | undefined;
    const problem = catchMalformed(() => {
      const cursor = this.cursor(name);
      if (!cursor) return;
      const content = read(cursor);
      if (!cursor.isAtEnd) throw new MalformedWasm(cursor.at, `the ${name} section has trailing bytes`);
      value = content;
    });
    this.problem ??= problem && { at: problem.at, reason: `${problem.reason} (in the ${name} section)` };
    return value;
  }

  private cursor(name: SectionName): Cursor | undefined {
    const [section, second] = this.sections.filter(({ id }) => id === sectionId(name));
    if (second) throw new MalformedWasm(second.start, 'the section is duplicate');
    return section && new Cursor(this.bytes, section.start, section.start + section.bytes);
  }

  private compareCounts(declared: number): void {
    const problem = catchMalformed(() => {
      const cursor = this.cursor('code');
      const at = cursor?.at ?? this.bytes.length;
      const bodies = cursor?.u32() ?? 0;
      if (bodies !== declared)
        throw new MalformedWasm(at, `the module declares ${declared} functions but has ${bodies} bodies`);
    });
    this.problem ??= problem;
  }
}
