/** A tolerant reader of wasm modules: it returns what it can read of a damaged module, and where the damage is. */
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
  type Import,
  type MemoryType,
  readExport,
  readFunctionType,
  readImport,
  readLimits,
} from './types.ts';

export interface WasmModule {
  readonly sections: readonly Section[];
  readonly types: readonly FunctionType[];
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  /** The index of the type of each function that the module defines. */
  readonly functionTypes: readonly number[];
  /** The memories that the module defines; imported ones are not here. */
  readonly memories: readonly MemoryType[];
  /** Index of the start function. */
  readonly startFunction?: number;
  /** The first damage. A damaged section gives nothing; the others are read all the same. */
  readonly problem?: ModuleProblem;
}

/** Never throws. Does not read the bodies of functions. */
export function readModule(bytes: Uint8Array): WasmModule {
  const { sections, problem } = readSections(bytes);
  return new ModuleReader(bytes, sections).read(problem);
}

/** The content of the first custom section of that name. */
export function customSection(module: Uint8Array, sections: readonly Section[], name: string): Uint8Array | undefined {
  const section = sections.find((candidate) => candidate.id === sectionId('custom') && candidate.name === name);
  return section && contentOf(module, section);
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
    const memories = this.list('memory', readLimits);
    const imported = imports.filter(({ kind }) => kind === 'function');
    const typeOf = (index: number) => {
      const own = functionTypes[index - imported.length];
      return index < imported.length ? imported[index]?.type : own === undefined ? undefined : types[own];
    };
    const exports = this.list('export', (cursor) => readExport(cursor, typeOf));
    const startFunction = this.content('start', (cursor) => cursor.u32());
    // If the end of the module is missing, so is the code section.
    if (!outer) this.compareCounts(functionTypes.length);
    const problem = outer ?? this.problem;
    return {
      sections: this.sections,
      types,
      imports,
      exports,
      functionTypes,
      memories,
      ...(startFunction !== undefined && { startFunction }),
      ...(problem && { problem }),
    };
  }

  private list<T>(name: SectionName, item: (cursor: Cursor) => T): readonly T[] {
    return this.content(name, (cursor) => cursor.list(() => item(cursor))) ?? [];
  }

  /** Undefined when there is no such section, or it is damaged. */
  private content<T>(name: SectionName, read: (cursor: Cursor) => T): T | undefined {
    let value: T | undefined;
    const problem = catchMalformed(() => {
      const cursor = this.cursor(name);
      if (!cursor) return;
      const content = read(cursor);
      if (!cursor.isAtEnd) throw new MalformedWasm(cursor.at, `the ${name} section has bytes left over`);
      value = content;
    });
    this.problem ??= problem && { at: problem.at, reason: `${problem.reason} (in the ${name} section)` };
    return value;
  }

  private cursor(name: SectionName): Cursor | undefined {
    const [section, second] = this.sections.filter(({ id }) => id === sectionId(name));
    if (second) throw new MalformedWasm(second.start, 'there is a second one');
    return section && new Cursor(this.bytes, section.start, section.start + section.bytes);
  }

  private compareCounts(announced: number): void {
    const problem = catchMalformed(() => {
      const cursor = this.cursor('code');
      const at = cursor?.at ?? this.bytes.length;
      const bodies = cursor?.u32() ?? 0;
      if (bodies !== announced)
        throw new MalformedWasm(at, `${announced} functions are announced, but ${bodies} are there`);
    });
    this.problem ??= problem;
  }
}
