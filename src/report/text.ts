import { figureLabel } from '../model/figure-text.ts';
import { figuresOf } from '../model/figures.ts';
import { isProblem, type ProblemEntry, problemWord, type ReportEntry } from '../model/input-problem.ts';
import type { Conclusion, Finding, Report } from '../model/report.ts';
import { bySeverity, type Severity, severityWords } from '../model/severity.ts';
import { changesText, type ReferenceOf } from './changes.ts';
import { errorText, estimateNote, outcomeNote, statusWord, summaryText, voteText } from './conclusion.ts';
import { type Fact, factsOf, runtimeName } from './facts.ts';
import { pendingLines, pendingText } from './pending.ts';
import { clip, oneLine, type Paint, painter, printable, type Style, wrap } from './terminal.ts';
import { costLines } from './text-costs.ts';
import { figureLines } from './text-figures.ts';
import { sizeBlocks } from './text-sizes.ts';

const width = 100;
const indent = '  ';
const linesOfText = 12;

const statusStyles: Readonly<Record<Conclusion['status'], Style>> = { pass: 'green', fail: 'red', undecided: 'yellow' };
const severityStyles: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', information: 'cyan' };

export interface TextOptions {
  readonly colour: boolean;
  /** Adds what only a bug report needs. */
  readonly verbose: boolean;
  /** Absent: the text has no changes. */
  readonly referenceOf?: ReferenceOf;
}

/**
 * For a terminal, at most 100 columns wide: the conclusion, the headroom, the findings, the details. Paths are never
 * broken, so that they can be copied. A line after several reports sums up the conclusions.
 */
export function formatText(entries: readonly ReportEntry[], options: TextOptions): string {
  const paint = painter(options.colour);
  const blocks = entries.map((entry) =>
    (isProblem(entry) ? problemLines(entry, paint) : reportLines(entry, options, paint)).join('\n'),
  );
  if (entries.length > 1) blocks.push(paint(summaryText(entries), 'bold'));
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

function problemLines(entry: ProblemEntry, paint: Paint): string[] {
  const { path, problem } = entry;
  const remedy = wrap(`help: ${printable(problem.remedy)}`, width - indent.length);
  return [
    `${paint(problemWord(entry).toUpperCase(), 'bold', 'red')}  ${paint(oneLine(path), 'bold')}`,
    ...paragraph(problem.message, indent),
    ...remedy.map((line, at) => indent + (at === 0 ? paint('help:', 'cyan') + line.slice('help:'.length) : line)),
  ];
}

function reportLines(report: Report, { verbose, referenceOf }: TextOptions, paint: Paint): string[] {
  const reference = referenceOf?.(report);
  const facts = factsOf(report).filter(({ isForBugReports }) => verbose || !isForBugReports);
  const labels = [...figuresOf(report).map(figureLabel), ...facts.map(({ label }) => label)];
  const label = Math.max(...labels.map(({ length }) => length), 0) + 2;
  const blocks = [
    headLines(report, paint),
    figureLines(report, paint, label, width - indent.length).map((line) => indent + line),
    pendingLines(report).flatMap((line) => paragraph(`${line.title}: ${pendingText(line)}`, indent)),
    paragraph(reference && changesText(reference, report), indent),
    ...bySeverity(report.findings).map((group) => group.flatMap((finding) => findingLines(finding, report, paint))),
    costLines(report, paint, width - indent.length).map((line) => indent + line),
    facts.flatMap((fact) => factLines(fact, label)).map((line) => paint(line, 'dim')),
    ...(report.sizes === undefined ? [] : sizeBlocks(report.sizes, paint, width)),
  ];
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

function headLines(report: Report, paint: Paint): string[] {
  const { runtime, conclusion } = report;
  const status = paint(statusWord(report), 'bold', statusStyles[conclusion.status]);
  return [
    `${status}  ${paint(oneLine(runtimeName(runtime)), 'bold')}  (${voteText(report)})`,
    ...paragraph(conclusion.reason, indent),
    ...quote(errorText(report)),
    ...paragraph(outcomeNote(report), indent),
    `${indent}${paint(oneLine(runtime.path), 'dim')}`,
    ...paragraph(estimateNote(report), indent).map((line) => paint(line, 'dim')),
  ];
}

function factLines({ label, lines, path }: Fact, labelWidth: number): string[] {
  const room = width - indent.length - labelWidth;
  const values = lines.flatMap((line) => wrap(oneLine(line), room));
  if (path !== undefined) values.push(oneLine(path));
  return values.map((value, at) => `${indent}${(at === 0 ? label : '').padEnd(labelWidth)}${value}`);
}

/** Like rustc: `warning[near-limit]: message`, with the hint below. The conclusion above may be the message already. */
function findingLines(finding: Finding, { conclusion }: Report, paint: Paint): string[] {
  const { id, severity, hint, allowed } = finding;
  const title = `${severityWords[severity]}[${printable(id)}]${allowed ? ' (allowed)' : ''}`;
  const [first = '', ...others] = clip(
    wrap(
      finding.message === conclusion.reason ? title : `${title}: ${printable(finding.message)}`,
      width - indent.length,
    ),
    linesOfText,
  );
  const hints = hint === undefined ? [] : wrap(`help: ${printable(hint)}`, width - indent.length);
  return [
    `${paint(title, 'bold', severityStyles[severity])}${first.slice(title.length)}`,
    ...others.map((line) => (line === '' ? '' : indent + line)),
    ...hints.map((line, at) => indent + (at === 0 ? paint('help:', 'cyan') + line.slice('help:'.length) : line)),
  ];
}

function paragraph(text: string | undefined, margin: string): string[] {
  return clip(linesOf(text, margin), linesOfText);
}

/** Polkadot's own words are shown whole: users search for them. */
function quote(text: string | undefined): string[] {
  return linesOf(text, indent);
}

function linesOf(text: string | undefined, margin: string): string[] {
  if (text === undefined || text === '') return [];
  return wrap(printable(text), width - margin.length).map((line) => (line === '' ? '' : margin + line));
}
