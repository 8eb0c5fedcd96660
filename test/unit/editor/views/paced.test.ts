import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Paced } from '../../../../src/editor/views/paced.ts';
import { eventually } from '../../../ui/support/eventually.ts';

/** No test lives so long. */
const ENDLESS_MS = 3_600_000;

describe('paced updates', () => {
  const opened: Disposable[] = [];
  afterEach(() => {
    for (const one of opened.splice(0)) one[Symbol.dispose]();
  });

  /** Counts the updates. */
  function counted(pauseMs: number) {
    const seen = { count: 0 };
    const paced = new Paced(() => {
      seen.count += 1;
    }, pauseMs);
    opened.push(paced);
    return { paced, seen };
  }

  it('show once what comes in one go', async () => {
    const { paced, seen } = counted(ENDLESS_MS);
    paced.atOnce();
    paced.inTime();
    paced.atOnce();
    assert.equal(seen.count, 0);
    await turn();
    assert.equal(seen.count, 1);
  });

  it('do not let a spinner wait for what was shown before it', async () => {
    const { paced, seen } = counted(ENDLESS_MS);
    paced.atOnce();
    await turn();
    paced.inTime();
    await turn();
    assert.equal(seen.count, 2);
  });

  it('do not let a result wait for the pause of the progress', async () => {
    const { paced, seen } = counted(ENDLESS_MS);
    paced.inTime();
    await turn();
    paced.inTime();
    await turn();
    assert.equal(seen.count, 1);
    paced.atOnce();
    await turn();
    assert.equal(seen.count, 2);
  });

  it('show the last step of a progress after a pause', async () => {
    const { paced, seen } = counted(20);
    for (let step = 0; step < 10; step += 1) paced.inTime();
    await eventually(
      'the last step',
      () => seen.count,
      (count) => count >= 2,
    );
    await turn();
    assert.equal(seen.count, 2);
  });

  it('end with their view', async () => {
    const { paced, seen } = counted(ENDLESS_MS);
    paced.inTime();
    paced[Symbol.dispose]();
    await turn();
    assert.equal(seen.count, 0);
  });
});
