import {
  formatBytes,
  formatBytesExactly,
  formatBytesRoughly,
  formatRatio,
  formatSeconds,
  formatSecondsRoughly,
} from '../base/units.ts';
import type { Delta } from './delta.ts';
import type { Amount, Figure } from './figures.ts';
import { limitOf, type Unit } from './measures.ts';
import type { LimitItem, Report } from './report.ts';

interface UnitFormat {
  readonly plain: (value: number) => string;
  /** Precise to the byte. */
  readonly exact: (value: number) => string;
  /** Two digits, for estimates and small spaces. */
  readonly rough: (value: number) => string;
}

export const unitFormats: Readonly<Record<Unit, UnitFormat>> = {
  bytes: { plain: formatBytes, exact: formatBytesExactly, rough: formatBytesRoughly },
  ms: { plain: formatSeconds, exact: formatSeconds, rough: formatSecondsRoughly },
};

/** `Stored size`, `Stored size budget`. */
export function figureLabel({ label, isBudget }: Pick<Figure, 'label' | 'isBudget'>): string {
  return isBudget ? `${label} budget` : label;
}

/** `14.21 MiB`, `23.11 s`, `about 35 s`. */
export function amountText({ unit, used, estimated }: Amount): string {
  const { plain, rough } = unitFormats[unit];
  return estimated ? `about ${rough(used)}` : plain(used);
}

/** `14.21 MiB`, `23.11 s`, `about 35 s (estimated)`. */
export function usedText(amount: Amount): string {
  return amount.estimated ? `${amountText(amount)} (estimated)` : amountText(amount);
}

/** `4.2 s`, `≈4.2 s`: two digits, for small spaces. */
export function shortAmountText({ unit, used, estimated }: Amount): string {
  return `${estimated ? '≈' : ''}${unitFormats[unit].rough(used)}`;
}

export function limitText({ unit, item }: Figure): string | undefined {
  return item === undefined ? undefined : unitFormats[unit].plain(item.limit);
}

export function ratioText({ estimated, item }: Figure): string | undefined {
  return item === undefined ? undefined : shareText(item, estimated);
}

/** `99.7 %`, `~76 %`. */
export function shareText({ ratio }: Pick<LimitItem, 'ratio'>, estimated: boolean): string {
  return estimated ? `~${Math.round(ratio * 100)} %` : formatRatio(ratio);
}

/** `+4.5 %`, `−4.5 %`, `=`; empty without a delta. */
export function deltaShareText(delta: Delta | undefined): string {
  if (delta === undefined) return '';
  return delta.direction === 'same' ? '=' : `${signOf(delta)}${formatRatio(delta.share)}`;
}

/** `+12.3 KiB (+1.2 %)`; undefined when nothing changed. */
export function deltaText(delta: Delta | undefined, unit: Unit): string | undefined {
  if (delta === undefined || delta.direction === 'same') return undefined;
  const change = unitFormats[unit].plain(Math.abs(delta.now - delta.was));
  return `${signOf(delta)}${change} (${deltaShareText(delta)})`;
}

export function signOf({ was, now }: Pick<Delta, 'was' | 'now'>): string {
  return now > was ? '+' : '−';
}

/** Returns the names of the figures over the profile's limits and over the budget. */
export function overruns(report: Report): { readonly limits: string[]; readonly budgets: string[] } {
  const over = report.limits.items.filter(({ level }) => level === 'over').map(({ id }) => limitOf(id));
  const names = (isBudget: boolean) =>
    over.filter((limit) => limit.isBudget === isBudget).map(({ measure }) => measure.name);
  return { limits: names(false), budgets: names(true) };
}

/** How many times slower a machine may be to just reach a limit of time: `1.8`. Rounded down. */
export function slowerFactor({ used, limit }: Pick<LimitItem, 'used' | 'limit'>): string {
  return (Math.floor((10 * limit) / used) / 10).toFixed(1);
}

/**
 * Returns how much slower a validator may be. Rounds down, because a slower validator votes against the PVF. Undefined
 * when the CPU time is unknown or the job timed out, so that the required time is unknown.
 */
export function headRoom(report: Report): string | undefined {
  const item = report.limits.items.find(({ id }) => id === 'cpu-time');
  if (item === undefined || item.used <= 0 || report.outcome?.kind === 'timed-out') return undefined;
  const estimated = report.stats?.cpuTimeIs === 'estimated';
  const factor = item.limit / item.used;
  if (factor < 1)
    return `${estimated ? 'about ' : ''}${(Math.ceil(10 / factor) / 10).toFixed(1)}× what validators grant`;
  const slower = factor >= 10 ? `${Math.min(Math.floor(factor), 100)}` : (Math.floor(factor * 10) / 10).toFixed(1);
  if (slower === '1.0') return 'a validator only a little slower would time out';
  return estimated
    ? `a validator about ${slower}× slower would still pass`
    : `a validator ${slower}× slower still passes`;
}
