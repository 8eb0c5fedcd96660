import assert from 'node:assert/strict';
import { type Progress, timeLeftMs } from '../../../src/base/time-left.ts';

describe('the time that is left', () => {
  const cases: readonly (readonly [what: string, progress: Progress, left: number | undefined])[] = [
    ['is unknown when nothing is known', { elapsedMs: 10 }, undefined],
    ['is what experience expects, less the elapsed time', { elapsedMs: 10, expectedMs: 100 }, 90],
    ['is negative when the work takes longer than expected', { elapsedMs: 110, expectedMs: 100 }, -10],
    ['follows experience while little is done', { elapsedMs: 10, expectedMs: 100, share: 0.09 }, 90],
    ['is unknown while little is done and nothing expected', { elapsedMs: 10, share: 0.09 }, undefined],
    ['follows the share from a tenth on', { elapsedMs: 10, expectedMs: 1000, share: 0.1 }, 90],
    ['is nothing at the end', { elapsedMs: 10, expectedMs: 1000, share: 1 }, 0],
  ];
  for (const [what, progress, left] of cases) it(what, () => assert.equal(timeLeftMs(progress), left));
});
