/** The words that several views share. */
import { amountText, limitText, usedText } from '../../model/figure-text.ts';
import type { Figure } from '../../model/figures.ts';
import type { Report } from '../../model/report.ts';
import { runtimeName } from '../../report/facts.ts';
import { printable } from '../../report/terminal.ts';
import { gradeText as englishGradeText } from '../../report/verdict.ts';
import type { CheckState, Runtime } from '../model.ts';
import type { Translate } from '../translate.ts';

/** `hydradx 408` once a report tells it, else the crate. */
export function titleOf(runtime: Runtime, { report }: Pick<CheckState, 'report'>): string {
  return printable(report?.runtime.specName === undefined ? runtime.name : runtimeName(report.runtime));
}

export function gradeText(report: Report, t: Translate): string {
  return t(englishGradeText(report));
}

export function figureLabel({ label, isBudget }: Pick<Figure, 'label' | 'isBudget'>, t: Translate): string {
  return isBudget ? t('{0} budget', t(label)) : t(label);
}

/** `2.99 MiB of 3.00 MiB`, `about 7.2 s of 60 s (estimated)`. */
export function usedOfLimit(figure: Figure, t: Translate): string {
  const limit = limitText(figure);
  if (limit === undefined) return usedText(figure);
  const used = amountText(figure);
  return figure.estimated ? t('{0} of {1} (estimated)', used, limit) : t('{0} of {1}', used, limit);
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
