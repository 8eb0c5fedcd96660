import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dominatorTree, NONE, retainedWeights } from '../../../src/base/dominators.ts';
import { type Graph, GraphBuilder, reachable, reversed } from '../../../src/base/graph.ts';

function graphOf(nodes: number, edges: readonly (readonly [number, number])[]): Graph {
  const builder = new GraphBuilder(nodes);
  for (let node = 0; node < nodes; node += 1) {
    for (const [source, target] of edges) if (source === node) builder.add(target);
    builder.next();
  }
  return builder.build();
}

const graphs = fc.integer({ min: 1, max: 12 }).chain((nodes) => {
  const node = fc.nat(nodes - 1);
  return fc.array(fc.tuple(node, node), { maxLength: 30 }).map((edges) => graphOf(nodes, edges));
});

function without(graph: Graph, node: number): Uint8Array {
  const isRemoved = new Uint8Array(graph.nodes);
  isRemoved[node] = 1;
  return reachable(graph, 0, isRemoved);
}

describe('GraphBuilder', () => {
  it('drops second edges and edges to missing nodes', () => {
    const { starts, targets } = graphOf(3, [
      [0, 1],
      [0, 1],
      [0, 9],
      [2, 0],
    ]);
    assert.deepEqual(
      [[...starts], [...targets]],
      [
        [0, 1, 1, 2],
        [1, 0],
      ],
    );
  });
});

describe('reversed', () => {
  it('has the same edges the other way round, and twice reversed is the graph itself', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const back = reversed(reversed(graph));
        for (let node = 0; node < graph.nodes; node += 1) {
          const of = ({ starts, targets }: Graph) => targets.slice(starts[node], starts[node + 1]).sort();
          assert.deepEqual(of(back), of(graph));
        }
      }),
    );
  });
});

describe('dominatorTree', () => {
  it('finds the closest node without which another is not reached', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { dominators, order } = dominatorTree(graph, 0);
        const isReached = reachable(graph, 0);
        assert.equal(
          order.length,
          isReached.reduce((sum, one) => sum + one, 0),
        );
        for (let node = 0; node < graph.nodes; node += 1) {
          const all = [...order].filter(
            (other) => other !== node && isReached[node] === 1 && without(graph, other)[node] === 0,
          );
          const chain: number[] = [];
          for (let at = dominators[node] ?? NONE; at !== NONE; at = dominators[at] ?? NONE) chain.push(at);
          assert.deepEqual(chain.sort(), all.sort());
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes a path of a million nodes', () => {
    const nodes = 1_000_000;
    const starts = Uint32Array.from({ length: nodes + 1 }, (_, node) => Math.min(node, nodes - 1));
    const targets = Uint32Array.from({ length: nodes - 1 }, (_, node) => node + 1);
    const tree = dominatorTree({ nodes, starts, targets }, 0);
    assert.equal(tree.dominators[nodes - 1], nodes - 2);
    assert.equal(retainedWeights(tree, new Uint8Array(nodes).fill(1))[0], nodes);
  });
});

describe('retainedWeights', () => {
  it('is what the removal of the node saves', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const weights = Uint32Array.from({ length: graph.nodes }, (_, node) => node + 1);
        const retained = retainedWeights(dominatorTree(graph, 0), weights);
        const total = (isReached: Uint8Array) =>
          weights.reduce((sum, weight, node) => sum + weight * (isReached[node] ?? 0), 0);
        const all = reachable(graph, 0);
        for (let node = 0; node < graph.nodes; node += 1) {
          assert.equal(retained[node], all[node] === 0 ? 0 : total(all) - total(without(graph, node)));
        }
      }),
    );
  });
});
