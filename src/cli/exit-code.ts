import type { Conclusion, Report } from '../model/report.ts';

export const ExitCode = {
  pass: 0,
  fail: 1,
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
const exitCodes: readonly (readonly [Conclusion['status'], ExitCode])[] = [
  ['fail', ExitCode.fail],
  ['undecided', ExitCode.undecided],
];

export function exitCodeOf(reports: readonly Pick<Report, 'conclusion'>[]): ExitCode {
  const statuses = reports.map(({ conclusion }) => conclusion.status);
  return exitCodes.find(([status]) => statuses.includes(status))?.[1] ?? ExitCode.pass;
}
