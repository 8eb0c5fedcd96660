/** A comparison for a terminal. */
import { lastCharacters } from '../base/text.ts';
import { type Comparison, comparisonNotes } from '../model/comparison.ts';
import type { Finding, Report } from '../model/report.ts';
import { type Severity, severityWords } from '../model/severity.ts';
import { type ComparisonTable, comparisonTables } from './comparison-tables.ts';
import { runtimeName } from './facts.ts';
import { oneLine, type Paint, painter, printable, type Style, wrap } from './terminal.ts';

const width = 100;
const indent = '  ';
/** Characters of a name. Names of functions may be longer; the JSON has them whole. */
const NAME_WIDTH = 58;

const severityStyles: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', information: 'cyan' };

export function compareText(comparison: Comparison, { colour }: { readonly colour: boolean }): string {
  const paint = painter(colour);
  const { older, newer, newFindings, goneFindings } = comparison;
  const blocks = [
    [
      paint(`${headName(older)} → ${headName(newer)}`, 'bold'),
      ...[older, newer].map(({ runtime }) => `${indent}${paint(oneLine(runtime.path), 'dim')}`),
      ...comparisonNotes(comparison).map((note) => indent + note),
    ],
    ...comparisonTables(comparison).map((each) => tableLines(each, paint)),
    findingBlock('New findings', newFindings, paint),
    findingBlock('Resolved findings', goneFindings, paint),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headName({ runtime }: Report): string {
  return oneLine(runtimeName(runtime));
}

function tableLines({ title, rows, leftOut, head }: ComparisonTable, paint: Paint): string[] {
  const cells = rows.map((row) => row.map((text, at) => (at === 0 ? shorten(oneLine(text)) : oneLine(text))));
  const widths = head.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  // Amounts line up on the right, words on the left.
  const isWord = (at: number) => at === 0 || !head.includes('Older') || head[1] === 'Change';
  const lines = cells.map((row) =>
    row
      .map((text, at) => (isWord(at) ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [
    ...(title === '' ? [] : [paint(title, 'bold')]),
    ...lines.map((line) => indent + line),
    ...(leftOut === 0 ? [] : [paint(`${indent}${leftOut} smaller changes are left out; --json has all.`, 'dim')]),
  ];
}

/** Keeps the end, which tells functions apart. */
function shorten(name: string): string {
  return name.length <= NAME_WIDTH ? name : `…${lastCharacters(name, NAME_WIDTH - 1)}`;
}

function findingBlock(title: string, findings: readonly Finding[], paint: Paint): string[] {
  return findings.length === 0
    ? []
    : [paint(title, 'bold'), ...findings.flatMap((finding) => findingLines(finding, paint))];
}

function findingLines({ id, severity, message, hint }: Finding, paint: Paint): string[] {
  const head = `${severityWords[severity]}[${printable(id)}]`;
  const [first = '', ...others] = wrap(`${head}: ${printable(message)}`, width - 2 * indent.length);
  const help = hint === undefined ? [] : wrap(`help: ${printable(hint)}`, width - 2 * indent.length);
  return [
    `${indent}${paint(head, 'bold', severityStyles[severity])}${first.slice(head.length)}`,
    ...[...others, ...help].map((line) => indent + indent + line),
  ];
}
