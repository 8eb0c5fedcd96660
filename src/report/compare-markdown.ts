import { formatBytes, groupDigits } from '../base/units.ts';
import { type Comparison, compareReports, mixesSources, type SectionChange } from '../model/comparison.ts';
import { deltaShareText, signOf, usedText } from '../model/figure-text.ts';
import { labelOf } from '../model/measures.ts';
import type { Finding, Report } from '../model/report.ts';
import { severityWords } from '../model/severity.ts';
import { gradeText } from './conclusion.ts';
import { runtimeName } from './facts.ts';
import { code, prose, table } from './markdown-text.ts';
import { oneLine } from './terminal.ts';

/** A page with the changes from one report to another. */
export function compareMarkdown(older: Report, newer: Report): string {
  const comparison = compareReports(older, newer);
  const blocks = [
    `# ${prose(oneLine(runtimeName(older.runtime)))} → ${prose(oneLine(runtimeName(newer.runtime)))}`,
    [headLine('Older', older), headLine('Newer', newer)].join('\n'),
    comparison.isSameCode
      ? 'Both blobs are identical, byte for byte. The relay chain rejects an upgrade to the same code.'
      : '',
    figuresTable(comparison),
    mixesSources(comparison)
      ? "One report has estimates, the other has measurements. Their times and memory can't be compared."
      : '',
    sectionsBlock(comparison.sections),
    findingsBlock('New findings', comparison.newFindings),
    findingsBlock('Resolved findings', comparison.goneFindings),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** Path and hash have lines of their own, because both would not fit one line of a page. */
function headLine(name: string, report: Report): string {
  const { runtime, worker, createdAt } = report;
  const workerName = [worker?.kind ?? '', worker?.version ?? ''].join(' ').trim();
  const facts = [gradeText(report), workerName === '' ? '' : `worker: ${workerName}`, createdAt];
  const line = facts.filter((fact) => fact !== '').join(', ');
  return `- **${name}**: ${prose(line)}<br>${code(runtime.path)}<br>${code(runtime.codeHash)}`;
}

function figuresTable({ measures }: Comparison): string {
  return changesTable(
    measures.map(({ measure, was, now, delta }) => [
      labelOf(measure),
      was === undefined ? '' : usedText(was),
      now === undefined ? '' : usedText(now),
      deltaShareText(delta),
    ]),
  );
}

function sectionsBlock(sections: readonly SectionChange[]): string {
  if (sections.length === 0) return '';
  const rows = sections.map(({ name, was, now }) => {
    const change = `${signOf({ was, now })}${groupDigits(Math.abs(now - was))} B`;
    return [code(name), formatBytes(was), formatBytes(now), change];
  });
  return `## Sections that changed\n\n${changesTable(rows)}`;
}

function changesTable(rows: readonly (readonly string[])[]): string {
  return table(['', 'Older', 'Newer', 'Change'], rows, ':-- --: --: --:');
}

function findingsBlock(title: string, findings: readonly Finding[]): string {
  return findings.length === 0 ? '' : `## ${title}\n\n${findings.map(findingLine).join('\n')}`;
}

function findingLine({ id, severity, message }: Finding): string {
  return `- **${severityWords[severity]}** ${code(id)} ${prose(oneLine(message))}`;
}
