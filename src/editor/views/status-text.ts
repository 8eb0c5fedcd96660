/** The short texts of a runtime's state: its result or the progress of its check. */
import { formatSecondsRoughly, groupDigits } from '../../base/units.ts';
import { shareAt, timeLeftAt } from '../../check/pace.ts';
import { isEstimate } from '../../model/estimates.ts';
import { amountText, shareText } from '../../model/figure-text.ts';
import { figuresOf, tightest } from '../../model/figures.ts';
import { gradeOf } from '../../model/grade.ts';
import { limitOf } from '../../model/measures.ts';
import type { Report } from '../../model/report.ts';
import { mainChange } from '../../report/changes.ts';
import type { CheckState, Runtime, Translate } from '../model.ts';
import { gradeLooks, gradeText, shownGradeText, titleOf } from './labels.ts';

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

/** The parts of a runtime's status bar item: `$(pass) PVF 4.21 s · 61.3 % of code size`. */
export function statusText(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): StatusText {
  const { activity, problem, report, isCurrent, reference } = state;
  const title = titleOf(runtime, state);
  const blank = { text: '', isOld: false, background: 'none' } as const;
  if (activity.kind === 'queued') {
    return { ...blank, icon: 'clock', text: t('queued'), accessibleLabel: `PVF, ${title}: ${t('queued')}` };
  }
  if (activity.kind === 'running') {
    return { ...blank, icon: 'sync~spin', ...runningText(activity, title, nowMs, t) };
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
  const change = reference && mainChange(reference, report);
  const told = [shownGradeText(report, state, t), figures, change && `${change.text} ${reference.text}`].filter(
    Boolean,
  );
  // A small change is no news in a place that is always visible.
  const shown = [figures, change?.isNotable ? change.text : ''].filter((part) => part !== '').join(' · ');
  return {
    icon,
    // A report without figures shows its verdict instead.
    text: figures === '' ? gradeText(report, t) : shown,
    isOld: !isCurrent,
    background: isCurrent ? alarm : 'none',
    accessibleLabel: `PVF, ${title}: ${told.join(', ')}`,
  };
}

/** The progress, and the figures that are known before the vote. Coloured if the runtime fails without any vote. */
function runningText(running: Running, title: string, nowMs: number, t: Translate) {
  const share = shareAt(running, nowMs);
  const { interim } = running;
  const percent = share === undefined ? '' : `${Math.round(share * 100)} %`;
  const figures = interim === undefined ? '' : figuresText(interim);
  const pending = interim === undefined ? '' : shownGradeText(interim, { isCurrent: true, isInterim: true }, t);
  const label = [progressText(running, nowMs, t), pending, figures].filter((part) => part !== '').join(', ');
  return {
    text: [percent, figures].filter((part) => part !== '').join(' · '),
    background: interim?.conclusion.status === 'fail' ? gradeLooks[gradeOf(interim).word].alarm : 'none',
    accessibleLabel: `PVF, ${title}: ${label}`,
  } as const;
}

/** `PVF 4.21 s · 61.3 % of code size`, with an icon for the report of an earlier build. @param name of the runtime */
export function plainStatus({ text, isOld }: StatusText, name = ''): string {
  return ['PVF', name, text, isOld ? '$(history)' : ''].filter((part) => part !== '').join(' ');
}

/** `$(pass) PVF hydradx-runtime 4.21 s · 61.3 % of code size`. */
export function statusLine(status: StatusText, name?: string): string {
  return `$(${status.icon}) ${plainStatus(status, name)}`;
}

/** `4.21 s · 61.3 % of code size`: the CPU time, and the limit that the runtime reaches first. Empty without figures. */
export function figuresText(report: Report): string {
  const cpu = figuresOf(report).find(({ id }) => id === 'cpu-time');
  return [cpu === undefined ? '' : amountText(cpu), tightestText(report)].filter((part) => part !== '').join(' · ');
}

/** `99.7 % of code size` */
function tightestText({ limits, stats }: Report): string {
  const item = tightest(limits.items);
  if (item === undefined) return '';
  return `${shareText(item, isEstimate(item.id, stats))} of ${limitOf(item.id).name}`;
}

export type Running = Extract<CheckState['activity'], { kind: 'running' }>;

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
  const left = timeLeftAt(running, nowMs);
  if (left.kind === 'late') return t('longer than expected');
  if (left.kind === 'unknown' || left.ms < MIN_LEFT_MS) return '';
  return t('about {0} left', formatSecondsRoughly(Math.round(left.ms / 1000) * 1000));
}
