import type { Report, Verdict } from './report.ts';

/**
 * The summary of a report. Exit status, JUnit state, SARIF level, headings, icons, colours and badges are maps from one of
 * its members.
 */
export interface Grade {
  /** The vote, or `inspected` when no worker ran. */
  readonly vote: Verdict['vote'] | 'inspected';
  /** Whether the blob passes. An exceeded limit fails it even when the vote is unknown. An inspection needs no vote. */
  readonly status: 'pass' | 'fail' | 'undecided';
  /** Everything in one word. */
  readonly word: GradeWord;
}

/** `over`: over a limit or budget. `faulty`: has a finding of severity error. `near`: accepted but near a limit. */
export type GradeWord = 'accepted' | 'near' | 'over' | 'faulty' | 'rejected' | 'undecided' | 'inspected';

export function gradeOf(report: Report): Grade {
  const vote = report.outcome === undefined ? 'inspected' : report.verdict.vote;
  return { vote, status: statusOf(report, vote), word: wordOf(report, vote) };
}

/** Whether the chain could not use a blob of this grade. */
export function isFailure({ word }: Grade): boolean {
  return word === 'rejected' || word === 'over' || word === 'faulty';
}

/** A known failure outweighs an unknown vote. */
function statusOf(report: Report, vote: Grade['vote']): Grade['status'] {
  if (vote === 'reject' || hasLevel(report, 'over')) return 'fail';
  return vote === 'undecided' ? 'undecided' : 'pass';
}

function wordOf(report: Report, vote: Grade['vote']): GradeWord {
  if (vote === 'reject') return 'rejected';
  if (vote === 'undecided') return 'undecided';
  if (hasLevel(report, 'over')) return 'over';
  if (report.findings.some(({ severity }) => severity === 'error')) return 'faulty';
  if (vote === 'inspected') return 'inspected';
  return hasLevel(report, 'near') ? 'near' : 'accepted';
}

function hasLevel({ limits }: Report, wanted: 'near' | 'over'): boolean {
  return limits.items.some(({ level }) => level === wanted);
}
