import assert from 'node:assert/strict';
import { CheckLine, type CheckRun } from '../../../../src/editor/core/check-line.ts';
import { type CheckReason, type Runtime, untouched } from '../../../../src/editor/model.ts';
import type { CheckEnd } from '../../../../src/editor/services.ts';

function runtimeAt(id: string, changedMs: number): Runtime {
  const blob = { path: `/${id}.wasm`, variant: 'compressed', bytes: 1, modifiedMs: changedMs, changedMs } as const;
  return { id, name: id, blob, others: [] };
}

const checked = (problem: string): CheckEnd => ({
  kind: 'checked',
  state: { ...untouched, problem: { message: problem } },
  isKnown: false,
});

interface Started extends CheckRun {
  end(end: CheckEnd): void;
}

/** Checks that end when the test says so. A cancelled one ends with something that nobody must get. */
function heldLine(): { readonly line: CheckLine; readonly started: Started[] } {
  const started: Started[] = [];
  const line = new CheckLine(
    (run) =>
      new Promise((end) => {
        run.began(run.runtime.blob.changedMs);
        run.signal.addEventListener('abort', () => end(checked('of a cancelled check')), { once: true });
        started.push({ ...run, end });
      }),
  );
  return { line, started };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('CheckLine', () => {
  const a1 = runtimeAt('a', 1);
  const a2 = runtimeAt('a', 2);
  const command = { reason: 'command' } as const;
  const change = { reason: 'change' } as const;

  it('gives everybody who asks for what is being found out the one answer', async () => {
    const { line, started } = heldLine();
    const ends = [
      line.ask('prepare', a1, change),
      line.ask('prepare', a1, command),
      line.ask('inspect', a1, command),
      line.ask('prepare', a1, { reason: 'api' }),
    ];
    assert.equal(started.length, 1);
    started[0]?.end(checked('one'));
    assert.deepEqual(await Promise.all(ends), Array(4).fill(checked('one')));
  });

  it('takes newer bytes in place of older ones, and gives those who waited the newer answer', async () => {
    const { line, started } = heldLine();
    const ends = [line.ask('prepare', a1, command), line.ask('prepare', a2, change)];
    await settled();
    assert.equal(started.length, 2);
    assert(started[0]?.signal.aborted);
    assert.equal(started[1]?.runtime, a2);
    started[1]?.end(checked('newer'));
    assert.deepEqual(await Promise.all(ends), [checked('newer'), checked('newer')]);
  });

  it('does not do less for those who waited: a preparation is not replaced by a mere look', async () => {
    const { line, started } = heldLine();
    const ends = [line.ask('prepare', a1, command), line.ask('inspect', a2, change)];
    await settled();
    assert.deepEqual(
      started.map(({ kind }) => kind),
      ['prepare', 'prepare'],
    );
    started[1]?.end(checked('newer'));
    await Promise.all(ends);
  });

  it('prepares where only a look was on the way', async () => {
    const { line, started } = heldLine();
    const ends = [line.ask('inspect', a1, change), line.ask('prepare', a1, command)];
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

  it('measures anew where that is asked for, though the same is at work', async () => {
    const { line, started } = heldLine();
    const ends = [line.ask('prepare', a1, command), line.ask('prepare', a1, { ...command, isFresh: true })];
    await settled();
    assert.deepEqual(
      started.map(({ isFresh }) => isFresh),
      [false, true],
    );
    started[1]?.end(checked('fresh'));
    await Promise.all(ends);
  });

  it('lets a command of a person go before what changes started', async () => {
    const { line, started } = heldLine();
    const b = runtimeAt('b', 1);
    const c = runtimeAt('c', 1);
    const ends = [line.ask('prepare', a1, change), line.ask('prepare', b, change), line.ask('prepare', c, change)];
    ends.push(line.ask('prepare', c, command));
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

  const leaving: readonly (readonly [others: readonly CheckReason[], goesOn: boolean])[] = [
    [[], false],
    [['change'], false],
    [['command'], true],
    [['api', 'change'], true],
  ];
  for (const [others, goesOn] of leaving) {
    it(`${goesOn ? 'goes on' : 'ends'} when one gives up and ${others.join(' and ') || 'nobody'} waits yet`, async () => {
      const { line, started } = heldLine();
      const cancel = new AbortController();
      const rest = others.map((reason) => line.ask('prepare', a1, { reason }));
      const mine = line.ask('prepare', a1, { reason: 'command', signal: cancel.signal });
      cancel.abort();
      assert.deepEqual(await mine, { kind: 'cancelled', why: 'person' });
      assert.equal(started[0]?.signal.aborted, !goesOn);
      if (goesOn) started[0]?.end(checked('one'));
      const wanted = goesOn ? checked('one') : { kind: 'cancelled', why: 'person' };
      assert.deepEqual(await Promise.all(rest), Array(others.length).fill(wanted));
    });
  }

  it('goes on for a change when somebody else who only looked on gives up', async () => {
    const { line, started } = heldLine();
    const cancel = new AbortController();
    const first = line.ask('prepare', a1, change);
    const second = line.ask('inspect', a1, { ...change, signal: cancel.signal });
    cancel.abort();
    assert.deepEqual(await second, { kind: 'cancelled', why: 'person' });
    started[0]?.end(checked('one'));
    assert.deepEqual(await first, checked('one'));
  });

  it('tells everybody why when it is cancelled, whether it runs or waits', async () => {
    const { line } = heldLine();
    const ends = [line.ask('prepare', a1, command), line.ask('prepare', runtimeAt('b', 1), command)];
    line.cancel('removed', 'b');
    line.cancel('person');
    assert.deepEqual(await Promise.all(ends), [
      { kind: 'cancelled', why: 'person' },
      { kind: 'cancelled', why: 'removed' },
    ]);
  });

  it('starts nothing for one who gave up before', async () => {
    const { line, started } = heldLine();
    const end = await line.ask('prepare', a1, { ...command, signal: AbortSignal.abort() });
    assert.deepEqual(end, { kind: 'cancelled', why: 'person' });
    assert.equal(started.length, 0);
  });

  it('does not join one that is being cancelled', async () => {
    const { line, started } = heldLine();
    const first = line.ask('prepare', a1, command);
    line.cancel('person');
    const second = line.ask('prepare', a1, command);
    await first;
    await settled();
    assert.equal(started.length, 2);
    started[1]?.end(checked('second'));
    assert.deepEqual(await second, checked('second'));
  });
});
