/**
 * Whose code each function is: a pallet's or that of a crate of the team's own. Generic code and library code go to the one
 * that they exist for, as far as names and calls tell.
 */
import { type DominatorTree, NONE } from '../../base/dominators.ts';
import { type Graph, reversed } from '../../base/graph.ts';
import type { CallGraph } from '../../wasm/call-graph.ts';
import { isOwnCrate, isPallet } from '../symbols/crate-kind.ts';
import { runtimeCrateOf } from '../symbols/runtime-crate.ts';
import type { FunctionSymbol } from '../symbols/symbols.ts';
import type { FunctionSymbols } from './function-symbols.ts';

export interface Owner {
  readonly name: string;
  readonly kind: 'pallet' | 'crate';
}

export interface Owners {
  readonly owners: readonly Owner[];
  /** For each function of the index space its place in `owners`. `UNOWNED` where names and calls don't tell. */
  readonly ofFunction: Int32Array;
}

export const UNOWNED = -1;

/**
 * In this order: the crate of a function, the crates that its types name, the owner of most of its callers, and the closest
 * function through which all calls of it come.
 */
export function findOwners(functions: FunctionSymbols, graph: CallGraph, tree: DominatorTree): Owners {
  const table = new OwnerTable(functions.symbols);
  const named = ownersByName(functions, table);
  const owners = new Int32Array(graph.nodes).fill(UNOWNED);
  owners.set(named);
  ownersByCallers(owners, graph, tree, table.runtime);
  for (const node of tree.order) {
    if (node < graph.functions && owners[node] === UNOWNED) owners[node] = ownerOfDominator(node, tree, named);
  }
  return { owners: table.owners, ofFunction: owners.subarray(0, graph.functions) };
}

class OwnerTable {
  readonly owners: Owner[] = [];
  readonly #places = new Map<string, number>();
  readonly #runtimeCrate: string | undefined;

  constructor(symbols: readonly FunctionSymbol[]) {
    this.#runtimeCrate = runtimeCrateOf(symbols);
  }

  /** The place of the runtime's own crate. */
  get runtime(): number {
    return this.#runtimeCrate === undefined ? UNOWNED : this.#place(this.#runtimeCrate);
  }

  /** A pallet is more telling than the team's crates, and those more than the runtime itself, which most types mention. */
  of({ crate, mentions }: FunctionSymbol): number {
    const own = crate === undefined ? UNOWNED : this.#place(crate);
    if (own !== UNOWNED) return own;
    let best = UNOWNED;
    for (const mention of mentions) {
      const place = this.#place(mention);
      if (place === UNOWNED) continue;
      if (this.owners[place]?.kind === 'pallet') return place;
      if (best === UNOWNED || best === this.runtime) best = place;
    }
    return best;
  }

  #place(crate: string): number {
    let place = this.#places.get(crate);
    if (place !== undefined) return place;
    const kind = isPallet(crate) ? 'pallet' : isOwnCrate(crate, this.#runtimeCrate) ? 'crate' : undefined;
    place = kind === undefined ? UNOWNED : this.owners.push({ name: crate, kind }) - 1;
    this.#places.set(crate, place);
    return place;
  }
}

function ownersByName({ symbols, ofFunction }: FunctionSymbols, table: OwnerTable): Int32Array {
  const ofSymbol = Int32Array.from(symbols, (symbol) => table.of(symbol));
  return ofFunction.map((symbol) => ofSymbol[symbol] ?? UNOWNED);
}

/** The share of the callers that must have an owner. The surest decisions come first, because others follow from them. */
const quorums = [1, 0.5, 0];
/** The share of the callers with an owner that must have the same one. */
const MAJORITY = 2 / 3;
/** Only hostile graphs need more. */
const MAX_ROUNDS = 50;

function ownersByCallers(owners: Int32Array, graph: CallGraph, { order }: DominatorTree, runtime: number): void {
  const callers = reversed(graph);
  const votes = new Votes(runtime);
  let open = order.filter((node) => owners[node] === UNOWNED && node !== graph.host);
  for (const quorum of quorums) {
    for (let round = 0, before = -1; round < MAX_ROUNDS && open.length !== before; round += 1) {
      before = open.length;
      for (const node of open) owners[node] = votes.ownerOf(node, callers, owners, quorum);
      open = open.filter((node) => owners[node] === UNOWNED);
    }
  }
}

/** The owners of a function's callers. */
class Votes {
  /** By place of the owner. */
  readonly #counts = new Map<number, number>();

  constructor(private readonly runtime: number) {}

  ownerOf(node: number, { starts, targets }: Graph, owners: Int32Array, quorum: number): number {
    const counts = this.#counts;
    counts.clear();
    let callers = 0;
    let owned = 0;
    for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
      const caller = targets[edge] as number;
      if (caller === node) continue;
      callers += 1;
      const owner = owners[caller] as number;
      if (owner === UNOWNED) continue;
      owned += 1;
      counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    if (owned === 0 || owned < quorum * callers) return UNOWNED;
    // The runtime's crate puts the others together, so it calls everything. It counts when nothing else does.
    if (counts.size > 1) {
      owned -= counts.get(this.runtime) ?? 0;
      counts.delete(this.runtime);
    }
    for (const [owner, count] of counts) if (count >= MAJORITY * owned) return owner;
    return UNOWNED;
  }
}

/** All calls of the function come through its dominators. */
function ownerOfDominator(node: number, { dominators }: DominatorTree, named: Int32Array): number {
  for (let at = dominators[node] as number; at !== NONE; at = dominators[at] as number) {
    const owner = named[at];
    if (owner !== undefined && owner !== UNOWNED) return owner;
  }
  return UNOWNED;
}
