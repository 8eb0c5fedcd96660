import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { everyMinute, ThrottledUpdate } from '../../../../src/editor/views/on-change.ts';
import { eventually } from '../../../ui/support/eventually.ts';

/** Longer than any test. */
const ENDLESS_MS = 3_600_000;

describe('ThrottledUpdate', () => {
  const opened: Disposable[] = [];
  afterEach(() => {
    for (const one of opened.splice(0)) one[Symbol.dispose]();
  });

  /** Counts the updates. */
  function counted(pauseMs: number) {
    const seen = { count: 0 };
    const throttled = new ThrottledUpdate(() => {
      seen.count += 1;
    }, pauseMs);
    opened.push(throttled);
    return { throttled, seen };
  }

  it('combines simultaneous changes into one update', async () => {
    const { throttled, seen } = counted(ENDLESS_MS);
    throttled.soon();
    throttled.progress();
    throttled.soon();
    assert.equal(seen.count, 0);
    await turn();
    assert.equal(seen.count, 1);
  });

  it('updates for the first progress without delay', async () => {
    const { throttled, seen } = counted(ENDLESS_MS);
    throttled.soon();
    await turn();
    throttled.progress();
    await turn();
    assert.equal(seen.count, 2);
  });

  it('updates for a result during the pause after progress', async () => {
    const { throttled, seen } = counted(ENDLESS_MS);
    throttled.progress();
    await turn();
    throttled.progress();
    await turn();
    assert.equal(seen.count, 1);
    throttled.soon();
    await turn();
    assert.equal(seen.count, 2);
  });

  it('updates for the last progress after a pause', async () => {
    const { throttled, seen } = counted(20);
    for (let step = 0; step < 10; step += 1) throttled.progress();
    await eventually(
      'the last step',
      () => seen.count,
      (count) => count >= 2,
    );
    await turn();
    assert.equal(seen.count, 2);
  });

  it('does not update after it is disposed', async () => {
    const { throttled, seen } = counted(ENDLESS_MS);
    throttled.progress();
    throttled[Symbol.dispose]();
    await turn();
    assert.equal(seen.count, 0);
  });
});

describe('everyMinute', () => {
  it('updates again and again, until it is disposed', async () => {
    let count = 0;
    const timer = everyMinute(() => {
      count += 1;
    }, 5);
    await eventually(
      'three updates',
      () => count,
      (updates) => updates >= 3,
    );
    timer.dispose();
    const last = count;
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(count, last);
  });
});
