import type { Report } from '../model/report.ts';

export const ExitCode = {
  accepted: 0,
  rejected: 1,
  usage: 2,
  undecided: 3,
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A mistake in the command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** This machine failed, which says nothing of any runtime. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
  /** @param remedy what the user can do about it: a whole sentence */
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** Rejected or over a limit counts more than undecided: it is known to be bad. */
export function exitCodeOf(reports: readonly Report[]): ExitCode {
  const isBad = ({ verdict, limits }: Report) =>
    verdict.vote === 'reject' || limits.items.some(({ level }) => level === 'over');
  if (reports.some(isBad)) return ExitCode.rejected;
  return reports.some(({ verdict }) => verdict.vote === 'undecided') ? ExitCode.undecided : ExitCode.accepted;
}

/** An inspection asks no worker, so its vote is never known: only the limits count. */
export function exitCodeOfInspections(reports: readonly Report[]): ExitCode {
  return exitCodeOf(reports.map((report) => ({ ...report, verdict: { ...report.verdict, vote: 'accept' } })));
}
