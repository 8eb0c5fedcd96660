import assert from 'node:assert/strict';
import { type Progress, timeLeftMs } from '../../../src/base/time-left.ts';

describe('timeLeftMs', () => {
  const cases: readonly (readonly [what: string, progress: Progress, expected: number | undefined])[] = [
    ['is undefined without an estimate', { elapsedMs: 10 }, undefined],
    ['is the expected time minus the elapsed time', { elapsedMs: 10, expectedMs: 100 }, 90],
    ['is negative when the work takes longer than expected', { elapsedMs: 110, expectedMs: 100 }, -10],
    ['uses the expected time below a share of 10 %', { elapsedMs: 10, expectedMs: 100, share: 0.09 }, 90],
    ['is undefined below a share of 10 % without an expected time', { elapsedMs: 10, share: 0.09 }, undefined],
    ['uses the share from 10 % on', { elapsedMs: 10, expectedMs: 1000, share: 0.1 }, 90],
    ['is 0 at the end', { elapsedMs: 10, expectedMs: 1000, share: 1 }, 0],
  ];
  for (const [what, progress, expected] of cases) it(what, () => assert.equal(timeLeftMs(progress), expected));
});
