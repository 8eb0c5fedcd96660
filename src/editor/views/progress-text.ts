import { formatSecondsRoughly, groupDigits } from '../../base/units.ts';
import type { CheckState } from '../model.ts';
import type { Translate } from '../translate.ts';

export type Running = Extract<CheckState['activity'], { kind: 'running' }>;

/** How much of the job is done, 0 to 1; undefined where neither the worker nor experience tells. Never 1 before the end. */
export function shareDone(running: Running, nowMs: number): number | undefined {
  const { done, total, expectedMs, startedMs } = running;
  if (done !== undefined && total !== undefined && total > 0) return Math.min(done / total, 0.99);
  if (expectedMs !== undefined && expectedMs > 0) return Math.min((nowMs - startedMs) / expectedMs, 0.99);
  return undefined;
}

/** `Preparing: 412 of 3 120 functions, about 12 s left`. */
export function progressText(running: Running, nowMs: number, t: Translate): string {
  const details = progressDetails(running, nowMs, t);
  return details === '' ? phaseText(running, t) : `${phaseText(running, t)}: ${details}`;
}

/** For where the phase is said already: `412 of 3 120 functions, about 12 s left`; empty where nothing is known. */
export function progressDetails(running: Running, nowMs: number, t: Translate): string {
  const { done, total } = running;
  const counted =
    done === undefined || total === undefined ? '' : t('{0} of {1} functions', groupDigits(done), groupDigits(total));
  return [counted, leftText(running, nowMs, t)].filter((part) => part !== '').join(', ');
}

export function phaseText({ phase }: Pick<Running, 'phase'>, t: Translate): string {
  switch (phase) {
    case 'starting':
      return t('Starting the worker');
    case 'preparing':
      return t('Preparing');
    case 'inspecting':
      return t('Inspecting');
  }
}

/** Below this there is nothing to wait for. */
const worthSayingMs = 1500;

/** From this share on the count itself tells best how long the rest takes. */
const tellingShare = 0.1;

function leftText(running: Running, nowMs: number, t: Translate): string {
  const left = leftMs(running, nowMs);
  if (left === undefined) return '';
  if (left < 0) return t('longer than expected');
  return left < worthSayingMs ? '' : t('about {0} left', formatSecondsRoughly(Math.round(left / 1000) * 1000));
}

/** Negative: it should have ended. */
function leftMs({ expectedMs, startedMs, done = 0, total = 0 }: Running, nowMs: number): number | undefined {
  if (total > 0 && done / total >= tellingShare) return ((nowMs - startedMs) * (total - done)) / done;
  return expectedMs === undefined ? undefined : startedMs + expectedMs - nowMs;
}
