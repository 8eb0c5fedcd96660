import assert from 'node:assert/strict';
import { type Grade, gradeOf, isFailure } from '../../../src/model/grade.ts';
import type { Report } from '../../../src/model/report.ts';
import {
  accepted,
  estimated,
  inspected,
  overBudget,
  overLimit,
  rejected,
  timedOut,
  undecided,
} from '../../support/sample-reports.ts';

const near: Report['findings'] = [{ id: 'odd', severity: 'warning', message: 'Odd.' }];
const faulty: Report['findings'] = [{ id: 'no-validate-block', severity: 'error', message: 'None.' }];

const cases: readonly (readonly [what: string, report: Report, grade: Grade, failure: boolean])[] = [
  ['accepted far from its limits', estimated, { vote: 'accept', status: 'pass', word: 'accepted' }, false],
  [
    'accepted with a warning',
    { ...estimated, findings: near },
    { vote: 'accept', status: 'pass', word: 'accepted' },
    false,
  ],
  ['accepted near a limit', accepted, { vote: 'accept', status: 'pass', word: 'near' }, false],
  ['accepted over a limit', overLimit, { vote: 'accept', status: 'fail', word: 'over' }, true],
  ['accepted over budget', overBudget, { vote: 'accept', status: 'fail', word: 'over' }, true],
  [
    'accepted with an error',
    { ...accepted, findings: faulty },
    { vote: 'accept', status: 'pass', word: 'faulty' },
    true,
  ],
  ['rejected', rejected, { vote: 'reject', status: 'fail', word: 'rejected' }, true],
  ['timed out', timedOut, { vote: 'reject', status: 'fail', word: 'rejected' }, true],
  ['undecided', undecided, { vote: 'undecided', status: 'undecided', word: 'undecided' }, false],
  [
    'undecided and over a limit',
    { ...undecided, limits: overLimit.limits },
    { vote: 'undecided', status: 'fail', word: 'undecided' },
    false,
  ],
  ['inspected', { ...inspected, findings: [] }, { vote: 'inspected', status: 'pass', word: 'inspected' }, false],
  ['inspected with an error', inspected, { vote: 'inspected', status: 'pass', word: 'faulty' }, true],
  [
    'inspected over a limit',
    { ...inspected, limits: overLimit.limits },
    { vote: 'inspected', status: 'fail', word: 'over' },
    true,
  ],
];

describe('gradeOf', () => {
  for (const [what, report, grade, failure] of cases) {
    it(`grades ${what} as ${grade.word}, ${grade.status}`, () => {
      assert.deepEqual(gradeOf(report), grade);
      assert.equal(isFailure(grade), failure);
    });
  }
});
