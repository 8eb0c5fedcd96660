import type { SizeNode, Sizes } from '../../model/size-tree.ts';

/** The same sizes with the tree cut off below the crates, for reports that need no functions: a few hundred nodes at most. */
export function treeToCrates(sizes: Sizes): Sizes {
  return { ...sizes, tree: cutOff(sizes.tree) };
}

function cutOff(node: SizeNode): SizeNode {
  const isLeaf = node.kind === 'crate' || node.kind === 'unattributed';
  return { ...node, children: isLeaf ? [] : node.children.map(cutOff) };
}
