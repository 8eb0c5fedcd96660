import assert from 'node:assert/strict';
import { uncheckedState } from '../../../../src/editor/model.ts';
import {
  plainStatus,
  progressText,
  type Running,
  statusLine,
  statusText,
} from '../../../../src/editor/views/status-text.ts';
import { accepted, estimated, inspected, overLimit, rejected, undecided } from '../../../support/sample-reports.ts';
import { checked, english, now, running, runtime } from './samples.ts';

describe('statusText', () => {
  const cases = [
    ['not checked', uncheckedState, '$(circle-outline) PVF', 'none'],
    ['accepted', checked(accepted), '$(pass) PVF 23 s · 64 MiB', 'none'],
    ['accepted by an estimate', checked(estimated), '$(pass) PVF ≈7.2 s · 18 MiB', 'none'],
    ['rejected', checked(rejected), '$(error) PVF rejected', 'error'],
    ['over a limit', checked(overLimit), '$(error) PVF 23 s · 64 MiB', 'error'],
    ['undecided', checked(undecided), '$(question) PVF undecided', 'warning'],
    ['inspected', { ...checked({ ...inspected, findings: [] }) }, '$(search) PVF 1.6 MiB', 'none'],
    ['an earlier build', { ...checked(rejected), isCurrent: false }, '$(error) PVF rejected $(history)', 'none'],
    ['running', running(), '$(sync~spin) PVF', 'none'],
    ['half done', running({ done: 500, total: 1000 }), '$(sync~spin) PVF 50 %', 'none'],
    ['the share of the expected time', running({ expectedMs: 16_000 }), '$(sync~spin) PVF 25 %', 'none'],
    ['slower than expected', running({ expectedMs: 1000 }), '$(sync~spin) PVF 99 %', 'none'],
    ['a local failure', { ...uncheckedState, problem: { message: 'gone' } }, '$(warning) PVF', 'warning'],
  ] as const;
  for (const [name, state, text, background] of cases) {
    it(`shows ${name}`, () => {
      const status = statusText(runtime, state, now, english);
      assert.equal(statusLine(status), text);
      assert.equal(status.background, background);
      assert.doesNotMatch(status.accessibleLabel, /\$\(/);
    });
  }

  it('leaves out the icon for the language status, which has its own spinner', () => {
    const plain = (state: Parameters<typeof statusText>[1]) => plainStatus(statusText(runtime, state, now, english));
    assert.equal(plain(running()), 'PVF');
    assert.equal(plain(running({ done: 500, total: 1000 })), 'PVF 50 %');
  });

  it('includes the verdict in the text for screen readers', () => {
    assert.equal(statusText(runtime, checked(rejected), now, english).accessibleLabel, 'PVF, robonomics 43: rejected');
  });
});

describe('progressText', () => {
  const running: Running = { kind: 'running', phase: 'preparing', startedMs: now - 4000 };
  const cases: readonly (readonly [Running, string])[] = [
    [running, 'Preparing'],
    [{ ...running, phase: 'starting' }, 'Starting the worker'],
    [{ ...running, done: 12, total: 3120, expectedMs: 16_000 }, 'Preparing: 12 of 3 120 functions, about 12 s left'],
    // A third is done after 4 s. The expected time no longer counts.
    [{ ...running, done: 1040, total: 3120, expectedMs: 3000 }, 'Preparing: 1 040 of 3 120 functions, about 8 s left'],
    [{ ...running, done: 3119, total: 3120, expectedMs: 3000 }, 'Preparing: 3 119 of 3 120 functions'],
    [{ ...running, expectedMs: 5000 }, 'Preparing'],
    [{ ...running, expectedMs: 3000 }, 'Preparing: longer than expected'],
  ];
  for (const [activity, text] of cases) {
    it(`returns "${text}"`, () => assert.equal(progressText(activity, now, english), text));
  }
});
