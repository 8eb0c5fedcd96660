import type { Report } from '../../model/report.ts';
import type { CheckState, Runtime } from '../model.ts';
import type { Translate } from '../translate.ts';
import { type Grade, gradeOf, gradeText, shortFigure, titleOf } from './plain-text.ts';
import { progressText, shareDone } from './progress-text.ts';

export interface StatusText {
  /** With `$(icon)`s. */
  readonly text: string;
  readonly background: 'none' | 'warning' | 'error';
  /** For a screen reader. */
  readonly spoken: string;
}

/** The status bar item of the runtime at hand: `$(pass) PVF 4.2 s · 61 MiB`. */
export function statusText(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): StatusText {
  const { activity, problem, report, isCurrent } = state;
  const title = titleOf(runtime, state);
  if (activity.kind === 'running') {
    const share = shareDone(activity, nowMs);
    const text = share === undefined ? '$(sync~spin) PVF' : `$(sync~spin) PVF ${Math.round(share * 100)} %`;
    return { text, background: 'none', spoken: `PVF, ${title}: ${progressText(activity, nowMs, t)}` };
  }
  if (problem !== undefined) {
    return { text: '$(warning) PVF', background: 'warning', spoken: `PVF, ${title}: ${problem.message}` };
  }
  if (report === undefined) {
    return { text: '$(circle-outline) PVF', background: 'none', spoken: t('PVF, {0}: not checked yet', title) };
  }
  const grade = gradeOf(report);
  const isMeasured = report.outcome === undefined || report.stats?.cpuTimeMs !== undefined;
  const figures = isMeasured ? figuresText(report) : '';
  const old = isCurrent ? '' : ' $(history)';
  const said = isCurrent ? gradeText(report, t) : t('{0} (an earlier build)', gradeText(report, t));
  return {
    // What came to no figures says its verdict instead.
    text: `$(${gradeIcons[grade]}) PVF ${figures === '' ? gradeText(report, t) : figures}${old}`,
    background: isCurrent ? backgrounds[grade] : 'none',
    spoken: `PVF, ${title}: ${said}${figures === '' ? '' : `, ${figures}`}`,
  };
}

export const gradeIcons: Readonly<Record<Grade, string>> = {
  accepted: 'pass',
  near: 'pass',
  over: 'warning',
  rejected: 'error',
  undecided: 'question',
  inspected: 'search',
};

const backgrounds: Readonly<Record<Grade, StatusText['background']>> = {
  accepted: 'none',
  near: 'none',
  over: 'warning',
  rejected: 'error',
  undecided: 'warning',
  inspected: 'none',
};

/** `4.2 s · 61 MiB`, or the stored size of a blob that was not prepared. */
export function figuresText({ stats, runtime }: Report): string {
  const cpuTime = stats?.cpuTimeMs;
  if (cpuTime === undefined && stats?.artifactBytes === undefined)
    return shortFigure('bytes', runtime.storedBytes, false);
  return [
    cpuTime === undefined ? '' : shortFigure('time', cpuTime, stats?.cpuTimeIs === 'estimated'),
    stats?.artifactBytes === undefined ? '' : shortFigure('bytes', stats.artifactBytes, false),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
