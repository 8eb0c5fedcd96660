import type { Report, Verdict } from './report.ts';

/**
 * What a report amounts to. Exit status, JUnit state, SARIF level, headings, icons, colours and badges are all maps from
 * one of its members.
 */
export interface Grade {
  /** The vote, or `inspected` where no worker was asked for one. */
  readonly vote: Verdict['vote'] | 'inspected';
  /** Does the blob pass? A limit that is exceeded fails it, whether or not the vote is known. Inspecting needs no vote. */
  readonly status: 'pass' | 'fail' | 'undecided';
  /** All of it in one word. */
  readonly word: GradeWord;
}

/** `over` is over a limit or budget, `faulty` has a finding of severity error, `near` is accepted but near a limit. */
export type GradeWord = 'accepted' | 'near' | 'over' | 'faulty' | 'rejected' | 'undecided' | 'inspected';

export function gradeOf(report: Report): Grade {
  const vote = report.outcome === undefined ? 'inspected' : report.verdict.vote;
  return { vote, status: statusOf(report, vote), word: wordOf(report, vote) };
}

/** Would the chain have no use for a blob of this grade? */
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
