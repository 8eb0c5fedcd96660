import assert from 'node:assert/strict';
import { progressText, type Running } from '../../../../src/editor/views/progress-text.ts';
import { now } from './samples.ts';
import { english } from './translate.ts';

describe('the progress of a job', () => {
  const running: Running = { kind: 'running', phase: 'preparing', startedMs: now - 4000 };
  const cases: readonly (readonly [Running, string])[] = [
    [running, 'Preparing'],
    [{ ...running, phase: 'starting' }, 'Starting the worker'],
    [{ ...running, done: 12, total: 3120, expectedMs: 16_000 }, 'Preparing: 12 of 3 120 functions, about 12 s left'],
    // At a third of it after 4 s; what was expected does not count any more.
    [{ ...running, done: 1040, total: 3120, expectedMs: 3000 }, 'Preparing: 1 040 of 3 120 functions, about 8 s left'],
    [{ ...running, done: 3119, total: 3120, expectedMs: 3000 }, 'Preparing: 3 119 of 3 120 functions'],
    [{ ...running, expectedMs: 5000 }, 'Preparing'],
    [{ ...running, expectedMs: 3000 }, 'Preparing: longer than expected'],
  ];
  for (const [activity, text] of cases) {
    it(`is told as "${text}"`, () => assert.equal(progressText(activity, now, english), text));
  }
});
