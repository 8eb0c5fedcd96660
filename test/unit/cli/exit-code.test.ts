import assert from 'node:assert/strict';
import { ExitCode, exitCodeOf } from '../../../src/cli/exit-code.ts';
import type { Report } from '../../../src/model/report.ts';
import { accepted, overBudget, overLimit, rejected, timedOut, undecided } from '../../support/sample-reports.ts';

/** The worst of all counts, and what is known to be bad counts more than what is not known. */
const cases: readonly (readonly [what: string, reports: readonly Report[], code: number])[] = [
  ['accepted', [accepted], 0],
  ['rejected', [rejected], 1],
  ['timed out', [timedOut], 1],
  ['accepted, but over a limit of the relay chain', [overLimit], 1],
  ['accepted, but over budget', [overBudget], 1],
  ['undecided', [undecided], 3],
  ['all accepted', [accepted, accepted], 0],
  ['one rejected of many', [accepted, rejected, accepted], 1],
  ['one undecided of many', [accepted, undecided], 3],
  ['one rejected and one undecided', [undecided, rejected], 1],
  ['one over budget and one undecided', [overBudget, undecided], 1],
  ['undecided and over a limit', [{ ...undecided, limits: overLimit.limits }], 1],
];

describe('the exit code', () => {
  for (const [what, reports, code] of cases) {
    it(`of ${what} is ${code}`, () => assert.equal(exitCodeOf(reports), code));
  }

  it('is near a limit no other than far from it', () => {
    assert.ok(accepted.limits.items.some(({ level }) => level === 'near'));
    assert.equal(exitCodeOf([accepted]), ExitCode.accepted);
  });

  it('is as the contract has it', () => {
    assert.deepEqual(ExitCode, { accepted: 0, rejected: 1, usage: 2, undecided: 3, interrupted: 130 });
  });
});
