import assert from 'node:assert/strict';
import { FirstInspections } from '../../../../src/editor/core/first-inspections.ts';
import { type CheckState, type Runtime, uncheckedState } from '../../../../src/editor/model.ts';
import { accepted } from '../../../support/sample-reports.ts';
import { runtime } from '../views/samples.ts';

const named = (id: string): Runtime => ({ ...runtime, id });

function setUp(ids: readonly string[], unwanted: readonly string[] = []) {
  const runtimes = ids.map(named);
  const states = new Map<string, CheckState>();
  const inspected: string[] = [];
  const waiting: (() => void)[] = [];
  const inspections = new FirstInspections({
    runtimes: () => runtimes,
    stateOf: (id) => states.get(id) ?? uncheckedState,
    isWanted: ({ id }) => !unwanted.includes(id),
    inspect: ({ id }, { reason }) => {
      assert.equal(reason, 'change');
      inspected.push(id);
      return new Promise((resolve) => waiting.push(() => resolve({ kind: 'cancelled', why: 'user' })));
    },
  });
  const finishOne = async () => {
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { runtimes, states, inspected, inspections, finishOne };
}

describe('FirstInspections', () => {
  it('inspects one runtime after the other, each once', async () => {
    const { inspected, inspections, finishOne } = setUp(['a', 'b']);
    const all = inspections.run();
    void inspections.run();
    assert.deepEqual(inspected, ['a']);
    await finishOne();
    assert.deepEqual(inspected, ['a', 'b']);
    await finishOne();
    await all;
    await inspections.run();
    assert.deepEqual(inspected, ['a', 'b']);
  });

  it('leaves out runtimes with a report, a problem or a check, and those that nobody wants', async () => {
    const { states, inspected, inspections, finishOne } = setUp(['a', 'b', 'c', 'd', 'e'], ['d']);
    states.set('a', { ...uncheckedState, report: accepted });
    states.set('b', { ...uncheckedState, problem: { message: 'unreadable' } });
    states.set('c', { ...uncheckedState, activity: { kind: 'queued' } });
    const all = inspections.run();
    await finishOne();
    await all;
    assert.deepEqual(inspected, ['e']);
  });

  it('inspects runtimes that appear later', async () => {
    const { runtimes, inspected, inspections, finishOne } = setUp([]);
    await inspections.run();
    runtimes.push(named('a'));
    void inspections.run();
    await finishOne();
    assert.deepEqual(inspected, ['a']);
  });

  it('stops when it is disposed', async () => {
    const { inspected, inspections, finishOne } = setUp(['a', 'b']);
    const all = inspections.run();
    inspections[Symbol.dispose]();
    await finishOne();
    await all;
    assert.deepEqual(inspected, ['a']);
  });
});
