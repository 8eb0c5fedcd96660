/**
 * Whose code each function is: a pallet's or that of a crate of the team's own. Generic code and library code go to the one
 * that they exist for, as far as names and calls tell. The rules, the surest first:
 *
 * 1. The crate of the function is an owner, or one that its types name (`byName` of `OwnerTable`).
 * 2. All its callers have an owner, and more than half of them the same. What follows from that follows at once.
 * 3. The library is in runtimes for one purpose (`purposes.ts`).
 * 4. At least half of its callers have an owner, and more than half of these the same.
 * 5. All calls of it come through a function with an owner: the closest one.
 *
 * The rest serves several owners alike, or is called through tables alone, and stays without an owner.
 */
import type { DominatorTree } from '../../base/dominators.ts';
import { type Graph, reversed } from '../../base/graph.ts';
import type { CallGraph } from '../../wasm/call-graph.ts';
import type { FunctionSymbol } from '../symbols/symbols.ts';
import type { FunctionSymbols } from './function-symbols.ts';
import { type Owner, OwnerTable, UNOWNED } from './owner-table.ts';

export interface Owners {
  readonly owners: readonly Owner[];
  /** For each function of the index space its place in `owners`. `UNOWNED` where names and calls don't tell. */
  readonly ofFunction: Int32Array;
}

export function findOwners(functions: FunctionSymbols, graph: CallGraph, tree: DominatorTree): Owners {
  const table = new OwnerTable(functions.symbols);
  const owners = new Int32Array(graph.nodes).fill(UNOWNED);
  ownersBySymbol(owners, functions, (symbol) => table.byName(symbol));
  const votes = new Votes(reversed(graph), owners, table);
  ownersByCallers(owners, graph, tree, votes, ALL);
  ownersBySymbol(owners, functions, (symbol) => table.byPurpose(symbol));
  // What the new owners decide for sure comes before what is likely.
  ownersByCallers(owners, graph, tree, votes, ALL);
  ownersByCallers(owners, graph, tree, votes, HALF);
  ownersByDominators(owners, tree);
  return { owners: table.owners, ofFunction: owners.subarray(0, graph.functions) };
}

/** Fills in `owners`, as the functions below. */
function ownersBySymbol(
  owners: Int32Array,
  { symbols, ofFunction }: FunctionSymbols,
  ownerOf: (symbol: FunctionSymbol) => number,
): void {
  const ofSymbol = symbols.map(ownerOf);
  for (let index = 0; index < ofFunction.length; index += 1) {
    if (owners[index] === UNOWNED) owners[index] = ofSymbol[ofFunction[index] as number] ?? UNOWNED;
  }
}

/** The share of the callers that must have an owner. */
const ALL = 1;
const HALF = 1 / 2;
/** More than this share of the callers with an owner must have the same one. */
const MAJORITY = 1 / 2;
/** Real call graphs settle in a few rounds. Made ones could take one for each function. */
const MAX_ROUNDS = 16;

function ownersByCallers(
  owners: Int32Array,
  graph: CallGraph,
  { order }: DominatorTree,
  votes: Votes,
  quorum: number,
): void {
  const { starts, targets, functions } = graph;
  const isWaiting = new Uint8Array(functions);
  /** Each function waits once at most. */
  let waiting = new Int32Array(functions);
  let next = new Int32Array(functions);
  let count = 0;
  for (let at = 0; at < order.length; at += 1) {
    const node = order[at] as number;
    // Calls through tables may reach any function of their type, so they give no owner.
    if (node >= functions || owners[node] !== UNOWNED) continue;
    waiting[count] = node;
    count += 1;
    isWaiting[node] = 1;
  }
  for (let round = 0; round < MAX_ROUNDS && count > 0; round += 1) {
    let more = 0;
    for (let at = 0; at < count; at += 1) {
      const node = waiting[at] as number;
      isWaiting[node] = 0;
      const owner = votes.ownerOf(node, quorum);
      if (owner === UNOWNED) continue;
      owners[node] = owner;
      for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
        const target = targets[edge] as number;
        if (target >= functions || owners[target] !== UNOWNED || isWaiting[target] === 1) continue;
        isWaiting[target] = 1;
        next[more] = target;
        more += 1;
      }
    }
    [waiting, next] = [next, waiting];
    count = more;
  }
}

/** The owners of a function's callers. */
class Votes {
  readonly #runtime: number;
  readonly #counts: Uint32Array;
  /** The owners with votes. */
  readonly #voted: Int32Array;

  /** @param table complete, as `byName` has seen all symbols */
  constructor(
    private readonly callers: Graph,
    private readonly owners: Int32Array,
    table: OwnerTable,
  ) {
    this.#runtime = table.runtime;
    this.#counts = new Uint32Array(table.owners.length);
    this.#voted = new Int32Array(table.owners.length);
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
      if (isEnough && count > MAJORITY * owned) winner = owner;
      counts[owner] = 0;
    }
    return winner;
  }
}

/** All calls of a function come through its dominators. The order has each after its own. */
function ownersByDominators(owners: Int32Array, { order, dominators }: DominatorTree): void {
  for (let at = 0; at < order.length; at += 1) {
    const node = order[at] as number;
    if (owners[node] === UNOWNED) owners[node] = owners[dominators[node] as number] ?? UNOWNED;
  }
}
