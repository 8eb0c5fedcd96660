import { figureLabel, overruns } from '../model/figure-text.ts';
import { figuresOf } from '../model/figures.ts';
import { type Grade, gradeOf } from '../model/grade.ts';
import type { Finding, Report } from '../model/report.ts';
import { bySeverity, type Severity, severityWords } from '../model/severity.ts';
import { type Fact, factsOf, runtimeName } from './facts.ts';
import { clip, oneLine, type Paint, painter, printable, type Style, wrap } from './terminal.ts';
import { figureLines } from './text-figures.ts';
import { errorText, estimateNote, findingMessage, outcomeNote, summaryText, verdictWord } from './verdict.ts';

const width = 100;
const indent = '  ';
const linesOfText = 12;

const voteStyles: Readonly<Record<Grade['vote'], Style>> = {
  accept: 'green',
  reject: 'red',
  undecided: 'yellow',
  inspected: 'yellow',
};
const severityStyles: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', information: 'cyan' };

/**
 * For a terminal, at most 100 columns wide. Paths are never broken, so that they can be copied. A line after several
 * reports sums up the verdicts.
 */
export function formatText(reports: readonly Report[], colour: boolean): string {
  const paint = painter(colour);
  const blocks = reports.map((report) => reportLines(report, paint).join('\n'));
  if (reports.length > 1) blocks.push(paint(summaryText(reports), 'bold'));
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

function reportLines(report: Report, paint: Paint): string[] {
  const facts = factsOf(report);
  const labels = [...figuresOf(report).map(figureLabel), ...facts.map(({ label }) => label)];
  const label = Math.max(...labels.map(({ length }) => length), 0) + 2;
  const blocks = [
    headLines(report, paint),
    figureLines(report, paint, label, width - indent.length).map((line) => indent + line),
    facts.flatMap((fact) => factLines(fact, label)),
    ...bySeverity(report.findings).map((group) => group.flatMap((finding) => findingLines(finding, report, paint))),
  ];
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

function headLines(report: Report, paint: Paint): string[] {
  const { runtime, verdict } = report;
  const over = overruns(report);
  const vote = paint(verdictWord(report), 'bold', voteStyles[gradeOf(report).vote]);
  return [
    `${vote}  ${paint(oneLine(runtimeName(runtime)), 'bold')}`,
    `${indent}${paint(oneLine(runtime.path), 'dim')}`,
    ...paragraph(verdict.reason, indent),
    ...paragraph(errorText(report), indent),
    ...paragraph(outcomeNote(report), indent),
    ...paragraph(estimateNote(report), indent),
    ...paragraph(listOf('Over the limit', over.limits), indent).map((line) => paint(line, 'red')),
    ...paragraph(listOf('Over budget', over.budgets), indent).map((line) => paint(line, 'red')),
  ];
}

function factLines({ label, lines, path }: Fact, labelWidth: number): string[] {
  const room = width - indent.length - labelWidth;
  const values = lines.flatMap((line) => wrap(oneLine(line), room));
  if (path !== undefined) values.push(oneLine(path));
  return values.map((value, at) => `${indent}${(at === 0 ? label : '').padEnd(labelWidth)}${value}`);
}

/** Like rustc: `warning[near-limit]: message`, with the hint below. */
function findingLines(finding: Finding, report: Report, paint: Paint): string[] {
  const { id, severity, hint } = finding;
  const title = `${severityWords[severity]}[${printable(id)}]`;
  const [first = '', ...others] = clip(
    wrap(`${title}: ${printable(findingMessage(finding, report))}`, width - indent.length),
    linesOfText,
  );
  const hints = hint === undefined ? [] : wrap(`help: ${printable(hint)}`, width - indent.length);
  return [
    `${paint(title, 'bold', severityStyles[severity])}${first.slice(title.length)}`,
    ...others.map((line) => indent + line),
    ...hints.map((line, at) => indent + (at === 0 ? paint('help:', 'cyan') + line.slice('help:'.length) : line)),
  ];
}

function listOf(title: string, items: readonly string[]): string | undefined {
  return items.length === 0 ? undefined : `${title}: ${items.join(', ')}.`;
}

function paragraph(text: string | undefined, margin: string): string[] {
  if (text === undefined || text === '') return [];
  return clip(wrap(printable(text), width - margin.length), linesOfText).map((line) =>
    line === '' ? '' : margin + line,
  );
}
