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

/** The worst first. A known failure outweighs an unknown vote. */
const exitCodes: readonly (readonly [Grade['status'], ExitCode])[] = [
  ['fail', ExitCode.rejected],
  ['undecided', ExitCode.undecided],
];

export function exitCodeOf(reports: readonly Report[]): ExitCode {
  const statuses = reports.map((report) => gradeOf(report).status);
  return exitCodes.find(([status]) => statuses.includes(status))?.[1] ?? ExitCode.accepted;
}
