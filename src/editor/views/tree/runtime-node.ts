import path from 'node:path';
import { gradeOf } from '../../../model/grade.ts';
import type { Report } from '../../../model/report.ts';
import { errorText } from '../../../report/conclusion.ts';
import { oneLine, printable } from '../../../report/terminal.ts';
import {
  type CheckState,
  isAutomatic,
  type Runtime,
  type RuntimeEntry,
  type ShownResult,
  shownResult,
  type Translate,
} from '../../model.ts';
import { exemptionText, gradeLooks, shownGradeText, titleOf, variantText } from '../labels.ts';
import { pendingVotes } from '../pending-limits.ts';
import { progressText, statusText } from '../status-text.ts';
import { tooltipMarkdown } from '../tooltip.ts';
import { codeNode } from './code-node.ts';
import { costsGroup } from './costs-group.ts';
import { detailsGroup } from './detail-nodes.ts';
import { figuresGroup } from './figure-nodes.ts';
import { findingsGroup } from './findings-group.ts';
import { metadataGroup } from './metadata-group.ts';
import { fact, type TreeNode } from './node.ts';
import { sizesGroup } from './sizes-group.ts';

/** The workspace folders with their runtimes. Leaves out a single folder, as the explorer does. */
export function rootNodes(all: readonly RuntimeEntry[], nowMs: number, t: Translate): TreeNode[] {
  const folders = byFolder(all);
  const nodesOf = (entries: readonly RuntimeEntry[]) =>
    entries.map(({ runtime, state }) => runtimeNode(runtime, state, nowMs, t));
  if (folders.size <= 1) return nodesOf(all).map((node) => (all.length === 1 ? { ...node, isOpen: true } : node));
  return [...folders].map(([folder, entries]) => ({
    id: `folder:${folder}`,
    label: folder === '' ? t('Picked files') : path.basename(folder),
    tooltip: folder === '' ? t('Files outside the open folders') : folder,
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
  return all.filter(({ runtime, state }) => {
    const { report, isCurrent } = shownResult(state);
    return isAutomatic(runtime) && isCurrent && report?.conclusion.status === 'fail';
  }).length;
}

function runtimeNode(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): TreeNode {
  const { activity } = state;
  const result = shownResult(state);
  const { report } = result;
  const at = runtime.id;
  const markdownTooltip = tooltipMarkdown(runtime, state, nowMs, t);
  return {
    id: at,
    label: titleOf(runtime, state),
    description: descriptionOf(runtime, state, nowMs, t),
    tooltip: runtime.blob.path,
    markdownTooltip,
    icon: iconOf(state),
    context: activity.kind === 'idle' ? 'runtime' : 'runtime.running',
    accessibleLabel: statusText(runtime, state, nowMs, t).accessibleLabel,
    runtimeId: runtime.id,
    isOpen: false,
    children: [
      ...problemNode(at, state, t),
      ...(report === undefined ? [] : conclusionNodes(at, report, result, t)),
      ...staleNode(at, runtime, t),
      ...codeNode(at, report, t),
      ...(report === undefined ? [] : findingsGroup(`${at}/findings`, report, t)),
      ...(report === undefined
        ? []
        : figuresGroup(`${at}/figures`, at, report, { reference: result.reference, nowMs }, t)),
      ...(report === undefined ? [] : sizesGroup(`${at}/sizes`, at, report, t)),
      ...(report === undefined ? [] : costsGroup(`${at}/costs`, at, report, t)),
      ...(report === undefined ? [] : metadataGroup(`${at}/metadata`, report, result.reference, t)),
      ...detailsGroup(`${at}/details`, runtime, result, nowMs, t),
    ],
  };
}

/** The state comes first, because a narrow side bar cuts off the end. */
function descriptionOf(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): string {
  const { activity, report, problem } = state;
  const parts: string[] = [];
  if (activity.kind === 'running') {
    parts.push(progressText(activity, nowMs, t));
    if (activity.interim) parts.push(shownGradeText(activity.interim, shownResult(state), t));
  } else if (activity.kind === 'queued') parts.push(t('queued'));
  else if (problem !== undefined) parts.push(t('not checked'));
  else if (report !== undefined) parts.push(shownGradeText(report, state, t));
  else if (isAutomatic(runtime)) parts.push(t('not checked yet'));
  return [...parts, exemptionText(runtime, t), runtime.profile ?? ''].filter((part) => part !== '').join(' · ');
}

function iconOf({ activity, report, problem }: CheckState): NonNullable<TreeNode['icon']> {
  if (activity.kind === 'running') return { id: 'sync~spin' };
  if (activity.kind === 'queued') return { id: 'clock' };
  if (problem !== undefined) return { id: 'warning' };
  if (report === undefined) return { id: 'circle-outline' };
  return gradeIcon(report);
}

function gradeIcon(report: Report): NonNullable<TreeNode['icon']> {
  const { icon, colour } = gradeLooks[gradeOf(report).word];
  return { id: icon, ...(colour === undefined ? {} : { colour }) };
}

/** Shows the vote beside the conclusion, because only the conclusion says whether the runtime can ship. */
function conclusionNodes(at: string, report: Report, { isInterim }: ShownResult, t: Translate): TreeNode[] {
  const { status, reason } = report.conclusion;
  const about = [t('Can this runtime ship?'), errorText(report) ?? ''].filter((line) => line !== '').join('\n');
  const unknown = isInterim ? t('pending') : t('unknown, not prepared');
  const vote = report.outcome === undefined ? unknown : report.vote;
  const pending = isInterim ? [] : pendingVotes(report, t);
  return [
    fact(`${at}/conclusion`, t('Conclusion'), `${status}: ${oneLine(reason)}`, printable(about), {
      icon: gradeIcon(report),
      command: { id: 'pvf.showReport', args: [{ runtimeId: at }] },
    }),
    fact(`${at}/vote`, t('Vote'), vote, [t('How validators would vote in pre-checking.'), ...pending].join('\n'), {
      children: pending.map((text, index) =>
        fact(`${at}/vote/${index}`, text, '', t('The relay chain has scheduled other limits.'), {
          icon: { id: 'warning', colour: 'list.warningForeground' },
        }),
      ),
    }),
  ];
}

function problemNode(at: string, { problem }: CheckState, t: Translate): TreeNode[] {
  if (problem === undefined) return [];
  const message = oneLine(problem.message);
  const remedy = oneLine(problem.remedy ?? '');
  const about = t('The last check failed on this machine. It says nothing about the runtime.');
  return [fact(`${at}/problem`, message, remedy, about, { icon: { id: 'warning', colour: 'list.warningForeground' } })];
}

function staleNode(at: string, { stale }: Runtime, t: Translate): TreeNode[] {
  if (stale === undefined) return [];
  const icon = { id: 'history', colour: 'list.warningForeground' };
  const value = t('another file of the build is newer ({0})', variantText(stale.newer.variant, t));
  return [fact(`${at}/stale`, t('The blob may be outdated'), value, stale.newer.path, { icon })];
}
