/** What would go with a part of the code, and what keeps it. */
import { type DominatorTree, NONE, retainedWeights } from '../../base/dominators.ts';
import { reachable } from '../../base/graph.ts';
import type { KeptBy, RetainedSize } from '../../model/size-tree.ts';
import type { CallGraph } from '../../wasm/call-graph.ts';
import type { FunctionSizes } from './code-tree.ts';
import { type FunctionSymbols, UNNAMED } from './function-symbols.ts';
import type { Owners } from './owners.ts';
import { largestFirst } from './tree-node.ts';

/** Everything about the functions of a module, by their index in the function index space. */
export interface FunctionTable {
  readonly sizes: FunctionSizes;
  readonly named: FunctionSymbols;
  readonly graph: CallGraph;
  readonly tree: DominatorTree;
  readonly owners: Owners;
}

const MAX_CALLERS = 10;
/** More than one may have the name. */
const MAX_MATCHES = 5;

/** The owners and the functions that would save most, so many of each. */
export function largestRetained(table: FunctionTable, count: number): readonly RetainedSize[] {
  const { sizes, graph, owners } = table;
  const bytes = new Float64Array(owners.owners.length);
  owners.ofFunction.forEach((owner, index) => {
    if (owner >= 0) bytes[owner] = (bytes[owner] as number) + (sizes[index] ?? 0);
  });
  const largest = owners.owners.map(({ name, kind }, place) => ({ name, kind, place, bytes: bytes[place] ?? 0 }));
  // Each takes a walk through the graph, and a small owner keeps little.
  const parts = largestFirst(largest)
    .slice(0, count)
    .map(({ name, kind, place }) => removed(table, name, kind, (index) => owners.ofFunction[index] === place));
  const weights = retainedWeights(table.tree, sizes);
  const functions = [...sizes.keys()]
    .sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b)
    .slice(0, count)
    .map(
      (index): RetainedSize => ({
        name: nameOf(table, index),
        kind: 'function',
        functions: 1,
        bytes: sizes[index] as number,
        retainedBytes: weights[index] as number,
        inTable: graph.isInTable[index] as number,
      }),
    );
  return [...parts.sort((a, b) => b.retainedBytes - a.retainedBytes), ...functions];
}

/** Why the parts with that name are in the module. Empty when nothing has it. @param name a crate, a pallet or a function */
export function keptBy(table: FunctionTable, name: string): readonly KeptBy[] {
  return partsNamed(table, name).map(({ kind, label, isMember }) => {
    const size = removed(table, label, kind, isMember);
    const callers = callersOf(table, isMember);
    return {
      ...size,
      through: commonDominators(table, isMember).map((index) => nameOf(table, index)),
      callers: [...new Set(callers.map((index) => nameOf(table, index)))].slice(0, MAX_CALLERS),
      callerCount: callers.length,
    };
  });
}

interface Part {
  readonly kind: RetainedSize['kind'];
  readonly label: string;
  readonly isMember: (index: number) => boolean;
}

function partsNamed({ named, owners, sizes }: FunctionTable, name: string): readonly Part[] {
  const place = owners.owners.findIndex((owner) => owner.name === name);
  const owner = owners.owners[place];
  if (owner) return [{ kind: owner.kind, label: name, isMember: (index) => owners.ofFunction[index] === place }];
  const { symbols, ofFunction } = named;
  if (symbols.some(({ crate }) => crate === name)) {
    const isMember = (index: number) => symbols[ofFunction[index] ?? UNNAMED]?.crate === name;
    return [{ kind: 'crate', label: name, isMember }];
  }
  const bytes = new Float64Array(symbols.length);
  ofFunction.forEach((symbol, index) => {
    if (symbol !== UNNAMED) bytes[symbol] = (bytes[symbol] as number) + (sizes[index] ?? 0);
  });
  const all = symbols.map((symbol, at) => ({ name: symbol.name, at, bytes: bytes[at] as number }));
  const exact = all.filter((one) => one.name === name);
  const found = exact.length > 0 ? exact : all.filter((one) => one.name.includes(name));
  return largestFirst(found.filter((one) => one.bytes > 0))
    .slice(0, MAX_MATCHES)
    .map(({ name: label, at }) => ({ kind: 'function', label, isMember: (index) => ofFunction[index] === at }));
}

/** What the rest of the module would be without the functions. */
function removed(
  { sizes, graph, tree }: FunctionTable,
  name: string,
  kind: RetainedSize['kind'],
  isMember: (index: number) => boolean,
): RetainedSize {
  const isRemoved = new Uint8Array(graph.nodes);
  let functions = 0;
  let bytes = 0;
  let inTable = 0;
  for (let index = 0; index < sizes.length; index += 1) {
    if (!isMember(index) || sizes[index] === 0) continue;
    isRemoved[index] = 1;
    functions += 1;
    bytes += sizes[index] as number;
    inTable += graph.isInTable[index] as number;
  }
  const after = reachable(graph, graph.host, isRemoved);
  let retainedBytes = 0;
  for (let index = 0; index < sizes.length; index += 1) {
    // What nothing reaches goes with its own part alone.
    const isReached = tree.dominators[index] !== NONE;
    if (isRemoved[index] === 1 || (isReached && after[index] === 0)) retainedBytes += sizes[index] as number;
  }
  return { name, kind, functions, bytes, retainedBytes, inTable };
}

/** The functions outside of a part that call it, the largest first. */
function callersOf({ sizes, graph }: FunctionTable, isMember: (index: number) => boolean): readonly number[] {
  const { starts, targets, functions } = graph;
  const callers: number[] = [];
  for (let index = 0; index < functions; index += 1) {
    if (isMember(index)) continue;
    for (let edge = starts[index] as number; edge < (starts[index + 1] as number); edge += 1) {
      const target = targets[edge] as number;
      if (target >= functions || !isMember(target)) continue;
      callers.push(index);
      break;
    }
  }
  return callers.sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b);
}

/** The functions outside of a part that dominate all of it, the outermost first. */
function commonDominators({ graph, tree }: FunctionTable, isMember: (index: number) => boolean): readonly number[] {
  const members = new Uint8Array(graph.functions);
  let reached = 0;
  for (let index = 0; index < members.length; index += 1) {
    if (!isMember(index) || tree.dominators[index] === NONE) continue;
    members[index] = 1;
    reached += 1;
  }
  if (reached === 0) return [];
  const dominated = retainedWeights(tree, members);
  return [...tree.order.filter((node) => node < graph.functions && members[node] === 0 && dominated[node] === reached)];
}

function nameOf({ named }: FunctionTable, index: number): string {
  return named.symbols[named.ofFunction[index] ?? UNNAMED]?.name ?? `function ${index}`;
}
