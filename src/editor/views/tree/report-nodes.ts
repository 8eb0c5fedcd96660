import { capitalize } from '../../../base/text.ts';
import { formatBytes, formatMillis } from '../../../base/units.ts';
import { deltaOf } from '../../../model/delta.ts';
import { deltaText, headRoom, ratioText, usedText } from '../../../model/figure-text.ts';
import { amountOf, figuresOf } from '../../../model/figures.ts';
import { type Measure, measures } from '../../../model/measures.ts';
import type { LimitItem, Report } from '../../../model/report.ts';
import { bySeverity, type Severity, severityWords } from '../../../model/severity.ts';
import { estimateNote } from '../../../report/conclusion.ts';
import { bar, oneLine } from '../../../report/terminal.ts';
import type { Translate } from '../../model.ts';
import { findingTexts } from '../findings.ts';
import { figureLabel, usedOfLimit } from '../labels.ts';
import { fact, group, type TreeNode } from './node.ts';

const BAR_CELLS = 8;

/** A report as groups of nodes: findings, limits, sizes, timing, memory, worker. */
export function reportNodes(at: string, report: Report, previous: Report | undefined, t: Translate): TreeNode[] {
  const sizes = measures
    .filter(({ kind }) => kind === 'size')
    .flatMap((measure) => sizeNode(`${at}/sizes`, measure, report, previous, t));
  const stored = sizes[0]?.description;
  return [
    ...findingsGroup(`${at}/findings`, report, t),
    ...group(`${at}/limits`, t('Limits'), 'dashboard', limitNodes(`${at}/limits`, report, t), report.limits.profile),
    ...group(`${at}/sizes`, t('Sizes'), 'package', sizes, stored),
    ...group(`${at}/timing`, t('Timing'), 'watch', timeNodes(`${at}/timing`, report, t), usedOf(report, 'cpu-time')),
    ...group(`${at}/memory`, t('Memory'), 'pulse', memoryNodes(`${at}/memory`, report, t), usedOf(report, 'memory')),
    ...workerNode(`${at}/worker`, report, t),
  ];
}

function usedOf(report: Report, id: 'cpu-time' | 'memory'): string | undefined {
  const figure = figuresOf(report).find((one) => one.id === id);
  return figure === undefined ? undefined : usedText(figure);
}

function sizeNode(
  at: string,
  measure: Measure,
  report: Report,
  previous: Report | undefined,
  t: Translate,
): TreeNode[] {
  const amount = amountOf(measure, report);
  if (amount === undefined) return [];
  const delta = deltaText(previous && deltaOf(measure, previous, report), measure.unit);
  const text = delta === undefined ? usedText(amount) : `${usedText(amount)}  ${delta}`;
  const tooltip = delta === undefined ? {} : { tooltip: t('{0} since the previous report', delta) };
  return [fact(`${at}/${measure.id}`, t(capitalize(measure.shortName)), text, tooltip)];
}

function timeNodes(at: string, report: Report, t: Translate): TreeNode[] {
  const { stats } = report;
  if (stats === undefined) return [];
  const cpu = figuresOf(report).find(({ id }) => id === 'cpu-time');
  const room = headRoom(report);
  const note = estimateNote(report);
  return [
    ...(cpu === undefined
      ? []
      : [fact(`${at}/cpu`, figureLabel(cpu, t), usedText(cpu), note === undefined ? {} : { tooltip: note })]),
    ...(room === undefined ? [] : [fact(`${at}/room`, t('Headroom'), room)]),
    fact(`${at}/wall`, t('Wall clock'), formatMillis(stats.wallTimeMs)),
    fact(
      `${at}/spawn`,
      t('Worker start-up'),
      stats.spawnMs === 0 ? t('0 ms (already running)') : formatMillis(stats.spawnMs),
    ),
  ];
}

function memoryNodes(at: string, report: Report, t: Translate): TreeNode[] {
  const { resident, allocated, maxRss } = report.stats?.memory ?? {};
  const peak = figuresOf(report).find(({ id }) => id === 'memory');
  const others: readonly (readonly [string, string, number | undefined])[] = [
    ['resident', t('Resident'), resident],
    ['allocated', t('Allocated'), allocated],
    ['max-rss', t('Max RSS'), maxRss],
  ];
  return [
    ...(peak === undefined ? [] : [fact(`${at}/peak`, figureLabel(peak, t), usedText(peak))]),
    ...others.flatMap(([id, label, bytes]) =>
      bytes === undefined ? [] : [fact(`${at}/${id}`, label, formatBytes(bytes))],
    ),
  ];
}

const levelIcons: Readonly<Record<LimitItem['level'], { id: string; colour: string }>> = {
  ok: { id: 'pass', colour: 'testing.iconPassed' },
  near: { id: 'warning', colour: 'list.warningForeground' },
  over: { id: 'error', colour: 'list.errorForeground' },
};

function limitNodes(at: string, report: Report, t: Translate): TreeNode[] {
  return figuresOf(report).flatMap((figure) => {
    const { item } = figure;
    if (item === undefined) return [];
    const used = usedOfLimit(figure, t);
    const ratio = ratioText(figure) ?? '';
    const label = figureLabel(figure, t);
    return [
      fact(`${at}/${item.id}`, label, `${ratio} ${bar(item.ratio, BAR_CELLS)} ${used}`, {
        icon: levelIcons[item.level],
        accessibleLabel: `${label}: ${used}, ${ratio}, ${levelText(item.level, t)}`,
        tooltip: `${used}, ${ratio}\n${report.limits.source}`,
      }),
    ];
  });
}

function levelText(level: LimitItem['level'], t: Translate): string {
  switch (level) {
    case 'ok':
      return t('within the limit');
    case 'near':
      return t('near the limit');
    case 'over':
      return t('over the limit');
  }
}

const severityIcons: Readonly<Record<Severity, { id: string; colour: string }>> = {
  error: { id: 'error', colour: 'list.errorForeground' },
  warning: { id: 'warning', colour: 'list.warningForeground' },
  information: { id: 'info', colour: 'charts.blue' },
};

function findingsGroup(at: string, report: Report, t: Translate): TreeNode[] {
  const findings = bySeverity(report.findings).flat();
  const nodes = findings.map((finding, index): TreeNode => {
    const { id, severity } = finding;
    const { first, rest } = findingTexts(finding);
    return {
      id: `${at}/${index}-${id}`,
      label: oneLine(first),
      tooltip: rest === undefined ? first : `${first}\n\n${rest}`,
      icon: severityIcons[severity],
      context: 'finding',
      accessibleLabel: `${t(capitalize(severityWords[severity]))}: ${oneLine(first)}`,
      command: { id: 'pvf.explain', args: [id] },
      findingId: id,
      children: [],
    };
  });
  const worst = findings[0]?.severity;
  return group(at, t('Findings'), 'checklist', nodes, `${nodes.length}`).map((node) => ({
    ...node,
    // VS Code remembers closed nodes by id. The other id opens the group for the first error.
    id: worst === 'error' ? `${node.id}/errors` : node.id,
    isOpen: worst === 'error',
  }));
}

function workerNode(at: string, { worker }: Report, t: Translate): TreeNode[] {
  if (worker === undefined) return [];
  const name = worker.kind === 'portable' ? t('built-in') : t('official');
  const description = worker.version === undefined ? name : `${name} ${worker.version}`;
  const details = [
    ...(worker.wireRevision === undefined ? [] : [fact(`${at}/revision`, t('Wire revision'), worker.wireRevision)]),
    ...(worker.engine === undefined ? [] : [fact(`${at}/engine`, t('Engine'), worker.engine)]),
    ...(worker.path === undefined ? [] : [fact(`${at}/path`, t('Path'), worker.path, { tooltip: worker.path })]),
  ];
  return [
    {
      id: at,
      label: t('Worker'),
      description,
      icon: { id: 'server-process' },
      context: 'worker',
      accessibleLabel: t('Worker: {0}', description),
      children: details,
    },
  ];
}
