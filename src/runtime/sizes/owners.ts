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
  ownersByCallers(owners, graph, tree, table);
  for (let index = 0; index < graph.functions; index += 1) {
    if (owners[index] === UNOWNED) owners[index] = ownerOfDominator(index, tree, named);
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
  const ofSymbol = symbols.map((symbol) => table.of(symbol));
  return ofFunction.map((symbol) => ofSymbol[symbol] ?? UNOWNED);
}

/** The share of the callers that must have an owner. The surest decisions come first, because others follow from them. */
const quorums = [1, 0.5, 0];
/** The share of the callers with an owner that must have the same one. */
const MAJORITY = 2 / 3;

/** Fills in `owners`. */
function ownersByCallers(owners: Int32Array, graph: CallGraph, { order }: DominatorTree, table: OwnerTable): void {
  const votes = new Votes(reversed(graph), owners, table);
  const { starts, targets, host } = graph;
  const isWaiting = new Uint8Array(graph.nodes);
  /** Each node waits once at most. */
  let waiting = new Int32Array(graph.nodes);
  let next = new Int32Array(graph.nodes);
  for (const quorum of quorums) {
    let count = 0;
    for (let at = 0; at < order.length; at += 1) {
      const node = order[at] as number;
      if (owners[node] !== UNOWNED || node === host) continue;
      waiting[count] = node;
      count += 1;
      isWaiting[node] = 1;
    }
    while (count > 0) {
      let more = 0;
      for (let at = 0; at < count; at += 1) {
        const node = waiting[at] as number;
        isWaiting[node] = 0;
        const owner = votes.ownerOf(node, quorum);
        if (owner === UNOWNED) continue;
        owners[node] = owner;
        for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
          const target = targets[edge] as number;
          if (owners[target] !== UNOWNED || isWaiting[target] === 1) continue;
          isWaiting[target] = 1;
          next[more] = target;
          more += 1;
        }
      }
      [waiting, next] = [next, waiting];
      count = more;
    }
  }
}

/** The owners of a function's callers. */
class Votes {
  readonly #counts: Uint32Array;
  /** The owners with votes. */
  readonly #voted: Int32Array;
  readonly #runtime: number;

  constructor(
    private readonly callers: Graph,
    private readonly owners: Int32Array,
    { owners: { length }, runtime }: OwnerTable,
  ) {
    this.#counts = new Uint32Array(length);
    this.#voted = new Int32Array(length);
    this.#runtime = runtime;
  }

  ownerOf(node: number, quorum: number): number {
    const { starts, targets } = this.callers;
    const counts = this.#counts;
    const voted = this.#voted;
    let callers = 0;
    let owned = 0;
    let different = 0;
    for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
      const caller = targets[edge] as number;
      if (caller === node) continue;
      callers += 1;
      const owner = this.owners[caller] as number;
      if (owner === UNOWNED) continue;
      owned += 1;
      if (counts[owner] === 0) {
        voted[different] = owner;
        different += 1;
      }
      counts[owner] = (counts[owner] as number) + 1;
    }
    const isEnough = owned > 0 && owned >= quorum * callers;
    // The runtime's crate puts the others together, so it calls everything. It counts when nothing else does.
    if (different > 1 && this.#runtime !== UNOWNED) {
      owned -= counts[this.#runtime] as number;
      counts[this.#runtime] = 0;
    }
    let winner = UNOWNED;
    for (let at = 0; at < different; at += 1) {
      const owner = voted[at] as number;
      const count = counts[owner] as number;
      if (isEnough && count > 0 && count >= MAJORITY * owned) winner = owner;
      counts[owner] = 0;
    }
    return winner;
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
