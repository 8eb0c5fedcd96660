/** Splits a list between machines that know nothing of each other, the same way on each. */
import { cacheKey } from '../base/cache-key.ts';

/** One of `count` parts. `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface ShardItem {
  /** Relative cost, such as the bytes as stored. */
  readonly cost: number;
  /** The same on every machine: the code hash, with the path where several files may have the same code. */
  readonly key: string;
}

const MAX_SHARDS = 1000;

/** For messages: `give <rule>`. */
export const shardRule = `a part and the number of parts, from 1/1 to ${MAX_SHARDS}/${MAX_SHARDS}, such as 2/3`;

export function parseShard(text: string): Shard | undefined {
  const [, first = '', second = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(first), count: Number(second) };
  return shard.index >= 1 && shard.index <= shard.count && shard.count <= MAX_SHARDS ? shard : undefined;
}

/**
 * The positions of the items of one shard, ascending. The costliest item goes first, each to the shard that has the least so
 * far; so no shard has more than 4/3 of the least possible maximum (Graham 1969).
 */
export function positionsOf(items: readonly ShardItem[], { index, count }: Shard): readonly number[] {
  const loads = Array.from({ length: count }, (_, shard) => ({ shard, cost: 0, items: 0 }));
  const own: number[] = [];
  for (const at of byCost(items)) {
    // By the number of items too, so that items without a cost are spread.
    const least = loads.reduce((a, b) => (b.cost < a.cost || (b.cost === a.cost && b.items < a.items) ? b : a));
    least.cost += items[at]?.cost ?? 0;
    least.items += 1;
    if (least.shard === index - 1) own.push(at);
  }
  return own.sort((a, b) => a - b);
}

/** The same for every shard of the same list. 64 hex digits. */
export function listId(items: readonly ShardItem[]): string {
  return cacheKey(...items.map(({ key, cost }) => [key, cost]));
}

/** The positions, the costliest item first. Items with the same cost are in the order of their keys. */
export function byCost(items: readonly ShardItem[]): number[] {
  const compare = (a: ShardItem, b: ShardItem) => b.cost - a.cost || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  return items
    .map((item, at) => ({ item, at }))
    .sort((a, b) => compare(a.item, b.item) || a.at - b.at)
    .map(({ at }) => at);
}
