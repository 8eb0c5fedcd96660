import { timeLeftMs } from '../../base/time-left.ts';
import { formatSecondsRoughly, groupDigits } from '../../base/units.ts';
import type { CheckState } from '../model.ts';
import type { Translate } from '../translate.ts';

export type Running = Extract<CheckState['activity'], { kind: 'running' }>;

/** How much of the job is done, 0 to 1; undefined where neither the worker nor experience tells. Never 1 before the end. */
export function shareDone(running: Running, nowMs: number): number | undefined {
  const { expectedMs, startedMs } = running;
  const share = countedShare(running);
  if (share !== undefined) return Math.min(share, 0.99);
  if (expectedMs !== undefined && expectedMs > 0) return Math.min((nowMs - startedMs) / expectedMs, 0.99);
  return undefined;
}

function countedShare({ done, total }: Running): number | undefined {
  return done === undefined || total === undefined || total === 0 ? undefined : done / total;
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

function leftText(running: Running, nowMs: number, t: Translate): string {
  const { expectedMs, startedMs } = running;
  const left = timeLeftMs({ elapsedMs: nowMs - startedMs, share: countedShare(running), expectedMs });
  if (left === undefined) return '';
  if (left < 0) return t('longer than expected');
  return left < worthSayingMs ? '' : t('about {0} left', formatSecondsRoughly(Math.round(left / 1000) * 1000));
}
