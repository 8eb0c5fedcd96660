import assert from 'node:assert/strict';
import { type ConclusionParts, conclude } from '../../../src/check/conclude.ts';
import { limitItem } from '../../../src/model/limit-item.ts';
import type { Finding } from '../../../src/model/report.ts';

const error = (id: string, more: Partial<Finding> = {}): Finding => ({
  id,
  severity: 'error',
  message: `${id}.`,
  ...more,
});
const warning: Finding = { id: 'w', severity: 'warning', message: 'A warning.' };
const taken = (fromSession: number) => ({ fromSession, items: [], vote: 'accept' }) as const;
const nothing: ConclusionParts = { voted: undefined, outcomeFindings: [], findings: [], items: [], stats: undefined };

const cases: readonly (readonly [
  what: string,
  parts: Partial<ConclusionParts>,
  status: string,
  because: string[],
  reason: RegExp,
])[] = [
  ['an accepted blob', { voted: { vote: 'accept' } }, 'pass', [], /^Validators would accept it, and no error/],
  ['a warning', { voted: { vote: 'accept' }, findings: [warning] }, 'pass', [], /^Validators would accept it, and/],
  [
    'a figure near its limit',
    {
      voted: { vote: 'accept' },
      items: [...limitItem('code-size', 997, 1000), ...limitItem('raw-code-size', 95, 100)],
    },
    'pass',
    [],
    /but the stored size is at 99\.7 % of its limit\.$/,
  ],
  [
    'CPU time near its limit',
    { voted: { vote: 'accept' }, items: limitItem('cpu-time', 33_000, 60_000) },
    'pass',
    [],
    /but one 1\.8× slower would fail\.$/,
  ],
  [
    'CPU time at its limit',
    { voted: { vote: 'accept' }, items: limitItem('cpu-time', 59_000, 60_000) },
    'pass',
    [],
    /but one only a little slower would fail\.$/,
  ],
  [
    'a rejected blob',
    {
      voted: { vote: 'reject' },
      outcomeFindings: [{ ...error('bad'), message: 'Validators would reject it: bad.' }],
      findings: [error('other'), warning],
    },
    'fail',
    ['bad', 'other'],
    /^Validators would reject it: bad\.$/,
  ],
  [
    'a vote with a reason of its own',
    { voted: { vote: 'reject', reason: 'Too slow.' }, outcomeFindings: [error('bad')] },
    'fail',
    ['bad'],
    /^Validators would reject it: Too slow\.$/,
  ],
  [
    'an accepted blob with errors',
    { voted: { vote: 'accept' }, findings: [warning, error('a'), error('b'), error('c')] },
    'fail',
    ['a', 'b', 'c'],
    /^Validators would accept it, but it must not ship: a\. There are 2 other errors\.$/,
  ],
  [
    'an allowed error',
    { voted: { vote: 'accept' }, findings: [error('a', { allowed: true })] },
    'pass',
    [],
    /^Validators would accept/,
  ],
  [
    'one error of two allowed',
    { voted: { vote: 'accept' }, findings: [error('a', { allowed: true }), error('b')] },
    'fail',
    ['b'],
    /must not ship: b\.$/,
  ],
  [
    'a failure of this machine',
    { voted: { vote: 'undecided', reason: 'No worker was found.' }, outcomeFindings: [error('not-spawned')] },
    'undecided',
    ['not-spawned'],
    /^No worker was found\.$/,
  ],
  [
    'a failure of this machine, and a known error',
    {
      voted: { vote: 'undecided', reason: 'No worker.' },
      outcomeFindings: [error('not-spawned')],
      findings: [error('a')],
    },
    'fail',
    ['a'],
    /^It must not ship: a\.$/,
  ],
  [
    'a blob that the scheduled limits accept',
    {
      voted: { vote: 'reject', reason: 'Too slow.' },
      pending: [{ fromSession: 5, items: [], vote: 'reject' }, taken(6), taken(7)],
    },
    'fail',
    [],
    /^Validators would reject it: Too slow\. The relay chain would accept it with the limits from session 6 on\.$/,
  ],
  [
    'a blob over a limit that is going to be raised',
    {
      voted: { vote: 'accept' },
      items: limitItem('code-size', 101, 100),
      findings: [error('over')],
      pending: [{ items: limitItem('code-size', 101, 200), vote: 'accept' }],
    },
    'fail',
    ['over'],
    /^Validators would accept it, but it must not ship: over\. The relay chain would accept it with the scheduled limits\.$/,
  ],
  [
    'a blob that scheduled limits accept for some sessions alone',
    { voted: { vote: 'reject', reason: 'No.' }, pending: [taken(5), { fromSession: 6, items: [], vote: 'reject' }] },
    'fail',
    [],
    /^Validators would reject it: No\.$/,
  ],
  [
    'an accepted blob whose second preparation failed on this machine',
    { voted: { vote: 'accept' }, pending: [{ fromSession: 5, items: [], vote: 'undecided' }] },
    'pass',
    [],
    /chain\. The vote is unknown with the limits from session 5 on: the second preparation failed on this machine\.$/,
  ],
  ['an inspection', {}, 'pass', [], /^Inspection found no error\. It was not prepared, so the vote is unknown\.$/],
  ['an inspection with an error', { findings: [error('a')] }, 'fail', ['a'], /^It must not ship: a\.$/],
];

describe('conclude', () => {
  for (const [what, parts, status, because, reason] of cases) {
    it(`says ${status} for ${what}`, () => {
      const conclusion = conclude({ ...nothing, ...parts });
      assert.deepEqual([conclusion.status, conclusion.because], [status, because]);
      assert.match(conclusion.reason, reason);
    });
  }
});
