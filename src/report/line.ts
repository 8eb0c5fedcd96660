/** One line per finding, as compilers print them: for problem matchers and `grep`. */
import { isProblem, type ReportEntry } from '../model/input-problem.ts';
import type { Report } from '../model/report.ts';
import { bySeverity, type Severity } from '../model/severity.ts';
import { statusWord } from './conclusion.ts';
import { oneLine } from './terminal.ts';

/** Words that editors know. VS Code's problem matchers ignore a `note`. */
const words: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'info' };

/**
 * `path:1: severity[id]: message` for each finding and each file that is no runtime, then `path: PASS: reason` for each
 * report. The path may contain colons and spaces. A blob has no lines, so the number is always 1.
 */
export function formatLines(entries: readonly ReportEntry[]): string {
  const lines = entries.flatMap((entry) =>
    isProblem(entry)
      ? [findingLine(entry.path, 'error', entry.problem.id, `${entry.problem.message} ${entry.problem.remedy}`)]
      : reportLines(entry),
  );
  return lines.map((line) => `${line}\n`).join('');
}

function reportLines(report: Report): string[] {
  const { path } = report.runtime;
  const findings = bySeverity(report.findings).flat();
  return [
    ...findings.map(({ id, severity, message, allowed }) =>
      findingLine(path, allowed ? 'information' : severity, id, allowed ? `allowed: ${message}` : message),
    ),
    `${oneLine(path)}: ${statusWord(report)}: ${oneLine(report.conclusion.reason)}`,
  ];
}

function findingLine(path: string, severity: Severity, id: string, message: string): string {
  return `${oneLine(path)}:1: ${words[severity]}[${id}]: ${oneLine(message)}`;
}
