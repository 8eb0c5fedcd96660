import type { LimitId, LimitItem } from './report.ts';

/**
 * From which share of a limit on it counts as near. CPU time counts early, since the slowest validator decides and
 * may be several times slower than the machine at hand (polkadot PR 4270: 3 s on a good machine, over 10 s in the wild).
 */
const nearFrom: Record<LimitId, number> = {
  'code-size': 0.9,
  'raw-code-size': 0.9,
  'cpu-time': 0.5,
  memory: 0.8,
  'stored-bytes-budget': 0.95,
  'raw-bytes-budget': 0.95,
  'artifact-bytes-budget': 0.95,
  'cpu-time-budget': 0.95,
  'memory-budget': 0.95,
};

/** One limit and how much of it is used; nothing when either is not known. */
export function limitItem(id: LimitId, used: number | undefined, limit: number | undefined): LimitItem[] {
  if (used === undefined || limit === undefined || limit <= 0) return [];
  const ratio = used / limit;
  return [{ id, used, limit, ratio, level: levelOf(ratio, nearFrom[id]) }];
}

function levelOf(ratio: number, near: number): LimitItem['level'] {
  if (ratio > 1) return 'over';
  return ratio >= near ? 'near' : 'ok';
}
