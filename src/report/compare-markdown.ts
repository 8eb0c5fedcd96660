import { type Comparison, comparisonNotes } from '../model/comparison.ts';
import type { Finding, Report } from '../model/report.ts';
import { severityWords } from '../model/severity.ts';
import { sideText } from './compare-view.ts';
import { type ComparisonTable, comparisonTables } from './comparison-tables.ts';
import { runtimeName } from './facts.ts';
import { cellText, code, prose, table } from './markdown-text.ts';
import { oneLine } from './terminal.ts';

/** Rows that a table shows unfolded. */
const ROWS_OPEN = 8;

/** A page with the changes from one report to another. @param nameOf the name of a report's runtime */
export function compareMarkdown(
  comparison: Comparison,
  nameOf: (report: Report) => string = ({ runtime }) => runtimeName(runtime),
): string {
  const { older, newer } = comparison;
  const names = [...new Set([older, newer].map((report) => prose(oneLine(nameOf(report)))))];
  const blocks = [
    `# ${names.join(' → ')}`,
    [headLine('Older', older), headLine('Newer', newer)].join('\n'),
    ...comparisonNotes(comparison),
    ...comparisonTables(comparison).map(tableBlock),
    findingsBlock('New findings', comparison.newFindings),
    findingsBlock('Resolved findings', comparison.goneFindings),
    `## Files\n\n${[fileLine('Older', older), fileLine('Newer', newer)].join('\n')}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headLine(name: string, report: Report): string {
  return `- **${name}**: ${prose(sideText(report))}`;
}

/** Path and hash have lines of their own, because both would not fit one line of a page. */
function fileLine(name: string, { runtime }: Report): string {
  return `- **${name}**<br>${code(runtime.path)}<br>${code(runtime.codeHash)}`;
}

/** Long tables are folded, so that a comment stays short. */
function tableBlock({ title, head, rows, leftOut, isCode }: ComparisonTable): string {
  const cells = rows.map(([name = '', ...others]) => [isCode ? code(name) : name, ...others.map(cellText)]);
  const align = head.map((_, at) => (at === 0 || !head.includes('Older') ? ':--' : '--:')).join(' ');
  const more = leftOut === 0 ? '' : `\n\n${leftOut} smaller changes are left out.`;
  const body = `${table(head, cells, align)}${more}`;
  if (title === '') return body;
  if (rows.length <= ROWS_OPEN) return `## ${title}\n\n${body}`;
  return `<details>\n<summary>${title} (${rows.length + leftOut})</summary>\n\n${body}\n\n</details>`;
}

function findingsBlock(title: string, findings: readonly Finding[]): string {
  return findings.length === 0 ? '' : `## ${title}\n\n${findings.map(findingLine).join('\n')}`;
}

function findingLine({ id, severity, message }: Finding): string {
  return `- **${severityWords[severity]}** ${code(id)} ${prose(oneLine(message))}`;
}
