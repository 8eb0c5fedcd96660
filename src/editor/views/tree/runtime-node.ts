import { formatBytes } from '../../../base/units.ts';
import { gradeOf } from '../../../model/grade.ts';
import type { Report } from '../../../model/report.ts';
import { oneLine, printable } from '../../../report/terminal.ts';
import type { BlobFile, CheckState, Runtime } from '../../model.ts';
import type { Translate } from '../../translate.ts';
import { gradeLooks } from '../grade-looks.ts';
import { ageText, gradeText, titleOf } from '../plain-text.ts';
import { progressText } from '../progress-text.ts';
import { statusText } from '../status-text.ts';
import { tooltipMarkdown } from '../tooltip.ts';
import { fact, group, type TreeNode } from './node.ts';
import { reportNodes } from './report-nodes.ts';

/** A runtime with everything that is known of it below. */
export function runtimeNode(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): TreeNode {
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
    spoken: statusText(runtime, state, nowMs, t).spoken,
    runtimeId: runtime.id,
    isOpen: false,
    children: [
      ...verdictNode(at, state, t),
      ...problemNode(at, state),
      ...staleNode(at, runtime, t),
      ...(report === undefined ? [] : reportNodes(at, report, state.previous, t)),
      ...group(`${at}/files`, t('Files'), 'files', fileNodes(`${at}/files`, runtime, nowMs, t)),
    ],
  };
}

/** The state first: a narrow side bar cuts what comes last. */
function descriptionOf(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): string {
  const { activity, report, problem, isCurrent } = state;
  const parts: string[] = [];
  if (activity.kind === 'running') parts.push(progressText(activity, nowMs, t));
  else if (problem !== undefined) parts.push(t('not checked'));
  else if (report === undefined) parts.push(t('not checked yet'));
  else parts.push(isCurrent ? gradeText(report, t) : t('{0} (an earlier build)', gradeText(report, t)));
  return [...parts, runtime.profile ?? ''].filter((part) => part !== '').join(' · ');
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

function verdictNode(at: string, { report }: CheckState, t: Translate): TreeNode[] {
  if (report === undefined) return [];
  return [
    fact(`${at}/verdict`, t('Verdict'), `${gradeText(report, t)}: ${oneLine(report.verdict.reason)}`, {
      icon: gradeIcon(report),
      tooltip: printable(report.verdict.reason),
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
    fact(`${at}/stale`, t('The blob may be old'), t('the {0} file beside it is newer', stale.newer.variant), { icon }),
  ];
}

function fileNodes(at: string, { blob, others }: Runtime, nowMs: number, t: Translate): TreeNode[] {
  return [blob, ...others].map((file: BlobFile, index) =>
    fact(`${at}/${index}`, file.variant, `${formatBytes(file.bytes)} · ${ageText(file.modifiedMs, nowMs, t)}`, {
      tooltip: file.path,
      ...(index === 0 ? { icon: { id: 'target' } } : {}),
    }),
  );
}
