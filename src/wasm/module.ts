/** A tolerant reader of wasm modules: of a damaged one it gives what can be read, and says where the damage is. */
import { Cursor, Malformed } from './cursor.ts';
import { catchMalformed, type ModuleProblem, readSections, SECTION_NAMES, type Section } from './sections.ts';
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
  /** For each function defined in the module, the index of its type. */
  readonly functionTypes: readonly number[];
  /** Defined in the module, not imported. */
  readonly memories: readonly MemoryType[];
  /** Index of the start function. */
  readonly startFunction?: number;
  /** The first damage; a section that was damaged gives nothing, the others are read all the same. */
  readonly problem?: ModuleProblem;
}

/** Never throws. Functions' bodies are not looked into. */
export function readModule(bytes: Uint8Array): WasmModule {
  const { sections, problem } = readSections(bytes);
  return new ModuleReader(bytes, sections).read(problem);
}

/** The bytes of the first custom section of that name. */
export function customSection(module: Uint8Array, sections: readonly Section[], name: string): Uint8Array | undefined {
  const section = sections.find((candidate) => candidate.id === 0 && candidate.name === name);
  return section && module.subarray(section.start, section.start + section.bytes);
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
    // Where sections are missing at the end, so is the code.
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

  private list<T>(name: string, item: (cursor: Cursor) => T): readonly T[] {
    return this.content(name, (cursor) => cursor.list(() => item(cursor))) ?? [];
  }

  /** `undefined`: there is no such section, or it is damaged. */
  private content<T>(name: string, read: (cursor: Cursor) => T): T | undefined {
    let value: T | undefined;
    const problem = catchMalformed(() => {
      const cursor = this.cursor(name);
      if (!cursor) return;
      const content = read(cursor);
      if (!cursor.isAtEnd) throw new Malformed(cursor.at, `the ${name} section has bytes left over`);
      value = content;
    });
    this.problem ??= problem && { at: problem.at, reason: `${problem.reason} (in the ${name} section)` };
    return value;
  }

  private cursor(name: string): Cursor | undefined {
    const [section, second] = this.sections.filter(({ id }) => id !== 0 && SECTION_NAMES[id] === name);
    if (second) throw new Malformed(second.start, 'there is a second one');
    return section && new Cursor(this.bytes, section.start, section.start + section.bytes);
  }

  private compareCounts(announced: number): void {
    const problem = catchMalformed(() => {
      const cursor = this.cursor('code');
      const at = cursor?.at ?? this.bytes.length;
      const bodies = cursor?.u32() ?? 0;
      if (bodies !== announced)
        throw new Malformed(at, `${announced} functions are announced, but ${bodies} are there`);
    });
    this.problem ??= problem;
  }
}
