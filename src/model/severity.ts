import type { Finding } from './report.ts';

export type Severity = Finding['severity'];

/** The most severe first. */
export const severities: readonly Severity[] = ['error', 'warning', 'information'];

/** The word for each severity in all texts. */
export const severityWords: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};

/** An error that the user did not allow. */
export function isBlocking({ severity, allowed }: Pick<Finding, 'severity' | 'allowed'>): boolean {
  return severity === 'error' && allowed !== true;
}

/** Groups findings, the most severe first. Keeps their order within a group and leaves out empty groups. */
export function bySeverity(findings: readonly Finding[]): Finding[][] {
  return severities
    .map((severity) => findings.filter((finding) => finding.severity === severity))
    .filter((group) => group.length > 0);
}
