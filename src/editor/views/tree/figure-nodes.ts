import { amountText, headRoom, headRoomFactor, limitText, ratioText } from '../../../model/figure-text.ts';
import { type Figure, figuresOf } from '../../../model/figures.ts';
import type { Reference } from '../../../model/history.ts';
import { limitOf, measureOf } from '../../../model/measures.ts';
import type { LimitItem, Report } from '../../../model/report.ts';
import { changeText, clearChangeText } from '../../../report/changes.ts';
import { estimateNote } from '../../../report/conclusion.ts';
import type { Translate } from '../../model.ts';
import { figureLabel, levelText, limitSource } from '../labels.ts';
import { fact, group, type TreeNode } from './node.ts';

/** Each figure once, with its limit and share, and the headroom below the CPU time. */
export function figuresGroup(at: string, report: Report, reference: Reference | undefined, t: Translate): TreeNode[] {
  const nodes = figuresOf(report).flatMap((figure) => {
    const node = figureNode(at, figure, report, reference, t);
    return figure.id === 'cpu-time' && !figure.isBudget ? [node, ...headroomNode(at, report, t)] : [node];
  });
  return group(at, t('Figures'), 'dashboard', nodes, t('What was measured, and the limits for it.'));
}

const levelIcons: Readonly<Record<LimitItem['level'], { id: string; colour: string }>> = {
  ok: { id: 'pass', colour: 'testing.iconPassed' },
  near: { id: 'warning', colour: 'list.warningForeground' },
  over: { id: 'error', colour: 'list.errorForeground' },
};

function figureNode(
  at: string,
  figure: Figure,
  report: Report,
  reference: Reference | undefined,
  t: Translate,
): TreeNode {
  const { item, isBudget } = figure;
  const measure = measureOf(figure.id);
  const delta = reference && !isBudget ? changeText(measure, reference.entry, report) : undefined;
  // A budget repeats the figure of the row above, so it has only the share.
  const share = shareOfLimit(figure, t);
  const parts = [
    isBudget && share !== '' ? '' : amountText(figure),
    share,
    reference && !isBudget ? clearChangeText(measure, reference.entry, report) : undefined,
  ];
  const value = parts.filter((part) => part !== undefined && part !== '').join(' · ');
  const label = figureLabel(figure, t);
  const about = [
    t(measure.about),
    item === undefined ? '' : limitAbout(figure, item, report, t),
    delta === undefined || reference === undefined ? '' : t('Change {0}: {1}', reference.text, delta),
    figure.estimated ? (estimateNote(report) ?? '') : '',
  ];
  return fact(`${at}/${item?.id ?? figure.id}`, label, value, about.filter((line) => line !== '').join('\n'), {
    ...(item && {
      icon: levelIcons[item.level],
      accessibleLabel: `${label}: ${value}, ${levelText(item, t)}`,
    }),
  });
}

/** `99.7 % of 3.00 MiB` */
function shareOfLimit(figure: Figure, t: Translate): string {
  const [ratio, limit] = [ratioText(figure), limitText(figure)];
  return ratio === undefined || limit === undefined ? '' : t('{0} of {1}', ratio, limit);
}

function limitAbout(figure: Figure, item: LimitItem, report: Report, t: Translate): string {
  const lines = [t('It is {0}.', levelText(item, t)), t(limitOf(item.id).about), limitSource(figure, report, t)];
  return lines.filter((line) => line !== '').join('\n');
}

function headroomNode(at: string, report: Report, t: Translate): TreeNode[] {
  const text = headRoom(report);
  if (text === undefined) return [];
  return [fact(`${at}/headroom`, t('Headroom'), headRoomFactor(report) ?? text, text)];
}
