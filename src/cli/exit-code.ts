import { type Grade, gradeOf } from '../model/grade.ts';
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

/** The gravest first: one that is known to be bad counts more than one that is not known. */
const exitCodes: readonly (readonly [Grade['status'], ExitCode])[] = [
  ['fail', ExitCode.rejected],
  ['undecided', ExitCode.undecided],
];

export function exitCodeOf(reports: readonly Report[]): ExitCode {
  const statuses = reports.map((report) => gradeOf(report).status);
  return exitCodes.find(([status]) => statuses.includes(status))?.[1] ?? ExitCode.accepted;
}

/** An inspection asks no worker, so its vote is never known: only the limits count. */
export function exitCodeOfInspections(reports: readonly Report[]): ExitCode {
  return exitCodeOf(reports.map((report) => ({ ...report, verdict: { ...report.verdict, vote: 'accept' } })));
}
