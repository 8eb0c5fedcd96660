import { gradeOf } from '../../model/grade.ts';
import type { CommandId } from '../contributions.ts';
import type { CheckState, Runtime, Translate } from '../model.ts';
import { gradeLooks, lastGradeText } from './labels.ts';
import { figuresText } from './status-text.ts';

export interface LensText {
  /** May contain `$(icon)`s. */
  readonly title: string;
  readonly tooltip: string;
  readonly command: CommandId;
}

/** `$(pass) PVF accepted · 1.7 s · 6.2 MiB` and `$(play) Prepare`. Leaves out progress, because code lenses would flicker. */
export function lensTexts(runtime: Runtime, state: CheckState, isAlone: boolean, t: Translate): LensText[] {
  const { activity, report, isCurrent } = state;
  const name = isAlone ? 'PVF' : `PVF ${runtime.profile ?? runtime.name}`;
  const cancel = { title: `$(sync~spin) ${name}`, tooltip: t('Cancel'), command: 'pvf.cancel' } as const;
  const prepare = { title: `$(play) ${t('Prepare')}`, tooltip: runtime.blob.path, command: 'pvf.prepare' } as const;
  if (activity.kind === 'running') return [cancel];
  if (report === undefined) return [{ ...prepare, title: `$(play) ${t('Prepare PVF')}` }];
  const parts = [lastGradeText(report, isCurrent, t), figuresText(report)].filter((part) => part !== '');
  const result = {
    title: `$(${gradeLooks[gradeOf(report).word].icon}) ${name} ${parts.join(' · ')}`,
    tooltip: report.conclusion.reason,
    command: 'pvf.showReport',
  } as const;
  return isCurrent ? [result] : [result, prepare];
}
