/** Texts, icons and colours that several views share. */
import { amountText, levelWord, limitText } from '../../model/figure-text.ts';
import type { Figure } from '../../model/figures.ts';
import { type GradeWord, gradeOf } from '../../model/grade.ts';
import type { LimitItem, Report } from '../../model/report.ts';
import { gradeText as englishGradeText } from '../../report/conclusion.ts';
import { runtimeName } from '../../report/facts.ts';
import { printable } from '../../report/terminal.ts';
import {
  type BlobFile,
  type CheckState,
  exemptionOf,
  type Runtime,
  type RuntimeEntry,
  type ShownResult,
  type Translate,
} from '../model.ts';

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
  near: { icon: 'warning', colour: 'list.warningForeground', alarm: 'none' },
  slow: { icon: 'warning', colour: 'list.warningForeground', alarm: 'none' },
  over: failed,
  faulty: failed,
  rejected: failed,
  undecided: { icon: 'question', alarm: 'warning' },
  inspected: { icon: 'search', alarm: 'none' },
};

/** The one name of a runtime: `hydradx-runtime · hydradx v408`. Just the crate or file if the version is unknown. */
export function titleOf({ name }: Pick<Runtime, 'name'>, { report }: Pick<CheckState, 'report'>): string {
  const { specName, specVersion } = report?.runtime ?? {};
  if (specName === undefined) return printable(name);
  const spec = specVersion === undefined ? specName : `${specName} v${specVersion}`;
  return printable(specName === name ? spec : `${name} · ${spec}`);
}

/** Finds the names of the reports of these runtimes. A report of another runtime gets the name in the report. */
export function reportNames(entries: readonly RuntimeEntry[]): (report: Report) => string {
  const names = new Map(
    entries.flatMap(({ runtime, state }) =>
      [state.report, state.previous].flatMap((report) =>
        report === undefined ? [] : [[report, titleOf(runtime, { report })] as const],
      ),
    ),
  );
  return (report) => names.get(report) ?? runtimeName(report.runtime);
}

export function gradeText(report: Report, t: Translate): string {
  return t(englishGradeText(report));
}

/** The grade of a shown report, which may be interim or belong to an earlier build. */
export function shownGradeText(
  report: Report,
  { isCurrent, isInterim = false }: Pick<ShownResult, 'isCurrent'> & Partial<ShownResult>,
  t: Translate,
): string {
  const grade = gradeText(report, t);
  if (isInterim) return gradeOf(report).word === 'inspected' ? t('vote pending') : t('{0}, vote pending', grade);
  return isCurrent ? grade : t('{0} (an earlier build)', grade);
}

export function figureLabel({ label, isBudget }: Pick<Figure, 'label' | 'isBudget'>, t: Translate): string {
  return isBudget ? t('{0} budget', t(label)) : t(label);
}

/** `2.99 MiB of 3.00 MiB`, `≈7.2 s of 60 s`. */
export function usedOfLimit(figure: Figure, t: Translate): string {
  const limit = limitText(figure);
  return limit === undefined ? amountText(figure) : t('{0} of {1}', amountText(figure), limit);
}

export function levelText(item: LimitItem, t: Translate): string {
  switch (levelWord(item)) {
    case 'ok':
      return t('within the limit');
    case 'near':
      return t('close to the limit');
    case 'slow':
      return t('so slow that a slower validator would fail');
    case 'over':
      return t('over the limit');
  }
}

/** What is left of the limit: `8.5 KiB left`. Undefined above the limit, and without one. */
export function leftText({ item, unit, estimated }: Figure, t: Translate): string | undefined {
  if (item === undefined || item.used > item.limit) return undefined;
  return t('{0} left', amountText({ unit, estimated, used: item.limit - item.used }));
}

/** Where the limit of a figure comes from: the profile, its source and its date. Empty for a budget. */
export function limitSource({ isBudget }: Pick<Figure, 'isBudget'>, { limits }: Report, t: Translate): string {
  const { profile, source, date } = limits;
  return isBudget ? '' : t('From {0}, read on {1}: {2}', profile, date, source);
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
