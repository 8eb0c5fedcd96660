import { formatBytes, formatRatio, groupDigits } from '../../base/units.ts';
import type { Finding, Report } from '../../model/report.ts';
import { runtimeName } from '../../report/facts.ts';
import { type Figure, figuresOf, isBudget, usedText } from '../../report/figures.ts';
import { code, prose, table } from '../../report/markdown-text.ts';
import { oneLine } from '../../report/terminal.ts';
import type { Translate } from '../translate.ts';
import { figureLabel, gradeText } from './plain-text.ts';

/** What changed from one report to another, as a page. */
export function compareMarkdown(older: Report, newer: Report, t: Translate): string {
  const blocks = [
    `# ${prose(oneLine(runtimeName(older.runtime)))} → ${prose(oneLine(runtimeName(newer.runtime)))}`,
    heads(older, newer, t),
    older.runtime.codeHash === newer.runtime.codeHash
      ? t('Both blobs are the same, byte for byte. The relay chain refuses an upgrade to the same code.')
      : '',
    figures(older, newer, t),
    unlikeFigures(older, newer)
      ? t("One of both has estimates and the other measurements: times and memory can't be compared.")
      : '',
    sections(older, newer, t),
    ...findings(older, newer, t),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** Paths and hashes stand below each other: side by side they would not fit a page. */
function heads(older: Report, newer: Report, t: Translate): string {
  const head = (name: string, report: Report) => {
    const { runtime, worker, createdAt } = report;
    const spoke = [worker?.kind ?? '', worker?.version ?? ''].join(' ').trim();
    const verdict = gradeText(report, t);
    const facts = [verdict, spoke === '' ? '' : t('worker: {0}', spoke), createdAt].filter((fact) => fact !== '');
    return `- **${name}**: ${prose(facts.join(', '))}<br>${code(runtime.path)}<br>${code(runtime.codeHash)}`;
  };
  return [head(t('Older'), older), head(t('Newer'), newer)].join('\n');
}

function figures(older: Report, newer: Report, t: Translate): string {
  const before = mainFigures(older);
  const after = mainFigures(newer);
  const labels = [...new Set([...before, ...after].map(({ label }) => label))];
  const rows = labels.map((label) => {
    const then = before.find((one) => one.label === label);
    const now = after.find((one) => one.label === label);
    return [
      figureLabel({ label }, t),
      then === undefined ? '' : usedText(then),
      now === undefined ? '' : usedText(now),
      change(then, now),
    ];
  });
  return table(['', t('Older'), t('Newer'), t('Change')], rows, ':-- --: --: --:');
}

function mainFigures(report: Report): Figure[] {
  return figuresOf(report).filter(({ item }) => item === undefined || !isBudget(item.id));
}

/** Only like with like: an estimate and a measurement differ by more than the code does. */
function change(then: Figure | undefined, now: Figure | undefined): string {
  if (then === undefined || now === undefined || then.used <= 0 || then.estimated !== now.estimated) return '';
  if (then.used === now.used) return '=';
  const share = (now.used - then.used) / then.used;
  return `${share > 0 ? '+' : '−'}${formatRatio(Math.abs(share))}`;
}

function unlikeFigures({ stats: then }: Report, { stats: now }: Report): boolean {
  return then?.cpuTimeIs !== undefined && now?.cpuTimeIs !== undefined && then.cpuTimeIs !== now.cpuTimeIs;
}

function sections(older: Report, newer: Report, t: Translate): string {
  const [before, after] = [older, newer].map(({ runtime }) => runtime.sections);
  if (before === undefined || after === undefined) return '';
  const names = [...new Set([...after, ...before].map(({ name }) => name))];
  const size = (list: typeof before, name: string) =>
    list.filter((one) => one.name === name).reduce((sum, { bytes }) => sum + bytes, 0);
  const rows = names
    .map((name) => ({ name, was: size(before, name), is: size(after, name) }))
    .filter(({ was, is }) => was !== is)
    .sort((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was))
    .map(({ name, was, is }) => {
      const change = `${is > was ? '+' : '−'}${groupDigits(Math.abs(is - was))} B`;
      return [code(name), formatBytes(was), formatBytes(is), change];
    });
  if (rows.length === 0) return '';
  return `## ${t('Sections that changed')}\n\n${table(['', t('Older'), t('Newer'), t('Change')], rows, ':-- --: --: --:')}`;
}

function findings(older: Report, newer: Report, t: Translate): string[] {
  const isIn = (report: Report) => (one: Finding) => report.findings.some(({ id }) => id === one.id);
  const came = newer.findings.filter((one) => !isIn(older)(one));
  const went = older.findings.filter((one) => !isIn(newer)(one));
  return [
    came.length === 0 ? '' : `## ${t('New findings')}\n\n${came.map(findingLine).join('\n')}`,
    went.length === 0 ? '' : `## ${t('Findings that went')}\n\n${went.map(findingLine).join('\n')}`,
  ];
}

function findingLine({ id, severity, message }: Finding): string {
  return `- **${severity}** ${code(id)} ${prose(oneLine(message))}`;
}
