import { headRoom, ratioText } from '../../model/figure-text.ts';
import { figuresOf } from '../../model/figures.ts';
import { gradeOf } from '../../model/grade.ts';
import type { Report } from '../../model/report.ts';
import { estimateNote } from '../../report/conclusion.ts';
import { code, prose, table } from '../../report/markdown-text.ts';
import { bar, oneLine } from '../../report/terminal.ts';
import type { CommandId } from '../contributions.ts';
import type { CheckState, Runtime, Translate } from '../model.ts';
import { ageText, figureLabel, gradeLooks, gradeText, titleOf, usedOfLimit, variantText } from './labels.ts';
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
] as const satisfies readonly CommandId[];

/** Markdown with command links and theme icons: conclusion, bars of the limits, worker, commands. */
export function tooltipMarkdown(runtime: Runtime, state: CheckState, nowMs: number, t: Translate): string {
  const { activity, report, problem } = state;
  const blocks = [
    headline(runtime, state, t),
    activity.kind === 'running' ? `$(sync~spin) ${prose(progressText(activity, nowMs, t))}` : '',
    problem === undefined ? '' : `$(warning) ${prose([problem.message, problem.remedy ?? ''].join(' ').trim())}`,
    ...(report === undefined ? [t('Not checked yet.')] : reportBlocks(report, state.isCurrent, nowMs, t)),
    runtime.stale === undefined
      ? ''
      : `$(history) ${prose(t('The blob may be outdated: another file of the build is newer ({0}).', variantText(runtime.stale.newer.variant, t)))}`,
    links(runtime, state, t),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function headline(runtime: Runtime, state: CheckState, t: Translate): string {
  const title = `**${prose(oneLine(titleOf(runtime, state)))}**`;
  return [title, prose(runtime.profile ?? ''), prose(variantText(runtime.blob.variant, t))]
    .filter((part) => part !== '')
    .join(' · ');
}

function reportBlocks(report: Report, isCurrent: boolean, nowMs: number, t: Translate): string[] {
  const { reason } = report.conclusion;
  const shown = reason.length > MAX_REASON ? `${reason.slice(0, MAX_REASON)}…` : reason;
  const when = ageText(Date.parse(report.createdAt), nowMs, t);
  const icon = `$(${gradeLooks[gradeOf(report).word].icon})`;
  const room = headRoom(report);
  return [
    `${icon} **${prose(gradeText(report, t))}**, ${prose(isCurrent ? when : t('{0}, an earlier build', when))}`,
    prose(oneLine(shown)),
    figureTable(report, t),
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
  const name = worker.kind === 'portable' ? t('built-in worker') : t('official worker');
  return `$(server-process) ${prose(worker.version === undefined ? name : `${name} ${worker.version}`)}`;
}

function links(runtime: Runtime, { activity, report }: CheckState, t: Translate): string {
  const target = [{ runtimeId: runtime.id }];
  const shown = [
    activity.kind === 'running' ? link('stop-circle', t('Cancel'), 'pvf.cancel', target) : undefined,
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
