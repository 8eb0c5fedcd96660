import assert from 'node:assert/strict';
import { nextPace } from '../../../../src/check/pace.ts';
import { uncheckedState } from '../../../../src/editor/model.ts';
import {
  figuresText,
  plainStatus,
  progressText,
  type Running,
  statusLine,
  statusText,
} from '../../../../src/editor/views/status-text.ts';
import { accepted, estimated, inspected, overLimit, rejected, undecided } from '../../../support/sample-reports.ts';
import { checked, english, now, running, runningSince, runningWith, runtime, withStored } from './samples.ts';

describe('statusText', () => {
  const cases = [
    ['not checked', uncheckedState, '$(circle-outline) PVF', 'none'],
    ['accepted', checked(accepted), '$(warning) PVF 23.11 s · 99.7 % of code size', 'none'],
    ['accepted by an estimate', checked(estimated), '$(pass) PVF ≈7.2 s · 24.5 % of code size', 'none'],
    ['rejected', checked(rejected), '$(error) PVF rejected', 'error'],
    ['over a limit', checked(overLimit), '$(error) PVF 23.11 s · 473.5 % of code size', 'error'],
    ['undecided', checked(undecided), '$(question) PVF undecided', 'warning'],
    ['inspected', { ...checked({ ...inspected, findings: [] }) }, '$(search) PVF 54.4 % of code size', 'none'],
    ['an earlier build', { ...checked(rejected), isCurrent: false }, '$(error) PVF rejected $(history)', 'none'],
    ['a waiting check', { ...uncheckedState, activity: { kind: 'queued' } }, '$(clock) PVF queued', 'none'],
    [
      'notable growth',
      checked(accepted, withStored(accepted, 2_900_000)),
      '$(warning) PVF 23.11 s · 99.7 % of code size · stored size +8.1 %',
      'none',
    ],
    [
      'no small growth',
      checked(accepted, withStored(accepted, 3_000_000)),
      '$(warning) PVF 23.11 s · 99.7 % of code size',
      'none',
    ],
    ['running', running(), '$(sync~spin) PVF', 'none'],
    ['half done', running({ done: 500, total: 1000 }), '$(sync~spin) PVF 50 %', 'none'],
    ['the share of the expected time', running({ expectedMs: 16_000 }), '$(sync~spin) PVF 25 %', 'none'],
    ['slower than expected', running({ expectedMs: 1000 }), '$(sync~spin) PVF 99 %', 'none'],
    [
      'first figures',
      runningWith({ ...inspected, findings: [] }, rejected),
      '$(sync~spin) PVF 54.4 % of code size',
      'none',
    ],
    [
      'a failure that needs no vote',
      runningWith(overLimit),
      '$(sync~spin) PVF 23.11 s · 473.5 % of code size',
      'error',
    ],
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

  it('names the runtime', () => {
    const line = statusLine(statusText(runtime, checked(rejected), now, english), 'hydradx-runtime');
    assert.equal(line, '$(error) PVF hydradx-runtime rejected');
  });

  it('includes the verdict in the text for screen readers', () => {
    assert.equal(
      statusText(runtime, checked(rejected), now, english).accessibleLabel,
      'PVF, hydradx-runtime · robonomics v43: rejected',
    );
  });
});

describe('figuresText', () => {
  it('shows the limit that is reached first, and never rounds up to it', () => {
    const almost = withStored(accepted, 3 * 1024 * 1024 - 1);
    assert.equal(figuresText(almost), '23.11 s · 99.9 % of code size');
    const time = { id: 'cpu-time', used: 33_600, limit: 60_000, ratio: 0.56, level: 'near' } as const;
    const items = withStored(accepted, 2_500_000).limits.items.filter(({ id }) => id !== 'cpu-time');
    const slow = { ...accepted, limits: { ...accepted.limits, items: [...items, time] } };
    assert.match(figuresText(slow), / · 56\.0 % of CPU time$/);
  });

  it('shows the CPU time if there are no limits', () => {
    assert.equal(figuresText({ ...accepted, limits: { ...accepted.limits, items: [] } }), '23.11 s');
  });
});

describe('progressText', () => {
  /** The functions counted so far, `counted` of 3120, in the given time. */
  const counting = (done: number, elapsedMs: number): Running => {
    const first = runningSince({ done: 0, total: 3120, isCounted: true }, now - elapsedMs);
    const next = { ...first, done };
    return { ...next, pace: nextPace(first, next, now) };
  };
  const cases: readonly (readonly [Running, string])[] = [
    [runningSince({}), 'Preparing'],
    [runningSince({ phase: 'starting' }), 'Starting the worker'],
    // Too early to know how fast the machine is.
    [counting(12, 4000), 'Preparing: 12 of 3 120 functions'],
    [counting(1040, 4000), 'Preparing: 1 040 of 3 120 functions, about 8 s left'],
    [counting(3119, 4000), 'Preparing: 3 119 of 3 120 functions'],
    [runningSince({ isCounted: true, expectedMs: 16_000 }), 'Preparing'],
    [runningSince({ expectedMs: 16_000 }), 'Preparing: about 12 s left'],
    [runningSince({ expectedMs: 5000 }), 'Preparing'],
    [runningSince({ expectedMs: 3000 }), 'Preparing: longer than expected'],
  ];
  for (const [activity, text] of cases) {
    it(`returns "${text}"`, () => assert.equal(progressText(activity, now, english), text));
  }
});
