import { estimateError } from '../model/estimates.ts';
import type { Finding, Report } from '../model/report.ts';
import { overruns } from './figures.ts';

const severities: readonly Finding['severity'][] = ['error', 'warning', 'information'];

const longest = 160;

/** Groups in falling severity, each in the report's own order; an empty group is left out. */
export function bySeverity(findings: readonly Finding[]): Finding[][] {
  return severities
    .map((severity) => findings.filter((finding) => finding.severity === severity))
    .filter((group) => group.length > 0);
}

/** The verdict as a heading; of a blob that no worker was asked about there is none to speak of. */
export function verdictWord({ outcome, verdict }: Report): string {
  return outcome === undefined ? 'INSPECTED' : verdict.vote.toUpperCase();
}

/** `Prevalidation: Other("…")`; undefined where there is no text, or where the verdict's reason already holds it. */
export function errorText({ outcome, verdict }: Report): string | undefined {
  const error = outcome?.error;
  if (error === undefined || error.message === '' || verdict.reason.includes(error.message)) return undefined;
  return `${error.variant}: ${error.message}`;
}

/** What the outcome means for the vote. Polkadot votes against on any error, deterministic or not (`pvf-checker`, polkadot PR 6492). */
export function outcomeNote({ outcome, verdict }: Report): string | undefined {
  if (outcome === undefined || verdict.vote === 'accept') return undefined;
  if (verdict.vote === 'undecided') return 'This says nothing about the runtime blob.';
  if (outcome.error === undefined) return undefined;
  return outcome.error.deterministic
    ? 'The error is deterministic: every validator with such a worker gets it.'
    : 'The error is not deterministic: another machine may pass, but a validator that gets it votes against.';
}

/** Which worker spoke, where its figures are estimates. */
export function estimateNote({ stats }: Report): string | undefined {
  if (stats?.cpuTimeIs !== 'estimated' && stats?.memoryIs !== 'estimated') return undefined;
  return `The built-in worker spoke: CPU time and memory are estimates (${estimateError}) of a native worker's.`;
}

/** A finding may repeat an error as long as a page: where the verdict's reason has shown it, only its start is shown again. */
export function findingMessage({ message }: Finding, { verdict }: Report): string {
  return message.length > longest && verdict.reason.includes(message) ? `${message.slice(0, longest)}…` : message;
}

/** `3 runtime blobs: 1 accepted, 1 rejected, 1 undecided; 1 over budget.` */
export function summaryText(reports: readonly Report[]): string {
  if (reports.length === 0) return 'No runtime blob was checked.';
  const votes = (vote: Report['verdict']['vote']) => reports.filter(({ verdict }) => verdict.vote === vote).length;
  const parts = [
    [votes('accept'), 'accepted'],
    [votes('reject'), 'rejected'],
    [votes('undecided'), 'undecided'],
  ] as const;
  const counts = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const over = reports.map(overruns);
  const overLimit = over.filter(({ limits }) => limits.length > 0).length;
  const overBudget = over.filter(({ budgets }) => budgets.length > 0).length;
  const tail = `${overLimit === 0 ? '' : `; ${overLimit} over a limit`}${overBudget === 0 ? '' : `; ${overBudget} over budget`}`;
  return `${reports.length} runtime blob${reports.length === 1 ? '' : 's'}: ${counts.join(', ')}${tail}.`;
}
