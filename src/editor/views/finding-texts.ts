import type { Finding, Report } from '../../model/report.ts';
import { printable } from '../../report/terminal.ts';
import { findingMessage } from '../../report/verdict.ts';

/** What is read first of a finding, and what stands below it. Printable. */
export interface FindingTexts {
  readonly first: string;
  readonly rest?: string;
}

/** An error's own words, which are the worker's, come after what they mean. */
export function findingTexts(finding: Finding, report: Report): FindingTexts {
  const message = printable(findingMessage(finding, report));
  if (finding.hint === undefined) return { first: message };
  const hint = printable(finding.hint);
  const isOfWorker = report.outcome?.kind === 'concluded' && report.verdict.reason.includes(finding.message);
  return isOfWorker ? { first: hint, rest: message } : { first: message, rest: hint };
}
