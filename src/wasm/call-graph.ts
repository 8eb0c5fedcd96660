/** Which functions of a module call which. */
import { type Graph, GraphBuilder } from '../base/graph.ts';
import type { Calls } from './code-section.ts';
import type { ModuleContents } from './contents.ts';
import type { WasmModule } from './module.ts';
import type { FunctionType } from './types.ts';

/**
 * The nodes: each function, by its index in the function index space; then one node for each type, through which indirect
 * calls of that type go to every function of that type in a table; then the host, which calls exports and the start function.
 */
export interface CallGraph extends Graph {
  /** Functions of the index space. */
  readonly functions: number;
  /** The node of the host. */
  readonly host: number;
  /** Marks the functions in tables. What takes them from there is unknown. */
  readonly isInTable: Uint8Array;
}

/** @param calls of all bodies */
export function callGraph(
  module: WasmModule,
  contents: ModuleContents,
  { calls, ends, bodies: known }: Calls,
): CallGraph {
  const { importedFunctions: imported, bodies } = contents;
  const functions = imported + (bodies?.count ?? 0);
  const types = new TypeTable(module, imported);
  const host = functions + types.count;
  const builder = new GraphBuilder(host + 1);
  for (let index = 0; index < imported; index += 1) builder.next();
  let at = 0;
  for (let body = 0; body < known; body += 1) {
    const end = ends[body] as number;
    for (; at < end; at += 1) {
      const call = calls[at] as number;
      const index = call >>> 1;
      if ((call & 1) === 0) {
        if (index < functions) builder.add(index);
      } else {
        const type = types.ofIndex(index);
        if (type !== undefined) builder.add(functions + type);
      }
    }
    builder.next();
  }
  const isInTable = new Uint8Array(functions);
  const inTables: number[][] = Array.from({ length: types.count }, () => []);
  for (const { functions: elements } of contents.elements ?? []) {
    for (const index of elements) {
      if (index >= functions || isInTable[index] === 1) continue;
      isInTable[index] = 1;
      const type = types.ofFunction(index);
      if (type !== undefined) inTables[type]?.push(index);
    }
  }
  for (const targets of inTables) {
    for (const index of targets) builder.add(index);
    builder.next();
  }
  for (const { kind, index } of module.exports) if (kind === 'function' && index < functions) builder.add(index);
  const { startFunction } = module;
  if (startFunction !== undefined && startFunction < functions) builder.add(startFunction);
  return { ...builder.build(), functions, host, isInTable };
}

/** Numbers the types so that equal ones have one number, as indirect calls compare them. */
class TypeTable {
  readonly #numbers = new Map<string, number>();
  readonly #ofIndex: readonly number[];
  readonly #imported: readonly (number | undefined)[];
  readonly #functionTypes: readonly number[];

  constructor({ types, imports, functionTypes }: WasmModule, imported: number) {
    this.#ofIndex = types.map((type) => this.#number(type));
    const importedTypes = imports.filter(({ kind }) => kind === 'function').slice(0, imported);
    this.#imported = importedTypes.map(({ type }) => type && this.#number(type));
    this.#functionTypes = functionTypes;
  }

  get count(): number {
    return this.#numbers.size;
  }

  /** Undefined for a type that the module does not have. */
  ofIndex(index: number): number | undefined {
    return this.#ofIndex[index];
  }

  ofFunction(index: number): number | undefined {
    const imported = this.#imported.length;
    return index < imported ? this.#imported[index] : this.#ofIndex[this.#functionTypes[index - imported] ?? -1];
  }

  #number({ params, results }: FunctionType): number {
    const key = `${params.join()}>${results.join()}`;
    const known = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, known);
    return known;
  }
}
