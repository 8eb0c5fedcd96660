/** One line per finding, as compilers print them: for problem matchers and `grep`. */
import { isProblem, type ReportEntry } from '../model/input-problem.ts';
import type { Finding, Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule-info.ts';
import { bySeverity, type Severity } from '../model/severity.ts';
import { sourcePlaceOf, type TextPlace } from '../model/source-place.ts';
import { statusWord } from './conclusion.ts';
import type { PlacesOf } from './sarif.ts';
import { oneLine } from './terminal.ts';

/** Words that editors know. VS Code's problem matchers ignore a `note`. */
const words: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'info' };

/**
 * `path:line: severity[id]: message` for each finding and each file that is no runtime, then `path: PASS: reason` for each
 * report. The path may contain colons and spaces.
 * @param placesOf where the path is a source. A finding without such a place is at line 1 of its blob
 */
export function formatLines(
  entries: readonly ReportEntry[],
  rules: readonly RuleInfo[] = [],
  placesOf: PlacesOf = () => undefined,
): string {
  const lines = entries.flatMap((entry) =>
    isProblem(entry)
      ? [line(entry, 'error', entry.problem.id, `${entry.problem.message} ${entry.problem.remedy}`)]
      : reportLines(entry, rules, placesOf(entry)),
  );
  return lines.map((text) => `${text}\n`).join('');
}

function reportLines(report: Report, rules: readonly RuleInfo[], places: ReturnType<PlacesOf>): string[] {
  const { runtime, conclusion } = report;
  const findings = bySeverity(report.findings).flat();
  const placeOf = ({ id }: Finding) =>
    places?.get(
      sourcePlaceOf(
        report,
        rules.find((rule) => rule.id === id),
      ),
    );
  return [
    ...findings.map((finding) => findingLine(finding, placeOf(finding) ?? runtime)),
    `${oneLine(runtime.path)}: ${statusWord(report)}: ${oneLine(conclusion.reason)}`,
  ];
}

function findingLine({ id, severity, message, allowed }: Finding, place: LinePlace): string {
  return line(place, allowed ? 'information' : severity, id, allowed ? `allowed: ${message}` : message);
}

type LinePlace = Pick<TextPlace, 'path'> & Partial<Pick<TextPlace, 'line'>>;

function line({ path, line: at = 0 }: LinePlace, severity: Severity, id: string, message: string): string {
  return `${oneLine(path)}:${at + 1}: ${words[severity]}[${id}]: ${oneLine(message)}`;
}
