import assert from 'node:assert/strict';
import { ExitCode, exitCodeOf } from '../../../src/cli/exit-code.ts';
import type { Report } from '../../../src/model/report.ts';
import { concluded } from '../../support/concluded.ts';
import {
  accepted,
  inspected,
  overBudget,
  overLimit,
  rejected,
  timedOut,
  undecided,
} from '../../support/sample-reports.ts';

const error = { id: 'no-validate-block', severity: 'error', message: 'None.' } as const;
const faulty = concluded({ ...accepted, findings: [error] }, { vote: 'accept' });
const allowed = concluded({ ...accepted, findings: [{ ...error, allowed: true }] }, { vote: 'accept' });

/** The worst report decides. A known failure outweighs an unknown vote. */
const cases: readonly (readonly [what: string, reports: readonly Report[], code: number])[] = [
  ['accepted', [accepted], 0],
  ['accepted, with an error', [faulty], 1],
  ['accepted, with an allowed error', [allowed], 0],
  ['rejected', [rejected], 1],
  ['timed out', [timedOut], 1],
  ['accepted, but over a limit of the relay chain', [overLimit], 1],
  ['accepted, but over budget', [overBudget], 1],
  ['undecided', [undecided], 3],
  ['inspected', [concluded({ ...inspected, findings: [] })], 0],
  ['inspected, with an error', [inspected], 1],
  ['inspected, but over a limit', [concluded({ ...inspected, findings: overLimit.findings })], 1],
  ['all accepted', [accepted, accepted], 0],
  ['one rejected of many', [accepted, rejected, accepted], 1],
  ['one undecided of many', [accepted, undecided], 3],
  ['one rejected and one undecided', [undecided, rejected], 1],
  ['one over budget and one undecided', [overBudget, undecided], 1],
  [
    'undecided and over a limit',
    [concluded({ ...undecided, findings: [...undecided.findings, ...overLimit.findings] }, { vote: 'undecided' })],
    1,
  ],
];

describe('exitCodeOf', () => {
  for (const [what, reports, code] of cases) {
    it(`returns ${code} for ${what}`, () => assert.equal(exitCodeOf(reports), code));
  }

  it('ignores a near limit', () => {
    assert.ok(accepted.limits.items.some(({ level }) => level === 'near'));
    assert.equal(exitCodeOf([accepted]), ExitCode.pass);
  });

  it('keeps the documented numbers', () => {
    assert.deepEqual(ExitCode, { pass: 0, fail: 1, usage: 2, undecided: 3, interrupted: 130 });
  });
});
