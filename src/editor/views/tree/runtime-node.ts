import path from 'node:path';
import { formatBytes } from '../../../base/units.ts';
import { gradeOf } from '../../../model/grade.ts';
import type { Report } from '../../../model/report.ts';
import { oneLine, printable } from '../../../report/terminal.ts';
import { type CheckState, isAutomatic, type Runtime, type RuntimeEntry, type Translate } from '../../model.ts';
import { ageText, exemptionText, gradeLooks, gradeText, lastGradeText, titleOf, variantText } from '../labels.ts';
import { progressText, statusText } from '../status-text.ts';
import { tooltipMarkdown } from '../tooltip.ts';
import { fact, group, type TreeNode } from './node.ts';
import { reportNodes } from './report-nodes.ts';

/** The workspace folders with their runtimes. Leaves out a single folder, as the explorer does. */
export function rootNodes(all: readonly RuntimeEntry[], nowMs: number, t: Translate): TreeNode[] {
  const folders = byFolder(all);
  const nodesOf = (entries: readonly RuntimeEntry[]) =>
    entries.map(({ runtime, state }) => runtimeNode(runtime, state, nowMs, t));
  if (folders.size <= 1) return nodesOf(all).map((node) => (all.length === 1 ? { ...node, isOpen: true } : node));
  return [...folders].map(([folder, entries]) => ({
    id: `folder:${folder}`,
    label: folder === '' ? t('Picked files') : path.basename(folder),
    ...(folder === '' ? {} : { tooltip: folder }),
    icon: { id: folder === '' ? 'file' : 'root-folder' },
    context: 'folder',
    isOpen: true,
    children: nodesOf(entries),
  }));
}

function byFolder(all: readonly RuntimeEntry[]): Map<string, RuntimeEntry[]> {
  const folders = new Map<string, RuntimeEntry[]>();
  for (const entry of all) {
    const folder = entry.runtime.workspaceFolder ?? '';
    folders.set(folder, [...(folders.get(folder) ?? []), entry]);
  }
  return folders;
}

/** The number of runtimes that would not pass: the badge of the view. Counts only those that are checked automatically. */
export function failures(all: readonly RuntimeEntry[]): number {
  return all.filter(
    ({ runtime, state: { report, isCurrent } }) =>
      isAutomatic(runtime) && report !== undefined && isCurrent && report.conclusion.status === 'fail',
  ).length;
}

function runtimeNode(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): TreeNode {
  const { report, activity } = state;
  const at = runtime.id;
  const label = titleOf(runtime, state);
  return {
    id: at,
    label,
    description: descriptionOf(runtime, state, nowMs, t),
    markdownTooltip: tooltipMarkdown(runtime, state, nowMs, t),
    icon: iconOf(state),
    context: activity.kind === 'running' ? 'runtime.running' : 'runtime',
    accessibleLabel: statusText(runtime, state, nowMs, t).accessibleLabel,
    runtimeId: runtime.id,
    isOpen: false,
    children: [
      ...conclusionNode(at, state, t),
      ...problemNode(at, state),
      ...staleNode(at, runtime, t),
      ...(report === undefined ? [] : reportNodes(at, report, state.previous, t)),
      ...group(`${at}/files`, t('Files'), 'files', fileNodes(`${at}/files`, runtime, nowMs, t)),
    ],
  };
}

/** The state comes first, because a narrow side bar cuts off the end. */
function descriptionOf(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): string {
  const { activity, report, problem, isCurrent } = state;
  const parts: string[] = [];
  if (activity.kind === 'running') parts.push(progressText(activity, nowMs, t));
  else if (problem !== undefined) parts.push(t('not checked'));
  else if (report !== undefined) parts.push(lastGradeText(report, isCurrent, t));
  else if (isAutomatic(runtime)) parts.push(t('not checked yet'));
  return [...parts, exemptionText(runtime, t), runtime.profile ?? ''].filter((part) => part !== '').join(' · ');
}

function iconOf({ activity, report, problem }: CheckState): NonNullable<TreeNode['icon']> {
  if (activity.kind === 'running') return { id: 'sync~spin' };
  if (problem !== undefined) return { id: 'warning' };
  if (report === undefined) return { id: 'circle-outline' };
  return gradeIcon(report);
}

function gradeIcon(report: Report): NonNullable<TreeNode['icon']> {
  const { icon, colour } = gradeLooks[gradeOf(report).word];
  return { id: icon, ...(colour === undefined ? {} : { colour }) };
}

function conclusionNode(at: string, { report }: CheckState, t: Translate): TreeNode[] {
  if (report === undefined) return [];
  return [
    fact(`${at}/conclusion`, t('Conclusion'), `${gradeText(report, t)}: ${oneLine(report.conclusion.reason)}`, {
      icon: gradeIcon(report),
      tooltip: printable(report.conclusion.reason),
      command: { id: 'pvf.showReport', args: [{ runtimeId: at }] },
    }),
  ];
}

function problemNode(at: string, { problem }: CheckState): TreeNode[] {
  if (problem === undefined) return [];
  const { message, remedy } = problem;
  const more = {
    icon: { id: 'warning', colour: 'list.warningForeground' },
    tooltip: printable(`${message}\n${remedy ?? ''}`.trim()),
  };
  return [fact(`${at}/problem`, oneLine(message), remedy === undefined ? '' : oneLine(remedy), more)];
}

function staleNode(at: string, { stale }: Runtime, t: Translate): TreeNode[] {
  if (stale === undefined) return [];
  const icon = { id: 'history', colour: 'list.warningForeground' };
  return [
    fact(
      `${at}/stale`,
      t('The blob may be outdated'),
      t('another file of the build is newer ({0})', variantText(stale.newer.variant, t)),
      { icon },
    ),
  ];
}

function fileNodes(at: string, { blob, others }: Runtime, nowMs: number, t: Translate): TreeNode[] {
  return [blob, ...others].map((file, index) =>
    fact(
      `${at}/${index}`,
      variantText(file.variant, t),
      `${formatBytes(file.bytes)} · ${ageText(file.modifiedMs, nowMs, t)}`,
      {
        tooltip: file.path,
        ...(index === 0 ? { icon: { id: 'target' } } : {}),
      },
    ),
  );
}
