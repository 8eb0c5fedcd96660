import {
  formatBytes,
  formatBytesExactly,
  formatBytesRoughly,
  formatRatio,
  formatSeconds,
  formatSecondsRoughly,
  type Rounding,
} from '../base/units.ts';
import type { Delta } from './delta.ts';
import type { Amount, Figure } from './figures.ts';
import { type LimitId, limitOf, type Unit } from './measures.ts';
import type { LimitItem, Report } from './report.ts';

interface UnitFormat {
  readonly plain: (value: number, rounding?: Rounding) => string;
  /** Precise to the byte. */
  readonly exact: (value: number, rounding?: Rounding) => string;
  /** Two digits, for estimates. */
  readonly rough: (value: number, rounding?: Rounding) => string;
}

export const unitFormats: Readonly<Record<Unit, UnitFormat>> = {
  bytes: { plain: formatBytes, exact: formatBytesExactly, rough: formatBytesRoughly },
  ms: { plain: formatSeconds, exact: formatSeconds, rough: formatSecondsRoughly },
};

/** `Stored size`, `Stored size budget`. */
export function figureLabel({ label, isBudget }: Pick<Figure, 'label' | 'isBudget'>): string {
  return isBudget ? `${label} budget` : label;
}

/** `14.21 MiB`, `23.11 s`, `≈35 s`. `≈` marks every estimate. Beside a limit, never rounds to the limit or across it. */
export function amountText({ unit, used, estimated, item }: Amount & Pick<Figure, 'item'>): string {
  const { plain, rough } = unitFormats[unit];
  const format = estimated ? rough : plain;
  const text = item === undefined ? format(used) : besideLimit(used, item.limit, format);
  return `${estimated ? '≈' : ''}${text}`;
}

/** Formats a value. 2.9999 MiB of 3 MiB is `2.99 MiB`. */
export function besideLimit(used: number, limit: number, format: UnitFormat['plain']): string {
  return format(used, roundingBeside(used, limit, format));
}

/** Rounds away from the limit where both would look alike. */
export function roundingBeside(used: number, limit: number, format: UnitFormat['plain']): Rounding {
  if (used === limit || format(used) !== format(limit)) return 'nearest';
  return used < limit ? 'down' : 'up';
}

export function limitText({ unit, item }: Figure): string | undefined {
  return item === undefined ? undefined : unitFormats[unit].plain(item.limit);
}

export function ratioText({ estimated, item }: Figure): string | undefined {
  return item === undefined ? undefined : shareText(item, estimated);
}

/** `99.7 %`, `≈76 %`. Says 100 % only for exactly the limit. */
export function shareText({ ratio }: Pick<LimitItem, 'ratio'>, estimated: boolean): string {
  if (!estimated) return formatRatio(ratio);
  const percent = Math.round(ratio * 100);
  if (ratio === 1) return '≈100 %';
  return `≈${ratio < 1 ? Math.min(percent, 99) : Math.max(percent, 101)} %`;
}

/** `2.99 MiB (3 135 113 B) of 3.00 MiB (3 145 728 B), 99.7 %`; `≈46 s of 60 s, ≈76 %` */
export function figuresBesideLimit({ id, used, limit, ratio }: LimitItem, estimated: boolean): string {
  const { plain, exact, rough } = unitFormats[limitOf(id).measure.unit];
  const share = shareText({ ratio }, estimated);
  if (estimated) return `≈${besideLimit(used, limit, rough)} of ${plain(limit)}, ${share}`;
  return `${exact(used, roundingBeside(used, limit, plain))} of ${exact(limit)}, ${share}`;
}

/** `+4.5 %`, `−4.5 %`, `=`, `no change within ±15 %`; empty without a delta. */
export function deltaShareText(delta: Delta | undefined): string {
  if (delta === undefined) return '';
  if (delta.direction === 'within-error') return withinErrorText(delta);
  if (delta.direction === 'same') return '=';
  // All digits of an inexact figure would look exact.
  return `${signOf(delta)}${delta.error === 0 ? formatRatio(delta.share) : `${Math.round(delta.share * 100)} %`}`;
}

/** `no change within ±15 %` */
function withinErrorText({ error }: Delta): string {
  return `no change within ±${Number((error * 100).toFixed(1))} %`;
}

/** `+12.3 KiB (+1.2 %)`, `no change within ±15 %`; undefined when nothing changed. */
export function deltaText(delta: Delta | undefined, unit: Unit): string | undefined {
  if (delta === undefined || delta.direction === 'same') return undefined;
  if (delta.direction === 'within-error') return withinErrorText(delta);
  const { plain, rough } = unitFormats[unit];
  const change = (delta.error === 0 ? plain : rough)(Math.abs(delta.now - delta.was));
  return `${signOf(delta)}${change} (${deltaShareText(delta)})`;
}

export function signOf({ was, now }: Pick<Delta, 'was' | 'now'>): string {
  return now > was ? '+' : '−';
}

/**
 * The level in one word. A preparation that takes half of the prep timeout is not near it, but `slow`: a slower validator
 * would fail.
 */
export function levelWord({ id, level }: Pick<LimitItem, 'id' | 'level'>): LimitItem['level'] | 'slow' {
  return level === 'near' && isTimeLimit(id) ? 'slow' : level;
}

/** The relay chain's limit of CPU time, which each validator reaches at its own speed. */
export function isTimeLimit(id: LimitId): boolean {
  const { measure, isBudget } = limitOf(id);
  return measure.kind === 'time' && !isBudget;
}

/** Returns the names of the figures over the profile's limits and over the budget. */
export function overruns(report: Report): { readonly limits: string[]; readonly budgets: string[] } {
  const over = report.limits.items.filter(({ level }) => level === 'over').map(({ id }) => limitOf(id));
  const names = (isBudget: boolean) =>
    over.filter((limit) => limit.isBudget === isBudget).map(({ measure }) => measure.name);
  return { limits: names(false), budgets: names(true) };
}

/** How much slower a machine must be to reach a limit of time: `1.8× slower`. Rounded down. */
export function howMuchSlower({ used, limit }: Pick<LimitItem, 'used' | 'limit'>): string {
  const factor = (Math.floor((10 * limit) / used) / 10).toFixed(1);
  return factor === '1.0' ? 'only a little slower' : `${factor}× slower`;
}

/** `a validator 1.8× slower would fail` */
export function slowerText(item: Pick<LimitItem, 'used' | 'limit'>): string {
  return `a validator ${howMuchSlower(item)} would fail`;
}

/** How many times the CPU time fits into its limit. Undefined when unknown, or when the job timed out. */
function cpuFactor(report: Report): number | undefined {
  const item = report.limits.items.find(({ id }) => id === 'cpu-time');
  if (item === undefined || item.used <= 0 || report.outcome?.kind === 'timed-out') return undefined;
  return item.limit / item.used;
}

/** `2.5×`, `≈35×`. Rounds down, because a slower validator votes against the PVF. Undefined when there is none. */
export function headRoomFactor(report: Report): string | undefined {
  const factor = cpuFactor(report);
  if (factor === undefined || factor < 1) return undefined;
  return `${report.stats?.cpuTimeIs === 'estimated' ? '≈' : ''}${roundedDown(factor)}×`;
}

function roundedDown(factor: number): string {
  return factor >= 10 ? `${Math.min(Math.floor(factor), 100)}` : (Math.floor(factor * 10) / 10).toFixed(1);
}

/** Returns how much slower a validator may be, as a sentence. Undefined when the required CPU time is unknown. */
export function headRoom(report: Report): string | undefined {
  const factor = cpuFactor(report);
  if (factor === undefined) return undefined;
  const estimated = report.stats?.cpuTimeIs === 'estimated';
  if (factor < 1) return `${estimated ? '≈' : ''}${(Math.ceil(10 / factor) / 10).toFixed(1)}× what validators grant`;
  if (roundedDown(factor) === '1.0') return 'a validator only a little slower would fail';
  const verb = estimated ? 'would still pass' : 'still passes';
  return `a validator ${headRoomFactor(report)} slower ${verb}`;
}
