import { isUndecided, type ProblemEntry } from '../model/input-problem.ts';
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

/** The worst first. The user must mend an input that is no runtime first; a known failure outweighs an unknown vote. */
const exitCodes = [ExitCode.usage, ExitCode.fail, ExitCode.undecided] as const;

type Concluded = Pick<Report, 'conclusion'> | ProblemEntry;

export function exitCodeOf(entries: readonly Concluded[]): ExitCode {
  const found = new Set(entries.map(exitCodeOfOne));
  return exitCodes.find((code) => found.has(code)) ?? ExitCode.pass;
}

const statusCodes: Readonly<Record<Conclusion['status'], ExitCode>> = {
  pass: ExitCode.pass,
  fail: ExitCode.fail,
  undecided: ExitCode.undecided,
};

function exitCodeOfOne(entry: Concluded): ExitCode {
  if ('conclusion' in entry) return statusCodes[entry.conclusion.status];
  return isUndecided(entry) ? ExitCode.undecided : ExitCode.usage;
}
