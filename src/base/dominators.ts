/** Dominators of a graph, by the algorithm of Lengauer and Tarjan: its time is bounded for any graph, also a made one. */
import { type Graph, reversed } from './graph.ts';

export interface DominatorTree {
  /** The nodes that the root reaches, each after its dominator. */
  readonly order: Int32Array;
  /** The closest dominator of each node. `NONE` for the root and for nodes that it does not reach. */
  readonly dominators: Int32Array;
}

export const NONE = -1;

/** Node A dominates node B when every path from the root to B goes through A. */
export function dominatorTree(graph: Graph, root: number): DominatorTree {
  const search = depthFirst(graph, root);
  const { order } = search;
  const byNumber = immediateDominators(graph, search);
  const dominators = new Int32Array(graph.nodes).fill(NONE);
  for (let number = 1; number < order.length; number += 1) {
    dominators[order[number] as number] = order[byNumber[number] as number] as number;
  }
  return { order, dominators };
}

/** The sum of the weights of each node and all nodes that it dominates. Zero for nodes that the root does not reach. */
export function retainedWeights({ order, dominators }: DominatorTree, weights: ArrayLike<number>): Float64Array {
  const retained = new Float64Array(dominators.length);
  for (let at = order.length - 1; at >= 0; at -= 1) {
    const node = order[at] as number;
    const total = (retained[node] as number) + (weights[node] ?? 0);
    retained[node] = total;
    const dominator = dominators[node] as number;
    if (dominator !== NONE) retained[dominator] = (retained[dominator] as number) + total;
  }
  return retained;
}

interface Search {
  /** The reached nodes in the order of the search. A node's number is its place here. */
  readonly order: Int32Array;
  /** `NONE` for nodes that are not reached. */
  readonly numbers: Int32Array;
  /** The number of the parent of each number. */
  readonly parents: Int32Array;
}

function depthFirst({ nodes, starts, targets }: Graph, root: number): Search {
  const order = new Int32Array(nodes);
  const numbers = new Int32Array(nodes).fill(NONE);
  const parents = new Int32Array(nodes);
  /** The path from the root, as numbers, and the next edge of each node on it. */
  const path = new Int32Array(nodes);
  const edges = starts.slice(0, nodes);
  let count = 0;
  let depth = 0;
  const enter = (node: number, parent: number) => {
    numbers[node] = count;
    order[count] = node;
    parents[count] = parent;
    path[depth] = count;
    count += 1;
    depth += 1;
  };
  enter(root, 0);
  while (depth > 0) {
    const number = path[depth - 1] as number;
    const node = order[number] as number;
    const edge = edges[node] as number;
    if (edge === starts[node + 1]) {
      depth -= 1;
      continue;
    }
    edges[node] = edge + 1;
    const target = targets[edge] as number;
    if (numbers[target] === NONE) enter(target, number);
  }
  return { order: order.subarray(0, count), numbers, parents };
}

/** By numbers of the search, as everything below. */
function immediateDominators(graph: Graph, { order, numbers, parents }: Search): Int32Array {
  const { starts, targets: sources } = reversed(graph);
  const count = order.length;
  const semi = new Int32Array(count);
  for (let number = 0; number < count; number += 1) semi[number] = number;
  const dominators = new Int32Array(count);
  const forest = new Forest(semi);
  /** Lists of the numbers with the same semidominator: the first, and what follows each. */
  const firsts = new Int32Array(count).fill(NONE);
  const nexts = new Int32Array(count).fill(NONE);
  for (let number = count - 1; number > 0; number -= 1) {
    const node = order[number] as number;
    for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
      const source = numbers[sources[edge] as number] as number;
      if (source === NONE) continue;
      const candidate = semi[forest.best(source)] as number;
      if (candidate < (semi[number] as number)) semi[number] = candidate;
    }
    const own = semi[number] as number;
    nexts[number] = firsts[own] as number;
    firsts[own] = number;
    const parent = parents[number] as number;
    forest.link(parent, number);
    for (let member = firsts[parent] as number; member !== NONE; member = nexts[member] as number) {
      const best = forest.best(member);
      dominators[member] = (semi[best] as number) < (semi[member] as number) ? best : parent;
    }
    firsts[parent] = NONE;
  }
  for (let number = 1; number < count; number += 1) {
    const dominator = dominators[number] as number;
    if (dominator !== semi[number]) dominators[number] = dominators[dominator] as number;
  }
  return dominators;
}

/** The forest of the algorithm, with path compression. */
class Forest {
  readonly #ancestors: Int32Array;
  readonly #labels: Int32Array;
  readonly #path: Int32Array;

  constructor(private readonly semi: Int32Array) {
    this.#ancestors = new Int32Array(semi.length).fill(NONE);
    this.#labels = semi.slice();
    this.#path = new Int32Array(semi.length);
  }

  link(parent: number, child: number): void {
    this.#ancestors[child] = parent;
  }

  /** The one with the smallest semidominator on the way up to the root of its tree, without that root. */
  best(start: number): number {
    if (this.#ancestors[start] === NONE) return start;
    this.#compress(start);
    return this.#labels[start] as number;
  }

  #compress(start: number): void {
    const ancestors = this.#ancestors;
    const labels = this.#labels;
    let length = 0;
    for (let at = start; ancestors[ancestors[at] as number] !== NONE; at = ancestors[at] as number) {
      this.#path[length] = at;
      length += 1;
    }
    for (length -= 1; length >= 0; length -= 1) {
      const at = this.#path[length] as number;
      const above = ancestors[at] as number;
      const label = labels[above] as number;
      if ((this.semi[label] as number) < (this.semi[labels[at] as number] as number)) labels[at] = label;
      ancestors[at] = ancestors[above] as number;
    }
  }
}
