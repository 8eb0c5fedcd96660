import {
  formatBytes,
  formatBytesExactly,
  formatBytesRoughly,
  formatRatio,
  formatSeconds,
  formatSecondsRoughly,
} from '../../base/units.ts';
import { type FigureKinds, isEstimate } from '../../model/estimates.ts';
import type { Finding, LimitId, LimitItem } from '../../model/report.ts';

interface Wording {
  readonly what: string;
  readonly unit: 'bytes' | 'ms';
  readonly hint: string;
}

const budgetHint = 'The budget file holds this limit. Find out what grew before you raise it.';

const wordings: Record<LimitId, Wording> = {
  'code-size': {
    what: 'The blob as stored',
    unit: 'bytes',
    hint: 'The relay chain refuses code above max_code_size before any validator sees it. Register the .compact.compressed.wasm; wasm-builder 35 or newer compresses it by about a fifth better.',
  },
  'raw-code-size': {
    what: 'The code after decompression',
    unit: 'bytes',
    hint: 'Validators stop decompressing at this limit. Leave out what production does not need: logs (on-chain-release-build), genesis presets, try-runtime, unused pallets.',
  },
  'cpu-time': {
    what: 'CPU time of the preparation',
    unit: 'ms',
    hint: 'Slower validators need longer than this machine, and a third of them voting no is enough. Fewer or smaller functions cost less.',
  },
  memory: {
    what: 'Memory of the preparation',
    unit: 'bytes',
    hint: 'Above the limit the worker is stopped and the vote is no. The largest functions cost most.',
  },
  'stored-bytes-budget': { what: 'The blob as stored', unit: 'bytes', hint: budgetHint },
  'raw-bytes-budget': { what: 'The code after decompression', unit: 'bytes', hint: budgetHint },
  'artifact-bytes-budget': { what: 'The artifact', unit: 'bytes', hint: budgetHint },
  'cpu-time-budget': { what: 'CPU time of the preparation', unit: 'ms', hint: budgetHint },
  'memory-budget': { what: 'Memory of the preparation', unit: 'bytes', hint: budgetHint },
};

/** A finding for every limit that is near or over. @param stats tells what is an estimate */
export function limitFindings(items: readonly LimitItem[], stats?: FigureKinds): Finding[] {
  return items.filter(({ level }) => level !== 'ok').map((item) => finding(item, isEstimate(item.id, stats)));
}

function finding(item: LimitItem, estimated: boolean): Finding {
  const { id, used, limit, level } = item;
  const { what, unit, hint } = wordings[id];
  const isOver = level === 'over';
  const relation = isOver ? 'above' : 'near';
  return {
    id: `${isOver ? 'over' : 'near'}-limit-${id}`,
    severity: isOver ? 'error' : 'warning',
    message: `${what} is ${relation} its limit: ${estimated ? roughly(item, unit) : exactly(item, unit)}.`,
    hint,
    data: { used, limit, ...(estimated && { estimated }) },
  };
}

function exactly({ used, limit, ratio }: LimitItem, unit: Wording['unit']): string {
  const format = unit === 'bytes' ? formatBytesExactly : formatSeconds;
  return `${format(used)} of ${format(limit)}, ${formatRatio(ratio)}`;
}

function roughly({ used, limit, ratio }: LimitItem, unit: Wording['unit']): string {
  const [about, whole] =
    unit === 'bytes'
      ? [formatBytesRoughly(used), formatBytes(limit)]
      : [formatSecondsRoughly(used), formatSeconds(limit)];
  return `about ${about} of ${whole}, ~${Math.round(ratio * 100)} % (estimated)`;
}
