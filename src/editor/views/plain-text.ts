/** The words that several views share. */
import { formatBytes, formatBytesRoughly, formatRatio, formatSecondsRoughly } from '../../base/units.ts';
import type { Report } from '../../model/report.ts';
import { runtimeName } from '../../report/facts.ts';
import { type Figure, limitText } from '../../report/figures.ts';
import { printable } from '../../report/terminal.ts';
import type { CheckState, Runtime } from '../model.ts';
import type { Translate } from '../translate.ts';

/** `hydradx 408` once a report tells it, else the crate. */
export function titleOf(runtime: Runtime, { report }: Pick<CheckState, 'report'>): string {
  return printable(report?.runtime.specName === undefined ? runtime.name : runtimeName(report.runtime));
}

/** The quality of a report in one word: colours, icons and badges follow it. */
export type Grade = 'accepted' | 'near' | 'over' | 'rejected' | 'undecided' | 'inspected';

export function gradeOf(report: Report): Grade {
  const { verdict, findings, limits, outcome } = report;
  if (verdict.vote === 'reject') return 'rejected';
  if (verdict.vote === 'undecided' && outcome !== undefined) return 'undecided';
  const isOver = limits.items.some(({ level }) => level === 'over');
  if (isOver || findings.some(({ severity }) => severity === 'error')) return 'over';
  if (outcome === undefined) return 'inspected';
  return limits.items.some(({ level }) => level === 'near') ? 'near' : 'accepted';
}

/** Would this blob, as it is, be of no use to the chain? */
export function isFailure(grade: Grade): boolean {
  return grade === 'rejected' || grade === 'over';
}

export function gradeText(report: Report, t: Translate): string {
  const grade = gradeOf(report);
  switch (grade) {
    case 'accepted':
      return t('accepted');
    case 'near':
      return t('accepted, near a limit');
    case 'over':
      return report.limits.items.some(({ level }) => level === 'over') ? overText(report, t) : t('has errors');
    case 'rejected':
      return t('rejected');
    case 'undecided':
      return t('undecided');
    case 'inspected':
      return t('inspected, not prepared');
  }
}

function overText({ verdict, limits }: Report, t: Translate): string {
  const over = limits.items.filter(({ level }) => level === 'over');
  const isBudget = over.every(({ id }) => id.endsWith('-budget'));
  if (verdict.vote !== 'accept') return isBudget ? t('over budget') : t('over a limit');
  return isBudget ? t('accepted, but over budget') : t('accepted, but over a limit');
}

export function figureLabel({ label }: Pick<Figure, 'label'>, t: Translate): string {
  const base = label.replace(/ budget$/, '');
  const text = baseLabel(base, t);
  return base === label ? text : t('{0} budget', text);
}

function baseLabel(label: string, t: Translate): string {
  switch (label) {
    case 'CPU time':
      return t('CPU time');
    case 'Peak memory':
      return t('Peak memory');
    case 'Stored size':
      return t('Stored size');
    case 'Raw size':
      return t('Raw size');
    case 'Artifact':
      return t('Artifact');
    default:
      return label;
  }
}

/** `4.2 s`, `≈4.2 s`: two digits, for where there is little room. */
export function shortFigure(kind: 'time' | 'bytes', value: number, estimated: boolean): string {
  return `${estimated ? '≈' : ''}${kind === 'time' ? formatSecondsRoughly(value) : formatBytesRoughly(value)}`;
}

/** `2.99 MiB of 3.00 MiB`, `about 7.2 s of 60 s (estimated)`. */
export function usedOfLimit(figure: Figure, used: string, t: Translate): string {
  const limit = limitText(figure);
  if (limit === undefined) return used;
  return figure.estimated
    ? t('{0} of {1} (estimated)', used.replace(/ \(estimated\)$/, ''), limit)
    : t('{0} of {1}', used, limit);
}

/** `+12.3 KiB (+1.2 %)`; undefined where nothing changed or one of both is not known. */
export function deltaText(then: number | undefined, now: number | undefined): string | undefined {
  if (then === undefined || now === undefined || then <= 0 || then === now) return undefined;
  const sign = now > then ? '+' : '−';
  return `${sign}${formatBytes(Math.abs(now - then))} (${sign}${formatRatio(Math.abs(now - then) / then)})`;
}

/** `3 min ago`. */
export function ageText(fromMs: number, nowMs: number, t: Translate): string {
  const minutes = Math.floor((nowMs - fromMs) / 60_000);
  if (minutes < 1) return t('just now');
  if (minutes < 60) return t('{0} min ago', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t('{0} h ago', hours);
  return t('{0} days ago', Math.floor(hours / 24));
}
