import assert from 'node:assert/strict';
import { once } from 'node:events';
import { TaskGroup } from '../../../src/base/task-group.ts';

/** Records its name and rejects some time after the signal aborts. */
async function untilAborted(signal: AbortSignal, ended: string[], name: string): Promise<string> {
  if (!signal.aborted) await once(signal, 'abort');
  await new Promise((resolve) => setImmediate(resolve));
  ended.push(name);
  throw signal.reason;
}

describe('TaskGroup', () => {
  it('settles like the task', async () => {
    await using group = new TaskGroup();
    assert.equal(await group.run(undefined, async () => 7), 7);
    const failure = new Error('broken');
    await assert.rejects(
      group.run(undefined, () => Promise.reject(failure)),
      failure,
    );
  });

  it("aborts a task with the caller's signal", async () => {
    await using group = new TaskGroup();
    const cancel = new AbortController();
    const running = group.run(cancel.signal, (signal) => untilAborted(signal, [], 'a'));
    const reason = new Error('enough');
    cancel.abort(reason);
    await assert.rejects(running, reason);
  });

  it('aborts all tasks on disposal, waits until they settle, and rejects new ones', async () => {
    const group = new TaskGroup();
    const ended: string[] = [];
    const running = ['a', 'b'].map((name) => group.run(undefined, (signal) => untilAborted(signal, ended, name)));
    const results = Promise.allSettled(running);
    await group[Symbol.asyncDispose]();
    assert.deepEqual(ended, ['a', 'b']);
    assert.deepEqual(
      (await results).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await assert.rejects(
      group.run(undefined, async () => assert.fail('it ran')),
      { name: 'AbortError' },
    );
  });
});
