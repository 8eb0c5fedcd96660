import assert from 'node:assert/strict';
import { type CheckRun, CheckScheduler } from '../../../../src/editor/core/check-scheduler.ts';
import { type CheckEnd, type CheckReason, type Runtime, uncheckedState } from '../../../../src/editor/model.ts';

function runtimeAt(id: string, changedMs: number): Runtime {
  const file = { bytes: 1, modifiedMs: changedMs, changedMs, inode: '1:1' };
  const blob = { path: `/${id}.wasm`, variant: 'compressed', ...file } as const;
  return { id, name: id, blob, others: [] };
}

const checked = (problem: string): CheckEnd => ({
  kind: 'checked',
  state: { ...uncheckedState, problem: { message: problem } },
  fromCache: false,
});

interface Started extends CheckRun {
  end(end: CheckEnd): void;
}

/** Checks that the test ends. A cancelled one ends with a result that no caller must get. */
function heldScheduler(): { readonly scheduler: CheckScheduler; readonly started: Started[] } {
  const started: Started[] = [];
  const scheduler = new CheckScheduler(
    (run) =>
      new Promise((end) => {
        run.beforeReading(run.runtime.blob);
        run.signal.addEventListener('abort', () => end(checked('of a cancelled check')), { once: true });
        started.push({ ...run, end });
      }),
  );
  return { scheduler, started };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('CheckScheduler', () => {
  const a1 = runtimeAt('a', 1);
  const a2 = runtimeAt('a', 2);
  const command = { reason: 'command' } as const;
  const change = { reason: 'change' } as const;

  it('gives all callers of a running check its result', async () => {
    const { scheduler, started } = heldScheduler();
    const ends = [
      scheduler.check('prepare', a1, change),
      scheduler.check('prepare', a1, command),
      scheduler.check('inspect', a1, command),
      scheduler.check('prepare', a1, { reason: 'api' }),
    ];
    assert.equal(started.length, 1);
    started[0]?.end(checked('one'));
    assert.deepEqual(await Promise.all(ends), Array(4).fill(checked('one')));
  });

  it('measures costs in a check of their own, for all callers', async () => {
    const { scheduler, started } = heldScheduler();
    const ends = [
      scheduler.check('prepare', a1, command),
      scheduler.check('prepare', a1, { ...command, hasCosts: true }),
    ];
    await settled();
    assert.deepEqual(
      started.map(({ hasCosts }) => hasCosts),
      [false, true],
    );
    ends.push(scheduler.check('prepare', a1, command));
    started[1]?.end(checked('with costs'));
    assert.deepEqual(await Promise.all(ends), Array(3).fill(checked('with costs')));
  });

  it('replaces a check of older bytes and gives its callers the newer result', async () => {
    const { scheduler, started } = heldScheduler();
    const ends = [scheduler.check('prepare', a1, command), scheduler.check('prepare', a2, change)];
    await settled();
    assert.equal(started.length, 2);
    assert(started[0]?.signal.aborted);
    assert.equal(started[1]?.runtime, a2);
    started[1]?.end(checked('newer'));
    assert.deepEqual(await Promise.all(ends), [checked('newer'), checked('newer')]);
  });

  it('does not replace a preparation with an inspection', async () => {
    const { scheduler, started } = heldScheduler();
    const ends = [scheduler.check('prepare', a1, command), scheduler.check('inspect', a2, change)];
    await settled();
    assert.deepEqual(
      started.map(({ kind }) => kind),
      ['prepare', 'prepare'],
    );
    started[1]?.end(checked('newer'));
    await Promise.all(ends);
  });

  it('replaces an inspection with a preparation', async () => {
    const { scheduler, started } = heldScheduler();
    const ends = [scheduler.check('inspect', a1, change), scheduler.check('prepare', a1, command)];
    await settled();
    assert.deepEqual(
      started.map(({ kind, signal }) => [kind, signal.aborted]),
      [
        ['inspect', true],
        ['prepare', false],
      ],
    );
    started[1]?.end(checked('prepared'));
    assert.deepEqual(await Promise.all(ends), [checked('prepared'), checked('prepared')]);
  });

  it('replaces a running check with a forced one', async () => {
    const { scheduler, started } = heldScheduler();
    const ends = [
      scheduler.check('prepare', a1, command),
      scheduler.check('prepare', a1, { ...command, isForced: true }),
    ];
    await settled();
    assert.deepEqual(
      started.map(({ isForced }) => isForced),
      [false, true],
    );
    started[1]?.end(checked('forced'));
    await Promise.all(ends);
  });

  it('runs a check of a command before checks of changes', async () => {
    const { scheduler, started } = heldScheduler();
    const b = runtimeAt('b', 1);
    const c = runtimeAt('c', 1);
    const ends = [
      scheduler.check('prepare', a1, change),
      scheduler.check('prepare', b, change),
      scheduler.check('prepare', c, change),
    ];
    ends.push(scheduler.check('prepare', c, command));
    for (const at of [0, 1, 2]) {
      await settled();
      started[at]?.end(checked(''));
    }
    await Promise.all(ends);
    assert.deepEqual(
      started.map(({ runtime }) => runtime.id),
      ['a', 'c', 'b'],
    );
  });

  const cases: readonly (readonly [others: readonly CheckReason[], isContinued: boolean])[] = [
    [[], false],
    [['change'], false],
    [['command'], true],
    [['api', 'change'], true],
  ];
  for (const [others, isContinued] of cases) {
    it(`${isContinued ? 'continues' : 'ends'} when one caller aborts and ${others.join(' and ') || 'no other caller'} still waits`, async () => {
      const { scheduler, started } = heldScheduler();
      const cancel = new AbortController();
      const rest = others.map((reason) => scheduler.check('prepare', a1, { reason }));
      const mine = scheduler.check('prepare', a1, { reason: 'command', signal: cancel.signal });
      cancel.abort();
      assert.deepEqual(await mine, { kind: 'cancelled', why: 'user' });
      assert.equal(started[0]?.signal.aborted, !isContinued);
      if (isContinued) started[0]?.end(checked('one'));
      const wanted = isContinued ? checked('one') : { kind: 'cancelled', why: 'user' };
      assert.deepEqual(await Promise.all(rest), Array(others.length).fill(wanted));
    });
  }

  it('continues for a change when another background caller aborts', async () => {
    const { scheduler, started } = heldScheduler();
    const cancel = new AbortController();
    const first = scheduler.check('prepare', a1, change);
    const second = scheduler.check('inspect', a1, { ...change, signal: cancel.signal });
    cancel.abort();
    assert.deepEqual(await second, { kind: 'cancelled', why: 'user' });
    started[0]?.end(checked('one'));
    assert.deepEqual(await first, checked('one'));
  });

  it('gives all callers of a running or waiting check the reason of the cancellation', async () => {
    const { scheduler } = heldScheduler();
    const ends = [scheduler.check('prepare', a1, command), scheduler.check('prepare', runtimeAt('b', 1), command)];
    scheduler.cancel('removed', 'b');
    scheduler.cancel('user');
    assert.deepEqual(await Promise.all(ends), [
      { kind: 'cancelled', why: 'user' },
      { kind: 'cancelled', why: 'removed' },
    ]);
  });

  it('starts no check for an aborted caller', async () => {
    const { scheduler, started } = heldScheduler();
    const end = await scheduler.check('prepare', a1, { ...command, signal: AbortSignal.abort() });
    assert.deepEqual(end, { kind: 'cancelled', why: 'user' });
    assert.equal(started.length, 0);
  });

  it('does not join a check that is being cancelled', async () => {
    const { scheduler, started } = heldScheduler();
    const first = scheduler.check('prepare', a1, command);
    scheduler.cancel('user');
    const second = scheduler.check('prepare', a1, command);
    await first;
    await settled();
    assert.equal(started.length, 2);
    started[1]?.end(checked('second'));
    assert.deepEqual(await second, checked('second'));
  });

  /** A running check of `a`, so that the other requests wait. */
  function withBusyWorker() {
    const held = heldScheduler();
    const first = held.scheduler.check('prepare', a1, change);
    const ids = () => held.started.map(({ runtime }) => runtime.id);
    return { ...held, first, ids };
  }

  it('runs one check at a time, those of commands first', async () => {
    const { scheduler, started, first, ids } = withBusyWorker();
    const ends = [scheduler.check('prepare', runtimeAt('b', 1), change)];
    ends.push(scheduler.check('prepare', runtimeAt('c', 1), command));
    assert.deepEqual(ids(), ['a']);
    started[0]?.end(checked('a'));
    await first;
    await settled();
    assert.deepEqual(ids(), ['a', 'c']);
    started[1]?.end(checked('c'));
    await settled();
    assert.deepEqual(ids(), ['a', 'c', 'b']);
    started[2]?.end(checked('b'));
    assert.deepEqual(await Promise.all(ends), [checked('b'), checked('c')]);
  });

  it('lets only the newest check of a runtime wait', async () => {
    const { scheduler, started, ids } = withBusyWorker();
    const [old, newer] = [runtimeAt('b', 1), runtimeAt('b', 2)];
    const ends = [scheduler.check('inspect', old, change), scheduler.check('prepare', newer, change)];
    started[0]?.end(checked('a'));
    await settled();
    assert.deepEqual(ids(), ['a', 'b']);
    assert.equal(started[1]?.runtime, newer);
    started[1]?.end(checked('newer'));
    assert.deepEqual(await Promise.all(ends), [checked('newer'), checked('newer')]);
    await settled();
    assert.equal(started.length, 2);
  });

  it('starts the next check only when the cancelled one has ended', async () => {
    const started: CheckRun[] = [];
    const ends: ((end: CheckEnd) => void)[] = [];
    const scheduler = new CheckScheduler((run) => {
      started.push(run);
      return new Promise((end) => ends.push(end));
    });
    const first = scheduler.check('prepare', a1, command);
    const second = scheduler.check('prepare', runtimeAt('b', 1), command);
    scheduler.cancel('user', 'a');
    await settled();
    assert(started[0]?.signal.aborted);
    assert.equal(started.length, 1);
    ends[0]?.(checked('of a cancelled check'));
    assert.deepEqual(await first, { kind: 'cancelled', why: 'user' });
    await settled();
    assert.equal(started[1]?.runtime.id, 'b');
    ends[1]?.(checked('b'));
    assert.deepEqual(await second, checked('b'));
  });

  it('cancels a waiting check at once, and the running one when it has ended', async () => {
    const { scheduler, started, first, ids } = withBusyWorker();
    const waiting = scheduler.check('prepare', runtimeAt('b', 1), change);
    const last = scheduler.check('prepare', runtimeAt('c', 1), change);
    scheduler.cancel('user', 'b');
    assert.deepEqual(await waiting, { kind: 'cancelled', why: 'user' });
    assert.equal(started[0]?.signal.aborted, false);
    scheduler.cancel('user', 'a');
    assert.deepEqual(await first, { kind: 'cancelled', why: 'user' });
    await settled();
    assert.deepEqual(ids(), ['a', 'c']);
    started[1]?.end(checked('c'));
    assert.deepEqual(await last, checked('c'));
  });
});
