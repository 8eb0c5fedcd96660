import { levelWord } from './figure-text.ts';
import type { Conclusion, Report, Vote } from './report.ts';
import { isBlocking } from './severity.ts';

/**
 * The summary of a report. Exit status, JUnit state, SARIF level, headings, icons, colours and badges are maps from one of
 * its members.
 */
export interface Grade {
  /** The vote, or `inspected` when no worker ran. */
  readonly vote: Vote | 'inspected';
  /** Can this runtime ship? An inspection needs no vote. */
  readonly status: Conclusion['status'];
  /** Everything in one word. */
  readonly word: GradeWord;
}

/**
 * `over`: over a limit or budget. `faulty`: has a finding of severity error. `near`: passes, but is near a limit. `slow`: passes,
 * but a slower validator would fail.
 */
export type GradeWord = 'accepted' | 'near' | 'slow' | 'over' | 'faulty' | 'rejected' | 'undecided' | 'inspected';

export function gradeOf(report: Report): Grade {
  const vote = report.outcome === undefined ? 'inspected' : report.vote;
  return { vote, status: report.conclusion.status, word: wordOf(report, vote) };
}

function wordOf(report: Report, vote: Grade['vote']): GradeWord {
  if (vote === 'reject') return 'rejected';
  // A known failure outweighs an unknown vote.
  if (hasLevel(report, 'over')) return 'over';
  if (report.findings.some(isBlocking) && report.conclusion.status === 'fail') return 'faulty';
  if (vote === 'undecided') return 'undecided';
  if (hasLevel(report, 'near')) return 'near';
  if (hasLevel(report, 'slow')) return 'slow';
  return vote === 'inspected' ? 'inspected' : 'accepted';
}

function hasLevel({ limits }: Report, wanted: 'near' | 'slow' | 'over'): boolean {
  return limits.items.some((item) => levelWord(item) === wanted);
}
