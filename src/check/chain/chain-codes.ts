/** The codes of a chain: who uses each, how large it is, and which of them this machine checks. */
import type { ChainPara, ChainReader } from '../../chain/chain-reader.ts';
import type { ShardSummary } from '../../model/report.ts';
import { listId, positionsOf, type Shard, type ShardItem } from '../shard.ts';

export interface ChainCode {
  readonly codeHash: string;
  /** As stored. Undefined: not known. */
  readonly bytes?: number;
}

/** One code of a parachain. Several may have the same code. */
export interface CodeUse {
  readonly para: ChainPara;
  readonly code: ChainPara['codes'][number];
}

export interface ChainCodes {
  /** In the order of the parachains, each with its current code first. */
  readonly uses: readonly CodeUse[];
  /** Each code once: those that this machine checks. */
  readonly own: readonly ChainCode[];
  /** Absent: this machine checks all. */
  readonly shard?: Shard & Pick<ShardSummary, 'list'>;
}

/** Reads at once. */
const READS = 8;

/** Rejects with `ChainError`, or the signal's reason. */
export async function listCodes(
  chain: ChainReader,
  shard: Shard | undefined,
  signal: AbortSignal,
): Promise<ChainCodes> {
  const paras = [...(await chain.paras())].sort((a, b) => a.id - b.id);
  const uses = paras.flatMap((para) => para.codes.map((code) => ({ para, code })));
  const hashes = [...new Set(uses.map(({ code }) => code.codeHash))];
  const codes = await inParallel(READS, hashes, async (codeHash): Promise<ChainCode> => {
    signal.throwIfAborted();
    const bytes = (await chain.codeSize?.(codeHash)) ?? (shard && (await chain.code(codeHash)).length);
    return { codeHash, ...(bytes !== undefined && { bytes }) };
  });
  if (shard === undefined) return { uses, own: codes };
  const items: ShardItem[] = codes.map(({ codeHash, bytes = 0 }) => ({ cost: bytes, key: codeHash }));
  const own = positionsOf(items, shard).flatMap((position) => codes[position] ?? []);
  return { uses, own, shard: { ...shard, list: listId(items) } };
}

/** Runs a task for each item, at most so many at once. The results are in the order of the items. Rejects with the first error. */
export async function inParallel<Item, Result>(
  atOnce: number,
  items: readonly Item[],
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const rest = items.entries();
  const work = async () => {
    for (const [at, item] of rest) results.set(at, await task(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return items.flatMap((_, at) => (results.has(at) ? [results.get(at) as Result] : []));
}
