/** Texts, icons and colours that several views share. */
import { amountText, limitText, usedText } from '../../model/figure-text.ts';
import type { Figure } from '../../model/figures.ts';
import type { GradeWord } from '../../model/grade.ts';
import type { Report } from '../../model/report.ts';
import { gradeText as englishGradeText } from '../../report/conclusion.ts';
import { runtimeName } from '../../report/facts.ts';
import { printable } from '../../report/terminal.ts';
import { type BlobFile, type CheckState, exemptionOf, type Runtime, type Translate } from '../model.ts';

interface GradeLook {
  /** A codicon. */
  readonly icon: string;
  /** A theme colour for the icon. */
  readonly colour?: string;
  /** The severity of a message or a background. */
  readonly alarm: 'none' | 'warning' | 'error';
}

const failed: GradeLook = { icon: 'error', colour: 'list.errorForeground', alarm: 'error' };

export const gradeLooks: Readonly<Record<GradeWord, GradeLook>> = {
  accepted: { icon: 'pass', colour: 'testing.iconPassed', alarm: 'none' },
  near: { icon: 'pass', colour: 'list.warningForeground', alarm: 'none' },
  over: failed,
  faulty: failed,
  rejected: failed,
  undecided: { icon: 'question', alarm: 'warning' },
  inspected: { icon: 'search', alarm: 'none' },
};

/** `hydradx 408` if the report has the spec name, otherwise the crate. */
export function titleOf(runtime: Runtime, { report }: Pick<CheckState, 'report'>): string {
  return printable(report?.runtime.specName === undefined ? runtime.name : runtimeName(report.runtime));
}

export function gradeText(report: Report, t: Translate): string {
  return t(englishGradeText(report));
}

/** The grade of the last report, which may belong to an earlier build. */
export function lastGradeText(report: Report, isCurrent: boolean, t: Translate): string {
  const grade = gradeText(report, t);
  return isCurrent ? grade : t('{0} (an earlier build)', grade);
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

/** Why the runtime is checked only on request. Empty if it is checked automatically. */
export function exemptionText(runtime: Runtime, t: Translate): string {
  switch (exemptionOf(runtime)) {
    case 'development':
      return t('development build');
    case 'not-parachain':
      return t('not a parachain runtime');
    case 'excluded':
      return t('excluded');
    case undefined:
      return runtime.format === 'polkavm' ? t('PolkaVM program, not WebAssembly') : '';
  }
}

/** What wasm-builder did to a file. It calls the unoptimised one "bloaty". */
export function variantText(variant: BlobFile['variant'], t: Translate): string {
  switch (variant) {
    case 'compressed':
      return t('compressed');
    case 'compact':
      return t('uncompressed');
    case 'bloaty':
      return t('uncompressed, unoptimised');
  }
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
