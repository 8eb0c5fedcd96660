import type { Finding } from './report.ts';

export type Severity = Finding['severity'];

/** The gravest first. */
export const severities: readonly Severity[] = ['error', 'warning', 'information'];

/** The word for each severity in every text; faces map them to colours and icons of their own. */
export const severityWords: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};

/** Groups in falling severity, each in the report's own order; an empty group is left out. */
export function bySeverity(findings: readonly Finding[]): Finding[][] {
  return severities
    .map((severity) => findings.filter((finding) => finding.severity === severity))
    .filter((group) => group.length > 0);
}
