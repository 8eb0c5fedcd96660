import { headRoomFactor } from '../../model/figure-text.ts';
import { gradeOf } from '../../model/grade.ts';
import { mainChange } from '../../report/changes.ts';
import type { CommandId } from '../contributions.ts';
import type { CheckState, Runtime, Translate } from '../model.ts';
import { gradeLooks, shownGradeText } from './labels.ts';
import { figuresText } from './status-text.ts';

export interface LensText {
  /** May contain `$(icon)`s. */
  readonly title: string;
  readonly tooltip: string;
  readonly command: CommandId;
}

/** VS Code draws an icon and a usual blank without a gap. */
const GAP = '\u00a0';

/** `$(pass) PVF accepted · 1.70 s · 11.0 % of code size · 35× headroom` and `$(play) Prepare`. Leaves out progress, because code lenses would flicker. */
export function lensTexts(runtime: Runtime, state: CheckState, isAlone: boolean, t: Translate): LensText[] {
  const { activity, report, isCurrent, reference } = state;
  const name = isAlone ? 'PVF' : `PVF ${runtime.profile ?? runtime.name}`;
  const cancel = {
    title: `$(${activity.kind === 'queued' ? 'clock' : 'sync~spin'})${GAP}${name}`,
    tooltip: t('Cancel'),
    command: 'pvf.cancel',
  } as const;
  const prepare = {
    title: `$(play)${GAP}${t('Prepare')}`,
    tooltip: runtime.blob.path,
    command: 'pvf.prepare',
  } as const;
  if (activity.kind !== 'idle') return [cancel];
  if (report === undefined) return [{ ...prepare, title: `$(play)${GAP}${t('Prepare PVF')}` }];
  const room = headRoomFactor(report);
  const change = reference && mainChange(reference, report);
  const parts = [
    shownGradeText(report, state, t),
    figuresText(report),
    room === undefined ? '' : t('{0} headroom', room),
    change === undefined || reference === undefined ? '' : `${change.text} ${reference.text}`,
  ].filter((part) => part !== '');
  const result = {
    title: `$(${gradeLooks[gradeOf(report).word].icon})${GAP}${name} ${parts.join(' · ')}`,
    tooltip: report.conclusion.reason,
    command: 'pvf.showReport',
  } as const;
  return isCurrent ? [result] : [result, prepare];
}
