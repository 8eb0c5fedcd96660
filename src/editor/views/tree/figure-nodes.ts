import { capitalize } from '../../../base/text.ts';
import { groupDigits } from '../../../base/units.ts';
import { amountText, headRoom, headRoomFactor, limitText, ratioText } from '../../../model/figure-text.ts';
import { type Figure, figuresOf } from '../../../model/figures.ts';
import type { Reference } from '../../../model/history.ts';
import { limitOf, measureOf } from '../../../model/measures.ts';
import type { LimitItem, Report } from '../../../model/report.ts';
import { changeText, clearChangeText } from '../../../report/changes.ts';
import { estimateNote } from '../../../report/conclusion.ts';
import { oneLine, printable } from '../../../report/terminal.ts';
import type { Translate } from '../../model.ts';
import { figureLabel, leftText, levelText, limitSource } from '../labels.ts';
import { type PendingFigure, pendingOf, pendingRoom, pendingShare, sinceText } from '../pending-limits.ts';
import { dayAge } from '../profile-text.ts';
import { fact, group, type TreeNode } from './node.ts';

interface FigureContext {
  readonly reference: Reference | undefined;
  readonly nowMs: number;
}

/** Each figure once, with its limit and share, and the headroom below the CPU time. */
export function figuresGroup(
  at: string,
  runtimeId: string,
  report: Report,
  { reference, nowMs }: FigureContext,
  t: Translate,
): TreeNode[] {
  const nodes = figuresOf(report).flatMap((figure) => {
    const node = figureNode(at, figure, report, reference, t);
    return figure.id === 'cpu-time' && !figure.isBudget ? [node, ...headroomNode(at, report, t)] : [node];
  });
  const all = [...nodes, profileNode(`${at}/limits`, runtimeId, report, nowMs, t)];
  return nodes.length === 0
    ? []
    : group(at, t('Figures'), 'dashboard', all, t('What was measured, and the limits for it.'));
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
  const pending = pendingOf(figure, report);
  const about = [
    t(measure.about),
    item === undefined ? '' : limitAbout(figure, item, report, t),
    ...pending.map((one) =>
      t('{0}: {1}, {2}', capitalize(sinceText(one, t)), pendingShare(one, t), pendingRoom(one, t)),
    ),
    delta === undefined || reference === undefined ? '' : t('Change {0}: {1}', reference.text, delta),
    figure.estimated ? (estimateNote(report) ?? '') : '',
  ];
  const id = `${at}/${item?.id ?? figure.id}`;
  return fact(id, label, value, about.filter((line) => line !== '').join('\n'), {
    ...(item && {
      icon: levelIcons[item.level],
      accessibleLabel: `${label}: ${value}, ${levelText(item, t)}`,
    }),
    children: pending.map((one, index) => pendingNode(`${id}/pending-${index}`, one, report, t)),
  });
}

/** `99.7 % of 3.00 MiB` */
function shareOfLimit(figure: Figure, t: Translate): string {
  const [ratio, limit] = [ratioText(figure), limitText(figure)];
  return ratio === undefined || limit === undefined ? '' : t('{0} of {1}', ratio, limit);
}

function limitAbout(figure: Figure, item: LimitItem, report: Report, t: Translate): string {
  const lines = [t('It is {0}.', roomText(figure, item, t)), t(limitOf(item.id).about), limitSource(figure, report, t)];
  return lines.filter((line) => line !== '').join('\n');
}

/** `close to the limit, 8.5 KiB left` */
function roomText(figure: Figure, item: LimitItem, t: Translate): string {
  return [levelText(item, t), leftText(figure, t) ?? ''].filter((part) => part !== '').join(', ');
}

/** The same figure against a scheduled limit. */
function pendingNode(id: string, pending: PendingFigure, report: Report, t: Translate): TreeNode {
  const { item } = pending.figure;
  const label = capitalize(sinceText(pending, t));
  const value = pendingShare(pending, t);
  const about = [
    t('The relay chain has scheduled this limit. The runtime is {0}.', pendingRoom(pending, t)),
    t(limitOf(item.id).about),
    limitSource(pending.figure, report, t),
  ];
  return fact(id, label, value, about.join('\n'), {
    icon: levelIcons[item.level],
    accessibleLabel: `${label}: ${value}, ${levelText(item, t)}`,
  });
}

/** The profile with its age. Selects another one. */
function profileNode(id: string, runtimeId: string, { limits }: Report, nowMs: number, t: Translate): TreeNode {
  const { profile, source, date, block } = limits;
  const lines = [source, ...(block === undefined ? [] : [t('Block {0}: {1}', groupDigits(block.number), block.hash)])];
  return fact(id, t('Limits'), oneLine(`${profile} · ${dayAge(date, nowMs, t)}`), printable(lines.join('\n')), {
    icon: { id: 'law' },
    context: 'limits',
    runtimeId,
    command: { id: 'pvf.selectProfile', args: [{ runtimeId }] },
  });
}

function headroomNode(at: string, report: Report, t: Translate): TreeNode[] {
  const text = headRoom(report);
  if (text === undefined) return [];
  return [fact(`${at}/headroom`, t('Headroom'), headRoomFactor(report) ?? text, text)];
}
