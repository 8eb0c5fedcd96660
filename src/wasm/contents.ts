/** The larger parts of a module: function bodies, segments and names. `module.ts` reads the others. */
import { Cursor, MalformedWasm } from './cursor.ts';
import { type FunctionBodies, readFunctionBodies } from './function-bodies.ts';
import type { WasmModule } from './module.ts';
import { type NameSection, readNameSection } from './name-section.ts';
import { catchMalformed, type ModuleProblem, type Section, type SectionName, sectionId } from './sections.ts';
import { type DataSegment, type ElementSegment, readDataSegments, readElementSegments } from './segments.ts';

/** An absent part is missing in the module, or damaged. */
export interface ModuleContents {
  /** Imported functions come first in the function index space. */
  readonly importedFunctions: number;
  readonly bodies?: FunctionBodies;
  readonly elements?: readonly ElementSegment[];
  readonly data?: readonly DataSegment[];
  readonly names?: NameSection;
  /** The first damage in these parts. Damage in names is none: no engine reads them. */
  readonly problem?: ModuleProblem;
}

/** Never throws. */
export function readContents(bytes: Uint8Array, { sections, imports }: WasmModule): ModuleContents {
  let first: ModuleProblem | undefined;
  const part = <T>(name: SectionName, read: (section: Section) => T): T | undefined => {
    const [section, second] = sections.filter(({ id }) => id === sectionId(name));
    let value: T | undefined;
    const problem = catchMalformed(() => {
      if (second) throw new MalformedWasm(second.start, 'the section is duplicate');
      if (section) value = read(section);
    });
    first ??= problem && { at: problem.at, reason: `${problem.reason} (in the ${name} section)` };
    return value;
  };
  const segments = <T>(name: SectionName, read: (cursor: Cursor) => T) =>
    part(name, (section) => {
      const cursor = new Cursor(bytes, section.start, section.start + section.bytes);
      const content = read(cursor);
      if (!cursor.isAtEnd) throw new MalformedWasm(cursor.at, `the ${name} section has trailing bytes`);
      return content;
    });
  const importedFunctions = imports.filter(({ kind }) => kind === 'function').length;
  const bodies = part('code', (section) => readFunctionBodies(bytes, section));
  const elements = segments('element', readElementSegments);
  const data = segments('data', readDataSegments);
  const names = readNameSection(bytes, sections, importedFunctions + (bodies?.count ?? 0));
  return {
    importedFunctions,
    ...(bodies && { bodies }),
    ...(elements && { elements }),
    ...(data && { data }),
    ...(names && { names }),
    ...(first && { problem: first }),
  };
}
