/** The vertical axis of a chart. */
import type { Unit } from '../../model/measures.ts';

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

/** Up to this factor above the values, a limit is worth the height that it takes. */
const LIMIT_FACTOR = 1.6;
const TICKS = 3;

/** Whether the axis reaches up to the limit. Otherwise the values would be a flat line far below it. */
export function reachesLimit(values: readonly number[], limit: number | undefined): limit is number {
  return limit !== undefined && limit <= Math.max(...values) * LIMIT_FACTOR;
}

/** @param values at least one */
export function scaleOf(values: readonly number[], limit: number | undefined, unit: Unit): Scale {
  const shown = reachesLimit(values, limit) ? [...values, limit] : values;
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const room = high - low || Math.max(Math.abs(high) * 0.1, 1);
  // An axis that starts at 0 says more, when it doesn't hide the changes.
  const start = low < 0.3 * high ? 0 : low - 0.15 * room;
  const step = niceStep((high + 0.15 * room - start) / TICKS, high, unit);
  const min = Math.max(0, Math.floor(start / step) * step);
  const max = Math.ceil((high + 0.08 * room) / step) * step;
  const count = Math.round((max - min) / step);
  return { min, max, ticks: Array.from({ length: count + 1 }, (_, at) => min + at * step) };
}

/** 1, 2 or 5 times a power of ten, in the unit that the labels have. */
function niceStep(rough: number, high: number, unit: Unit): number {
  const base = unit === 'bytes' ? 1024 ** Math.floor(Math.log(Math.max(high, 1)) / Math.log(1024)) : 1;
  const power = 10 ** Math.floor(Math.log10(rough / base));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power * base >= rough) ?? 10;
  return factor * power * base;
}
