/** Formats numbers for users. Sizes have binary units because the limits are in MiB. */

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** Numbers are rounded to the nearest one, except beside a limit, which a rounded number must not reach or leave. */
export type Rounding = 'nearest' | 'down' | 'up';

/** `1.93 MiB`, `512 B`. Picks the unit after rounding, so it never returns `1024.0 KiB`. */
export function formatBytes(bytes: number, rounding: Rounding = 'nearest'): string {
  const size = Math.abs(bytes);
  if (size >= GIB - 0.005 * MIB) return `${fixed(bytes / GIB, 2, rounding)} GiB`;
  if (size >= MIB - 0.05 * KIB) return `${fixed(bytes / MIB, 2, rounding)} MiB`;
  if (size >= KIB) return `${fixed(bytes / KIB, 1, rounding)} KiB`;
  return `${bytes} B`;
}

function fixed(value: number, digits: number, rounding: Rounding): string {
  return roundTo(value, 10 ** digits, rounding).toFixed(digits);
}

/** Rounds to a multiple of `1 / steps`. */
function roundTo(value: number, steps: number, rounding: Rounding): number {
  // toFixed rounds the exact binary value, which Math.round would not.
  if (rounding === 'nearest') return value;
  return (rounding === 'down' ? Math.floor(value * steps) : Math.ceil(value * steps)) / steps;
}

/** Rounds to two significant digits. */
function rough(value: number, rounding: Rounding): number {
  if (rounding === 'nearest' || value <= 0) return Number(value.toPrecision(2));
  const steps = 10 ** (1 - Math.floor(Math.log10(value)));
  return Number(roundTo(value, steps, rounding).toPrecision(2));
}

/** `2 023 117`: groups thousands with a plain space, so that users can copy the number. */
export function groupDigits(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** `1.93 MiB (2 023 117 B)`; below 1 KiB just `86 B`. */
export function formatBytesExactly(bytes: number, rounding: Rounding = 'nearest'): string {
  return bytes < KIB ? formatBytes(bytes) : `${formatBytes(bytes, rounding)} (${groupDigits(bytes)} B)`;
}

/** `4.21 s`, `38 ms`, `2 min 05 s`. */
export function formatMillis(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** `4.21 s`, `60 s`, `360 s`, `38 ms`: for CPU time and its limits, which Polkadot gives in seconds, never in minutes. */
export function formatSeconds(ms: number, rounding: Rounding = 'nearest'): string {
  if (ms < 999.5) return formatMillis(ms);
  if (ms % 1000 === 0) return `${ms / 1000} s`;
  return `${fixed(ms / 1000, 2, rounding)} s`;
}

/** `35 s`, `5.1 s`, `340 ms`: two significant digits, for estimates, which must not look measured. */
export function formatSecondsRoughly(ms: number, rounding: Rounding = 'nearest'): string {
  const rounded = rough(ms, rounding);
  return rounded < 1000 ? `${rounded} ms` : `${rounded / 1000} s`;
}

/** `110 MiB`, `5.1 KiB`: two significant digits, for estimates. */
export function formatBytesRoughly(bytes: number, rounding: Rounding = 'nearest'): string {
  const units = [
    [GIB, 'GiB'],
    [MIB, 'MiB'],
    [KIB, 'KiB'],
  ] as const;
  const [unit, name] = units.find(([size]) => bytes >= size) ?? [1, 'B'];
  return `${rough(bytes / unit, rounding)} ${name}`;
}

/** `12.3 %`. Returns `100.0 %` only for exactly 1: just below is `99.9 %`, just above `100.1 %`. */
export function formatRatio(ratio: number): string {
  const percent = ratio * 100;
  if (ratio < 1) return `${Math.min(percent, 99.9).toFixed(1)} %`;
  if (ratio > 1) return `${Math.max(percent, 100.1).toFixed(1)} %`;
  return '100.0 %';
}

/** Relay chains make a block every 6 s. */
const BLOCK_SECONDS = 6;

/** `14 400 blocks, about 24 h`; `15 blocks, about 2 min`. */
export function formatBlocks(blocks: number): string {
  const count = `${groupDigits(blocks)} block${blocks === 1 ? '' : 's'}`;
  const seconds = blocks * BLOCK_SECONDS;
  if (seconds < 60) return count;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${count}, about ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return `${count}, about ${hours < 72 ? `${hours} h` : `${Math.round(hours / 24)} days`}`;
}
