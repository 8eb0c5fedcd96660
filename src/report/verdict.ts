import { estimateError } from '../model/estimates.ts';
import { overruns } from '../model/figure-text.ts';
import { type Grade, type GradeWord, gradeOf } from '../model/grade.ts';
import { limitOf } from '../model/measures.ts';
import type { Finding, Report, Verdict } from '../model/report.ts';

const MAX_REPEATED_CHARACTERS = 160;

const verdictWords: Readonly<Record<Grade['vote'], string>> = {
  accept: 'ACCEPT',
  reject: 'REJECT',
  undecided: 'UNDECIDED',
  inspected: 'INSPECTED',
};

/** The verdict for a heading. */
export function verdictWord(report: Report): string {
  return verdictWords[gradeOf(report).vote];
}

const gradeTexts = {
  accepted: 'accepted',
  near: 'accepted, near a limit',
  faulty: 'has errors',
  rejected: 'rejected',
  undecided: 'undecided',
  inspected: 'inspected, not prepared',
} as const satisfies Record<Exclude<GradeWord, 'over'>, string>;

/** By whether the blob was accepted, and by what it exceeds. */
const overTexts = {
  accepted: { limit: 'accepted, but over a limit', budget: 'accepted, but over budget' },
  inspected: { limit: 'over a limit', budget: 'over budget' },
} as const;

/** Every result of `gradeText`, for translation. */
export const allGradeTexts: readonly string[] = [
  ...Object.values(gradeTexts),
  ...Object.values(overTexts).flatMap((texts) => Object.values(texts)),
];

/** The grade within a sentence: `accepted, near a limit`. */
export function gradeText(report: Report): string {
  const { word, vote } = gradeOf(report);
  if (word !== 'over') return gradeTexts[word];
  const over = report.limits.items.filter(({ level }) => level === 'over');
  const isBudget = over.every(({ id }) => limitOf(id).isBudget);
  return overTexts[vote === 'accept' ? 'accepted' : 'inspected'][isBudget ? 'budget' : 'limit'];
}

/** `Prevalidation: Other("…")`. Undefined when there is no text, or when the verdict's reason includes it. */
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
    : 'The error is not deterministic: another machine may pass, but a validator that gets it votes against the blob.';
}

/** Undefined when all figures are measured. */
export function estimateNote({ stats }: Report): string | undefined {
  if (stats?.cpuTimeIs !== 'estimated' && stats?.memoryIs !== 'estimated') return undefined;
  return `CPU time and memory are estimates (${estimateError}), because the built-in worker was used.`;
}

/** A finding may repeat a long error. If the verdict's reason includes it, only its start is shown again. */
export function findingMessage({ message }: Finding, { verdict }: Report): string {
  return message.length > MAX_REPEATED_CHARACTERS && verdict.reason.includes(message)
    ? `${message.slice(0, MAX_REPEATED_CHARACTERS)}…`
    : message;
}

/** `3 runtime blobs: 1 accepted, 1 rejected, 1 undecided; 1 over budget.` */
export function summaryText(reports: readonly Report[]): string {
  if (reports.length === 0) return 'No runtime blob was checked.';
  const votes = (vote: Verdict['vote']) => reports.filter(({ verdict }) => verdict.vote === vote).length;
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
