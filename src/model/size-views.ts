/** Views of a size tree: every face shows the same values. */
import type { CodeOwner, SizeNode, Sizes } from './size-tree.ts';

/** All instances of one item. */
export interface ItemSize {
  /** `crate::module::item` */
  readonly name: string;
  readonly bytes: number;
  /** Instances. */
  readonly functions: number;
}

/** The children of the code section that are crates, the largest first. */
export function crateNodes({ tree }: Pick<Sizes, 'tree'>): readonly SizeNode[] {
  return codeNodes(tree).filter(({ kind }) => kind === 'crate');
}

/** The children of the code section. */
export function codeNodes(tree: SizeNode): readonly SizeNode[] {
  return tree.children.find(({ kind, name }) => kind === 'section' && name === 'code')?.children ?? [];
}

export function sectionNodes({ tree }: Pick<Sizes, 'tree'>): readonly SizeNode[] {
  return tree.children.filter(({ kind }) => kind === 'section');
}

/** Pallets and crates of the team's own, the largest first. */
export function knownOwners({ owners }: Pick<Sizes, 'owners'>): readonly CodeOwner[] {
  return owners.filter(({ kind }) => kind !== 'unattributed');
}

/** The parts that took the compiler longest, the costliest first. Empty without costs. */
export function costliest<Part extends Pick<SizeNode, 'compileTimeMs'>>(
  parts: readonly Part[],
): readonly (Part & { readonly compileTimeMs: number })[] {
  return parts
    .flatMap((part) => (part.compileTimeMs === undefined ? [] : [{ ...part, compileTimeMs: part.compileTimeMs }]))
    .sort((a, b) => b.compileTimeMs - a.compileTimeMs);
}

/** Leaves out what is below the crates: a few hundred nodes remain of tens of thousands. */
export function withoutFunctions(sizes: Sizes): Sizes {
  const { tree } = sizes;
  const children = tree.children.map((section) =>
    section.name === 'code'
      ? { ...section, children: section.children.map((crate) => ({ ...crate, children: [] })) }
      : section,
  );
  return { ...sizes, tree: { ...tree, children } };
}

/** The largest items first. Empty when the tree ends at the crates. */
export function itemSizes({ tree }: Pick<Sizes, 'tree'>): readonly ItemSize[] {
  const items: ItemSize[] = [];
  collect(tree, '', items);
  return items.sort((a, b) => b.bytes - a.bytes);
}

/** What one instance in the place of all would save, about. */
export function copiedBytes({ bytes, functions }: ItemSize): number {
  return functions < 2 ? 0 : Math.round((bytes * (functions - 1)) / functions);
}

/** The items with the most copied code first. */
export function mostCopied(items: readonly ItemSize[]): readonly ItemSize[] {
  return items.filter(({ functions }) => functions > 1).sort((a, b) => copiedBytes(b) - copiedBytes(a));
}

function collect(node: SizeNode, prefix: string, items: ItemSize[]): void {
  const isNamed = node.kind === 'crate' || node.kind === 'module';
  const path = isNamed ? `${prefix}${node.name}::` : prefix;
  if (node.kind === 'function')
    items.push({ name: prefix + node.name, bytes: node.bytes, functions: node.functions ?? 1 });
  for (const child of node.children) collect(child, path, items);
}
