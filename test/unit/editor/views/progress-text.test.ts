import assert from 'node:assert/strict';
import { progressText, type Running } from '../../../../src/editor/views/progress-text.ts';
import { now } from './samples.ts';
import { english } from './translate.ts';

describe('the progress of a job', () => {
  const running: Running = { kind: 'running', phase: 'preparing', startedMs: now - 4000 };
  const cases: readonly (readonly [Running, string])[] = [
    [running, 'Preparing'],
    [{ ...running, phase: 'starting' }, 'Starting the worker'],
    [{ ...running, done: 412, total: 3120, expectedMs: 16_000 }, 'Preparing: 412 of 3 120 functions, about 12 s left'],
    [{ ...running, expectedMs: 5000 }, 'Preparing'],
    [{ ...running, expectedMs: 3000 }, 'Preparing: longer than expected'],
  ];
  for (const [activity, text] of cases) {
    it(`is told as "${text}"`, () => assert.equal(progressText(activity, now, english), text));
  }
});
