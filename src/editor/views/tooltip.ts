import { firstCharacters } from '../../base/text.ts';
import { headRoom, ratioText } from '../../model/figure-text.ts';
import { figuresOf } from '../../model/figures.ts';
import { gradeOf } from '../../model/grade.ts';
import { isOldProfile } from '../../model/profile-summary.ts';
import type { Report } from '../../model/report.ts';
import { changesText } from '../../report/changes.ts';
import { estimateNote } from '../../report/conclusion.ts';
import { workerName } from '../../report/facts.ts';
import { code, prose, table } from '../../report/markdown-text.ts';
import { bar, oneLine } from '../../report/terminal.ts';
import type { CommandId } from '../contributions.ts';
import {
  type CheckState,
  type Runtime,
  type RuntimeEntry,
  type ShownResult,
  shownResult,
  type Translate,
} from '../model.ts';
import { ageText, figureLabel, gradeLooks, shownGradeText, titleOf, usedOfLimit, variantText } from './labels.ts';
import { pendingLines } from './pending-limits.ts';
import { dayAge } from './profile-text.ts';
import { progressText } from './status-text.ts';

const BAR_CELLS = 16;
const MAX_REASON = 300;

/** The commands that a tooltip may link to. Everything else in it is untrusted. */
export const tooltipCommands = [
  'pvf.prepare',
  'pvf.showReport',
  'pvf.showLog',
  'pvf.cancel',
  'pvf.selectWorker',
  'pvf.selectProfile',
  'pvf.refreshLimits',
] as const satisfies readonly CommandId[];

/** Markdown with command links and theme icons: conclusion, bars of the limits, worker, commands. */
export function tooltipMarkdown(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): string {
  const { activity, problem } = state;
  const shown = shownResult(state);
  const { report } = shown;
  const blocks = [
    headline(runtime, state, t),
    activity.kind === 'queued' ? `$(clock) ${t('queued')}` : '',
    activity.kind === 'running' ? `$(sync~spin) ${prose(progressText(activity, nowMs, t))}` : '',
    problem === undefined ? '' : `$(warning) ${prose([problem.message, problem.remedy ?? ''].join(' ').trim())}`,
    ...(report === undefined
      ? [t('Not checked yet.')]
      : [...reportBlocks(report, shown, nowMs, t), limitsLine(runtime, report, nowMs, t)]),
    report !== undefined && report.outcome === undefined && activity.kind === 'idle'
      ? t('Inspected, not prepared. Click $(play) to prepare it as a validator would.')
      : '',
    runtime.stale === undefined
      ? ''
      : `$(history) ${prose(t('The blob may be outdated: another file of the build is newer ({0}).', variantText(runtime.stale.newer.variant, t)))}`,
    links(runtime, state, t),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** One line for each runtime, with links to its report or to a preparation. */
export function allTooltipMarkdown(entries: readonly RuntimeEntry[], nowMs: number, t: Translate): string {
  const lines = entries.map(({ runtime, state }) => {
    const shown = shownResult(state);
    const { report } = shown;
    const target = [{ runtimeId: runtime.id }];
    const icon = report === undefined ? 'circle-outline' : gradeLooks[gradeOf(report).word].icon;
    const text = report === undefined ? t('not checked yet') : shownGradeText(report, shown, t);
    const open =
      report === undefined
        ? link('play', t('Prepare'), 'pvf.prepare', target)
        : link('output', t('Report'), 'pvf.showReport', target);
    return `$(${icon}) **${prose(oneLine(titleOf(runtime, state)))}**: ${prose(text)} &nbsp; ${open}`;
  });
  return [...lines, ...allLimitsLines(entries, nowMs, t)].join('\n\n');
}

/** Each profile once. Nearly always all runtimes have the same. */
function allLimitsLines(entries: readonly RuntimeEntry[], nowMs: number, t: Translate): string[] {
  const lines = entries.flatMap(({ runtime, state }): [string, string][] => {
    const { report } = shownResult(state);
    if (report === undefined) return [];
    const { profile, date } = report.limits;
    return [[`${profile} ${date}`, limitsLine(runtime, report, nowMs, t)]];
  });
  return [...new Map(lines.reverse()).values()].reverse();
}

function headline(runtime: Runtime, state: CheckState, t: Translate): string {
  const title = `**${prose(oneLine(titleOf(runtime, state)))}**`;
  return [title, prose(runtime.profile ?? ''), prose(variantText(runtime.blob.variant, t))]
    .filter((part) => part !== '')
    .join(' · ');
}

function reportBlocks(report: Report, result: ShownResult, nowMs: number, t: Translate): string[] {
  const { isCurrent, isInterim, reference } = result;
  const { reason } = report.conclusion;
  const shown = reason.length > MAX_REASON ? `${firstCharacters(reason, MAX_REASON)}…` : reason;
  const when = ageText(Date.parse(report.createdAt), nowMs, t);
  const icon = `$(${gradeLooks[gradeOf(report).word].icon})`;
  const room = headRoom(report);
  return [
    `${icon} **${prose(shownGradeText(report, { isCurrent: true, isInterim }, t))}**, ${prose(isCurrent ? when : t('{0}, an earlier build', when))}`,
    prose(oneLine(shown)),
    figureTable(report, t),
    ...pendingLines(report, t).map(prose),
    prose((reference && changesText(reference, report)) ?? ''),
    room === undefined ? '' : prose(`${t('Headroom')}: ${room}`),
    prose(estimateNote(report) ?? ''),
    workerLine(report, t),
  ];
}

function figureTable(report: Report, t: Translate): string {
  const rows = figuresOf(report).map((figure) => [
    figureLabel(figure, t),
    usedOfLimit(figure, t),
    figure.item === undefined ? '' : code(bar(figure.item.ratio, BAR_CELLS)),
    ratioText(figure) ?? '',
  ]);
  return table(['', '', '', ''], rows, ':-- :-- :-- --:');
}

function workerLine({ worker }: Report, t: Translate): string {
  if (worker === undefined) return '';
  return `$(server-process) ${prose(t('worker: {0}', workerName(worker)))}`;
}

/** The profile with its source and its age. Limits that were read from a chain long ago can be refreshed. */
function limitsLine({ id }: Runtime, { limits }: Report, nowMs: number, t: Translate): string {
  const { profile, source, date, block } = limits;
  const target = [{ runtimeId: id }];
  const change = link('law', t('Limits'), 'pvf.selectProfile', target);
  const refresh =
    block !== undefined && isOldProfile(date, nowMs) ? link('refresh', t('Refresh'), 'pvf.refreshLimits', target) : '';
  const text = t('{0}, read {1}: {2}', profile, dayAge(date, nowMs, t), source);
  return [change, prose(oneLine(text)), refresh].filter((part) => part !== '').join(' &nbsp; ');
}

function links(runtime: Runtime, { activity, report }: CheckState, t: Translate): string {
  const target = [{ runtimeId: runtime.id }];
  const shown = [
    activity.kind !== 'idle' ? link('stop-circle', t('Cancel'), 'pvf.cancel', target) : undefined,
    activity.kind === 'idle' ? link('play', t('Prepare'), 'pvf.prepare', target) : undefined,
    report === undefined ? undefined : link('output', t('Report'), 'pvf.showReport', target),
    link('list-flat', t('Log'), 'pvf.showLog', []),
    link('server-process', t('Worker'), 'pvf.selectWorker', []),
  ];
  return shown.filter((one) => one !== undefined).join(' &nbsp; ');
}

function link(
  icon: string,
  label: string,
  command: (typeof tooltipCommands)[number],
  args: readonly unknown[],
): string {
  const query =
    args.length === 0
      ? ''
      : `?${encodeURIComponent(JSON.stringify(args)).replaceAll(')', '%29').replaceAll('(', '%28')}`;
  return `[$(${icon}) ${label}](command:${command}${query})`;
}
