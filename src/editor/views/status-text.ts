/** The short texts of a runtime's state: its result or the progress of its check. */
import { timeLeftMs } from '../../base/time-left.ts';
import { formatSecondsRoughly, groupDigits } from '../../base/units.ts';
import { shortAmountText } from '../../model/figure-text.ts';
import { amountOf } from '../../model/figures.ts';
import { gradeOf } from '../../model/grade.ts';
import { type MeasureId, measureOf } from '../../model/measures.ts';
import type { Report } from '../../model/report.ts';
import type { CheckState, Runtime, Translate } from '../model.ts';
import { gradeLooks, gradeText, lastGradeText, titleOf } from './labels.ts';

export interface StatusText {
  /** A codicon. */
  readonly icon: string;
  /** The part after `PVF`: the figures, the verdict or the progress. May be empty. */
  readonly text: string;
  /** The report belongs to an earlier build. */
  readonly isOld: boolean;
  readonly background: 'none' | 'warning' | 'error';
  /** For a screen reader. */
  readonly accessibleLabel: string;
}

/** The parts of a runtime's status bar item: `$(pass) PVF 4.2 s · 61 MiB`. */
export function statusText(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): StatusText {
  const { activity, problem, report, isCurrent } = state;
  const title = titleOf(runtime, state);
  const blank = { text: '', isOld: false, background: 'none' } as const;
  if (activity.kind === 'running') {
    const share = shareDone(activity, nowMs);
    const text = share === undefined ? '' : `${Math.round(share * 100)} %`;
    return { ...blank, icon: 'sync~spin', text, accessibleLabel: `PVF, ${title}: ${progressText(activity, nowMs, t)}` };
  }
  if (problem !== undefined) {
    return { ...blank, icon: 'warning', background: 'warning', accessibleLabel: `PVF, ${title}: ${problem.message}` };
  }
  if (report === undefined) {
    return { ...blank, icon: 'circle-outline', accessibleLabel: t('PVF, {0}: not checked yet', title) };
  }
  const { icon, alarm } = gradeLooks[gradeOf(report).word];
  const isMeasured = report.outcome === undefined || report.stats?.cpuTimeMs !== undefined;
  const figures = isMeasured ? figuresText(report) : '';
  return {
    icon,
    // A report without figures shows its verdict instead.
    text: figures === '' ? gradeText(report, t) : figures,
    isOld: !isCurrent,
    background: isCurrent ? alarm : 'none',
    accessibleLabel: `PVF, ${title}: ${lastGradeText(report, isCurrent, t)}${figures === '' ? '' : `, ${figures}`}`,
  };
}

/** `PVF 4.2 s · 61 MiB`, with an icon for the report of an earlier build. */
export function plainStatus({ text, isOld }: StatusText): string {
  return ['PVF', text, isOld ? '$(history)' : ''].filter((part) => part !== '').join(' ');
}

/** `$(pass) PVF 4.2 s · 61 MiB`. */
export function statusLine(status: StatusText): string {
  return `$(${status.icon}) ${plainStatus(status)}`;
}

/** `4.2 s · 61 MiB`, or the stored size of a blob that was not prepared. */
export function figuresText(report: Report): string {
  const prepared = shortFigures(report, ['cpu-time', 'artifact-bytes']);
  return prepared.length > 0 ? prepared.join(' · ') : shortFigures(report, ['stored-bytes']).join('');
}

function shortFigures(report: Report, ids: readonly MeasureId[]): string[] {
  return ids.flatMap((id) => {
    const amount = amountOf(measureOf(id), report);
    return amount === undefined ? [] : [shortAmountText(amount)];
  });
}

export type Running = Extract<CheckState['activity'], { kind: 'running' }>;

/** The completed share of a check, 0 to 1, from the worker's count or the expected time. Never 1 before the end. */
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

/** `412 of 3 120 functions, about 12 s left`, without the phase. Empty if neither is known. */
export function progressDetails(running: Running, nowMs: number, t: Translate): string {
  const { done, total } = running;
  const counted =
    done === undefined || total === undefined ? '' : t('{0} of {1} functions', groupDigits(done), groupDigits(total));
  return [counted, leftText(running, nowMs, t)].filter((part) => part !== '').join(', ');
}

function phaseText({ phase }: Running, t: Translate): string {
  switch (phase) {
    case 'starting':
      return t('Starting the worker');
    case 'preparing':
      return t('Preparing');
    case 'inspecting':
      return t('Inspecting');
  }
}

/** A shorter wait is not announced. */
const MIN_LEFT_MS = 1500;

function leftText(running: Running, nowMs: number, t: Translate): string {
  const { expectedMs, startedMs } = running;
  const left = timeLeftMs({ elapsedMs: nowMs - startedMs, share: countedShare(running), expectedMs });
  if (left === undefined) return '';
  if (left < 0) return t('longer than expected');
  return left < MIN_LEFT_MS ? '' : t('about {0} left', formatSecondsRoughly(Math.round(left / 1000) * 1000));
}
