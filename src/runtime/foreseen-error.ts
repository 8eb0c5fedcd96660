/** The error that every worker ends with, as far as the outline of the module shows it. */
import { findComputedConstant } from '../wasm/computed-constants.ts';
import { Cursor } from '../wasm/cursor.ts';
import type { WasmModule } from '../wasm/module.ts';
import type { PostMvpUse } from '../wasm/post-mvp.ts';
import { catchMalformed, type SectionName, sectionId } from '../wasm/sections.ts';

export interface ForeseenError {
  readonly tag: 'Prevalidation' | 'Preparation';
  /** As the worker writes it, to its end or to what it depends on. Empty: `PostMvpUse` has the cause. */
  readonly text: string;
  /** Offset in the module. */
  readonly offset?: number;
}

/** In the order of the worker: it parses, exports the memory, and compiles. */
export function foreseeError(
  raw: Uint8Array,
  module: WasmModule,
  postMvp: PostMvpUse | undefined,
): ForeseenError | undefined {
  if (postMvp) return { tag: 'Prevalidation', text: '', offset: postMvp.offset };
  if (module.problem) return undefined;
  const importsOf = (kind: string) => module.imports.filter((entry) => entry.kind === kind).length;
  const ownMemories = countOf(raw, module, 'memory');
  if (importsOf('memory') > 0 && ownMemories !== undefined) {
    return { tag: 'Preparation', text: `Other("can't convert a memory import into an export` };
  }
  if (importsOf('memory') + (ownMemories ?? 0) > 1) return compilerError('multiple memories');
  if (importsOf('table') + (countOf(raw, module, 'table') ?? 0) > 1) return compilerError('multiple tables');
  const repeated = firstRepeated(module.exports.map(({ name }) => name));
  if (repeated !== undefined) return compilerError('duplicate export name');
  if (hasWrongStartType(module)) return compilerError('invalid start function type');
  const computed = findComputedConstant(raw, module.sections);
  return computed === undefined ? undefined : compilerError('constant expression required', computed);
}

function compilerError(text: string, offset?: number): ForeseenError {
  const whole = `Other("cannot precompile module: failed to parse WebAssembly module: ${text}`;
  return { tag: 'Preparation', text: whole, ...(offset !== undefined && { offset }) };
}

/** A start function has neither parameters nor results. */
function hasWrongStartType({ startFunction, imports, functionTypes, types }: WasmModule): boolean {
  if (startFunction === undefined) return false;
  const imported = imports.filter(({ kind }) => kind === 'function');
  const own = functionTypes[startFunction - imported.length];
  const type = startFunction < imported.length ? imported[startFunction]?.type : own === undefined ? own : types[own];
  return type === undefined || type.params.length + type.results.length > 0;
}

function firstRepeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}

/** Undefined without such a section, even an empty one. */
function countOf(raw: Uint8Array, { sections }: WasmModule, name: SectionName): number | undefined {
  const section = sections.find(({ id }) => id === sectionId(name));
  let count: number | undefined;
  catchMalformed(() => {
    count = section && new Cursor(raw, section.start, section.start + section.bytes).u32();
  });
  return count;
}
