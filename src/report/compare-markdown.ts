import { formatBytes, groupDigits } from '../base/units.ts';
import { type Comparison, compareReports, mixesSources, type SectionChange } from '../model/comparison.ts';
import { amountText, deltaShareText, signOf } from '../model/figure-text.ts';
import { labelOf } from '../model/measures.ts';
import type { Finding, Report } from '../model/report.ts';
import { severityWords } from '../model/severity.ts';
import { gradeText } from './conclusion.ts';
import { runtimeName, workerName } from './facts.ts';
import { localTime } from './local-time.ts';
import { code, prose, table } from './markdown-text.ts';
import { oneLine } from './terminal.ts';

/** A page with the changes from one report to another. @param nameOf the name of a report's runtime */
export function compareMarkdown(
  older: Report,
  newer: Report,
  nameOf: (report: Report) => string = ({ runtime }) => runtimeName(runtime),
): string {
  const comparison = compareReports(older, newer);
  const names = [...new Set([older, newer].map((report) => prose(oneLine(nameOf(report)))))];
  const blocks = [
    `# ${names.join(' → ')}`,
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
    `## Files\n\n${[fileLine('Older', older), fileLine('Newer', newer)].join('\n')}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headLine(name: string, report: Report): string {
  const { worker, createdAt } = report;
  const facts = [
    gradeText(report),
    worker === undefined ? '' : `worker: ${workerName(worker)}`,
    // A reader compares it with the time of a build.
    localTime(createdAt),
  ];
  return `- **${name}**: ${prose(facts.filter((fact) => fact !== '').join(', '))}`;
}

/** Path and hash have lines of their own, because both would not fit one line of a page. */
function fileLine(name: string, { runtime }: Report): string {
  return `- **${name}**<br>${code(runtime.path)}<br>${code(runtime.codeHash)}`;
}

function figuresTable({ measures }: Comparison): string {
  return changesTable(
    measures.map(({ measure, was, now, delta }) => [
      labelOf(measure),
      was === undefined ? '' : amountText(was),
      now === undefined ? '' : amountText(now),
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
