/** Items of two lists that belong together, and those without a partner. In the order of the lists. */
export interface PairedItems<T> {
  readonly pairs: readonly (readonly [older: T, newer: T])[];
  readonly added: readonly T[];
  readonly removed: readonly T[];
}

/**
 * Pairs items by name. Of the rest, pairs those for which `isRenamed` is true.
 * @param isRenamed is called for items of the same index only; absent: no item is renamed
 */
export function pairUp<T extends { readonly name: string; readonly index?: number }>(
  older: readonly T[],
  newer: readonly T[],
  isRenamed?: (was: T, now: T) => boolean,
): PairedItems<T> {
  const olderByName = new Map(older.map((item) => [item.name, item]));
  const newerNames = new Set(newer.map(({ name }) => name));
  const gone = older.filter(({ name }) => !newerNames.has(name));
  const goneByIndex = new Map(gone.map((item) => [item.index, item]));
  const pairs: (readonly [T, T])[] = [];
  const added: T[] = [];
  const renamed = new Set<T>();
  for (const item of newer) {
    const was = olderByName.get(item.name);
    const other = goneByIndex.get(item.index);
    if (was !== undefined) pairs.push([was, item]);
    else if (other !== undefined && !renamed.has(other) && isRenamed?.(other, item)) {
      renamed.add(other);
      pairs.push([other, item]);
    } else added.push(item);
  }
  return { pairs, added, removed: gone.filter((item) => !renamed.has(item)) };
}
