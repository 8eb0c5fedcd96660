/**
 * Directed graphs in typed arrays: a runtime's call graph has a hundred thousand edges. Loops count up instead of iterating,
 * because most run once in a process, before the engine makes iterators fast.
 */

export interface Graph {
  readonly nodes: number;
  /** Where the edges of each node begin in `targets`. One more: the number of edges. */
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
}

/** Takes the edges of one node after the other. */
export class GraphBuilder {
  readonly #starts: Uint32Array;
  #targets: Uint32Array = new Uint32Array(1 << 14);
  #count = 0;
  #node = 0;
  /** The last node with an edge to each node, plus one. */
  readonly #lastSource: Uint32Array;

  constructor(readonly nodes: number) {
    this.#starts = new Uint32Array(nodes + 1);
    this.#lastSource = new Uint32Array(nodes);
  }

  /** Adds an edge of the present node. A second edge to the same target changes nothing, nor does one to a missing node. */
  add(target: number): void {
    const source = this.#node + 1;
    if (target >= this.nodes || this.#lastSource[target] === source) return;
    this.#lastSource[target] = source;
    if (this.#count === this.#targets.length) {
      const larger = new Uint32Array(this.#count * 2);
      larger.set(this.#targets);
      this.#targets = larger;
    }
    this.#targets[this.#count] = target;
    this.#count += 1;
  }

  /** Goes on to the next node. */
  next(): void {
    this.#node += 1;
    this.#starts[this.#node] = this.#count;
  }

  build(): Graph {
    while (this.#node < this.nodes) this.next();
    return { nodes: this.nodes, starts: this.#starts, targets: this.#targets.subarray(0, this.#count) };
  }
}

/** The same graph with every edge turned round. */
export function reversed({ nodes, starts, targets }: Graph): Graph {
  const turned = new Uint32Array(nodes + 1);
  for (let edge = 0; edge < targets.length; edge += 1) {
    const place = (targets[edge] as number) + 1;
    turned[place] = (turned[place] as number) + 1;
  }
  for (let node = 0; node < nodes; node += 1) {
    turned[node + 1] = (turned[node + 1] as number) + (turned[node] as number);
  }
  const next = turned.slice();
  const sources = new Uint32Array(targets.length);
  for (let node = 0; node < nodes; node += 1) {
    for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
      const target = targets[edge] as number;
      const at = next[target] as number;
      sources[at] = node;
      next[target] = at + 1;
    }
  }
  return { nodes, starts: turned, targets: sources };
}

/**
 * Marks the nodes that paths from `root` reach.
 * @param isRemoved marks nodes through which no path goes
 */
export function reachable({ nodes, starts, targets }: Graph, root: number, isRemoved?: Uint8Array): Uint8Array {
  const isReached = new Uint8Array(nodes);
  const open = new Uint32Array(nodes);
  let count = 0;
  const reach = (node: number) => {
    if (isReached[node] === 1 || isRemoved?.[node] === 1) return;
    isReached[node] = 1;
    open[count] = node;
    count += 1;
  };
  reach(root);
  while (count > 0) {
    count -= 1;
    const node = open[count] as number;
    for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
      reach(targets[edge] as number);
    }
  }
  return isReached;
}
