import { shortAmountText } from '../../model/figure-text.ts';
import { amountOf } from '../../model/figures.ts';
import { gradeOf } from '../../model/grade.ts';
import { type MeasureId, measureOf } from '../../model/measures.ts';
import type { Report } from '../../model/report.ts';
import type { CheckState, Runtime } from '../model.ts';
import type { Translate } from '../translate.ts';
import { gradeLooks } from './grade-looks.ts';
import { gradeText, titleOf } from './plain-text.ts';
import { progressText, shareDone } from './progress-text.ts';

export interface StatusText {
  /** A codicon. */
  readonly icon: string;
  /** What follows `PVF`: the figures, the verdict, or how far a check is; empty where there is nothing to say. */
  readonly text: string;
  /** The report belongs to an earlier build. */
  readonly isOld: boolean;
  readonly background: 'none' | 'warning' | 'error';
  /** For a screen reader. */
  readonly spoken: string;
}

/** The parts of the status bar item of a runtime: `$(pass) PVF 4.2 s · 61 MiB`. */
export function statusText(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): StatusText {
  const { activity, problem, report, isCurrent } = state;
  const title = titleOf(runtime, state);
  const blank = { text: '', isOld: false, background: 'none' } as const;
  if (activity.kind === 'running') {
    const share = shareDone(activity, nowMs);
    const text = share === undefined ? '' : `${Math.round(share * 100)} %`;
    return { ...blank, icon: 'sync~spin', text, spoken: `PVF, ${title}: ${progressText(activity, nowMs, t)}` };
  }
  if (problem !== undefined) {
    return { ...blank, icon: 'warning', background: 'warning', spoken: `PVF, ${title}: ${problem.message}` };
  }
  if (report === undefined) {
    return { ...blank, icon: 'circle-outline', spoken: t('PVF, {0}: not checked yet', title) };
  }
  const { icon, alarm } = gradeLooks[gradeOf(report).word];
  const isMeasured = report.outcome === undefined || report.stats?.cpuTimeMs !== undefined;
  const figures = isMeasured ? figuresText(report) : '';
  const grade = gradeText(report, t);
  const said = isCurrent ? grade : t('{0} (an earlier build)', grade);
  return {
    icon,
    // A report without figures shows its verdict instead.
    text: figures === '' ? grade : figures,
    isOld: !isCurrent,
    background: isCurrent ? alarm : 'none',
    spoken: `PVF, ${title}: ${said}${figures === '' ? '' : `, ${figures}`}`,
  };
}

/** `PVF 4.2 s · 61 MiB`, with an icon where the report belongs to an earlier build. */
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
