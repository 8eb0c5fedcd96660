import { escapeInvisible } from '../base/text.ts';
import {
  formatBytes,
  formatBytesRoughly,
  formatRatio,
  formatSeconds,
  formatSecondsRoughly,
  groupDigits,
} from '../base/units.ts';
import type { Unit } from '../model/measures.ts';

const MAX_NAME = 300;

/** A name from a blob, on one line, clipped, and without characters that change how the text around it is shown. */
export function shownName(name: string): string {
  const line = escapeInvisible(name.slice(0, MAX_NAME)).replaceAll('\n', '\\n');
  return name.length > MAX_NAME ? `${line}…` : line;
}

export function amount(value: number, unit: Unit): string {
  return unit === 'bytes' ? formatBytes(value) : formatSeconds(value);
}

/** `≈35 s`: two digits, because estimates must not look measured. */
export function estimate(value: number, unit: Unit): string {
  return `≈${unit === 'bytes' ? formatBytesRoughly(value) : formatSecondsRoughly(value)}`;
}

/** `+12.3 KiB`, `−1.2 s`, `=` */
export function change(was: number, now: number, unit: Unit): string {
  if (was === now) return '=';
  return `${now > was ? '+' : '−'}${amount(Math.abs(now - was), unit)}`;
}

export function share(value: number, total: number): string {
  if (total <= 0) return '';
  const ratio = value / total;
  return ratio > 0 && ratio < 0.0005 ? '<0.1 %' : formatRatio(ratio);
}

export function counted(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? '' : 's'}`;
}
