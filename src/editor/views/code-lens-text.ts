import { gradeOf } from '../../model/grade.ts';
import type { CommandId } from '../contributions.ts';
import type { CheckState, Runtime } from '../model.ts';
import type { Translate } from '../translate.ts';
import { gradeLooks } from './grade-looks.ts';
import { gradeText } from './plain-text.ts';
import { figuresText } from './status-text.ts';

export interface LensText {
  /** With `$(icon)`s. */
  readonly title: string;
  readonly tooltip: string;
  readonly command: CommandId;
}

/** `$(pass) PVF accepted · 1.7 s · 6.2 MiB` and `$(play) Prepare`. Without progress, which would make the editor's lines dance. */
export function lensTexts(runtime: Runtime, state: CheckState, isAlone: boolean, t: Translate): LensText[] {
  const { activity, report, isCurrent } = state;
  const name = isAlone ? 'PVF' : `PVF ${runtime.profile ?? runtime.name}`;
  const cancel = { title: `$(sync~spin) ${name}`, tooltip: t('Cancel'), command: 'pvf.cancel' } as const;
  const prepare = { title: `$(play) ${t('Prepare')}`, tooltip: runtime.blob.path, command: 'pvf.prepare' } as const;
  if (activity.kind === 'running') return [cancel];
  if (report === undefined) return [{ ...prepare, title: `$(play) ${t('Prepare PVF')}` }];
  const grade = gradeText(report, t);
  const said = [isCurrent ? grade : t('{0} (an earlier build)', grade), figuresText(report)];
  const result = {
    title: `$(${gradeLooks[gradeOf(report).word].icon}) ${name} ${said.filter((part) => part !== '').join(' · ')}`,
    tooltip: report.verdict.reason,
    command: 'pvf.showReport',
  } as const;
  return isCurrent ? [result] : [result, prepare];
}
