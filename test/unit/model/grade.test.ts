import assert from 'node:assert/strict';
import { type Grade, gradeOf } from '../../../src/model/grade.ts';
import { limitItem } from '../../../src/model/limit-item.ts';
import type { Report } from '../../../src/model/report.ts';
import { concluded } from '../../support/concluded.ts';
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

const cases: readonly (readonly [what: string, report: Report, grade: Grade])[] = [
  ['accepted far from its limits', estimated, { vote: 'accept', status: 'pass', word: 'accepted' }],
  ['accepted with a warning', { ...estimated, findings: near }, { vote: 'accept', status: 'pass', word: 'accepted' }],
  ['accepted near a limit', accepted, { vote: 'accept', status: 'pass', word: 'near' }],
  [
    'accepted with little CPU time left',
    { ...accepted, limits: { ...accepted.limits, items: limitItem('cpu-time', 33, 60) } },
    { vote: 'accept', status: 'pass', word: 'slow' },
  ],
  ['accepted over a limit', overLimit, { vote: 'accept', status: 'fail', word: 'over' }],
  ['accepted over budget', overBudget, { vote: 'accept', status: 'fail', word: 'over' }],
  [
    'accepted with an error',
    concluded({ ...accepted, findings: faulty }, { vote: 'accept' }),
    { vote: 'accept', status: 'fail', word: 'faulty' },
  ],
  ['rejected', rejected, { vote: 'reject', status: 'fail', word: 'rejected' }],
  ['timed out', timedOut, { vote: 'reject', status: 'fail', word: 'rejected' }],
  ['undecided', undecided, { vote: 'undecided', status: 'undecided', word: 'undecided' }],
  [
    'undecided and over a limit',
    concluded(
      { ...undecided, limits: overLimit.limits, findings: [...undecided.findings, ...overLimit.findings] },
      { vote: 'undecided' },
    ),
    { vote: 'undecided', status: 'fail', word: 'over' },
  ],
  ['inspected', concluded({ ...inspected, findings: [] }), { vote: 'inspected', status: 'pass', word: 'inspected' }],
  [
    'inspected near a limit',
    concluded({ ...inspected, limits: accepted.limits, findings: [] }),
    { vote: 'inspected', status: 'pass', word: 'near' },
  ],
  ['inspected with an error', inspected, { vote: 'inspected', status: 'fail', word: 'faulty' }],
  [
    'inspected over a limit',
    concluded({ ...inspected, limits: overLimit.limits, findings: overLimit.findings }),
    { vote: 'inspected', status: 'fail', word: 'over' },
  ],
];

describe('gradeOf', () => {
  for (const [what, report, grade] of cases) {
    it(`grades ${what} as ${grade.word}, ${grade.status}`, () => {
      assert.deepEqual(gradeOf(report), grade);
    });
  }
});
