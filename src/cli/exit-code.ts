import type { Report } from '../model/report.ts';

export const ExitCode = {
  accepted: 0,
  rejected: 1,
  usage: 2,
  undecided: 3,
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A person's mistake in the command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Rejected or over a limit counts more than undecided: it is known to be bad. */
export function exitCodeOf(reports: readonly Report[]): ExitCode {
  const isBad = ({ verdict, limits }: Report) =>
    verdict.vote === 'reject' || limits.items.some(({ level }) => level === 'over');
  if (reports.some(isBad)) return ExitCode.rejected;
  return reports.some(({ verdict }) => verdict.vote === 'undecided') ? ExitCode.undecided : ExitCode.accepted;
}
