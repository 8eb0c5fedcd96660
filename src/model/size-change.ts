/** How the parts of a module grew from one build to another. */
import type { SizeNode, Sizes } from './size-tree.ts';
import { codeNodes } from './size-views.ts';

export interface SizeChange {
  readonly name: string;
  /** Bytes; 0 when the part is absent. */
  readonly was: number;
  readonly now: number;
}

/** What changed size, by the ways to divide a module. Each list has the largest change first. */
export interface Growth {
  readonly crates: readonly SizeChange[];
  readonly owners: readonly SizeChange[];
  /** Empty when a report has the sizes of its crates only. */
  readonly functions: readonly SizeChange[];
  /** Functions whose name, without its hash, and size did not change. 0 when a report has the sizes of its crates only. */
  readonly sameFunctions: number;
}

interface Sized {
  readonly name: string;
  readonly bytes: number;
}

/** The parts whose size changed, the largest change first. Adds up parts with the same name. */
export function sizeChanges(older: readonly Sized[], newer: readonly Sized[]): SizeChange[] {
  const was = bytesByName(older);
  const now = bytesByName(newer);
  return [...new Set([...now.keys(), ...was.keys()])]
    .map((name) => ({ name, was: was.get(name) ?? 0, now: now.get(name) ?? 0 }))
    .filter((change) => change.was !== change.now)
    .sort((a, b) => Math.abs(changeOf(b)) - Math.abs(changeOf(a)) || (a.name < b.name ? -1 : 1));
}

/** How many parts both have, with the same size. */
function sameParts(older: readonly Sized[], newer: readonly Sized[]): number {
  const was = bytesByName(older);
  return [...bytesByName(newer)].filter(([name, bytes]) => was.get(name) === bytes).length;
}

/** Bytes; negative for a part that shrank. */
export function changeOf({ was, now }: SizeChange): number {
  return now - was;
}

export function growthBetween(older: Sizes, newer: Sizes): Growth {
  const [olderFunctions, newerFunctions] = [functionsOf(older.tree), functionsOf(newer.tree)];
  const hasFunctions = olderFunctions.length > 0 && newerFunctions.length > 0;
  return {
    crates: sizeChanges(cratesOf(older.tree), cratesOf(newer.tree)),
    owners: sizeChanges(older.owners, newer.owners),
    functions: hasFunctions ? sizeChanges(olderFunctions, newerFunctions) : [],
    sameFunctions: sameParts(olderFunctions, newerFunctions),
  };
}

function cratesOf(tree: SizeNode): readonly SizeNode[] {
  return codeNodes(tree).filter(({ kind }) => kind === 'crate' || kind === 'unattributed');
}

/** Every function under its full path: `pallet_balances::pallet::Pallet<T>::transfer`. */
function functionsOf(tree: SizeNode): Sized[] {
  const found: Sized[] = [];
  const waiting = codeNodes(tree).map((node) => ({ node, name: node.name }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, name } = next;
    if (node.kind === 'function') found.push({ name, bytes: node.bytes });
    for (const child of node.children) waiting.push({ node: child, name: `${name}::${child.name}` });
  }
  return found;
}

function bytesByName(parts: readonly Sized[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { name, bytes } of parts) sums.set(name, (sums.get(name) ?? 0) + bytes);
  return sums;
}
