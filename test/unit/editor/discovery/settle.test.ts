import assert from 'node:assert/strict';
import { appendFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { settle } from '../../../../src/editor/discovery/settle.ts';
import { BUILT, useBuildTree } from './build-tree.ts';

describe('a file that settles', () => {
  const tree = useBuildTree();

  it('has settled when nobody writes it', async () => {
    const path = tree.write('a.wasm', 'some bytes');
    const modifiedMs = BUILT.getTime();
    assert.deepEqual(await settle(path, { quietMs: 30 }), { kind: 'settled', bytes: 10, modifiedMs });
  });

  it('answers at once for one that was written long ago', async () => {
    const path = tree.write('a.wasm', 'some bytes');
    await pause(30);
    // A deadline in the past: any waiting would end as restless.
    assert.equal((await settle(path, { quietMs: 10, deadlineMs: 0 })).kind, 'settled');
  });

  it('has not settled while it is written', async () => {
    const path = tree.write('a.wasm', '');
    let isDone = false;
    const settling = settle(path, { quietMs: 150 }).then((settled) => {
      isDone = true;
      return settled;
    });
    for (let round = 0; round < 10; round++) {
      appendFileSync(path, 'x'.repeat(10));
      await pause(30);
      assert.equal(isDone, false);
    }
    const settled = await settling;
    assert.deepEqual(settled, { kind: 'settled', bytes: 100, modifiedMs: Math.floor(statSync(path).mtimeMs) });
  });

  it('has not settled while only its time is set back', async () => {
    const path = tree.write('a.wasm', 'x');
    let isDone = false;
    const settling = settle(path, { quietMs: 150 }).finally(() => {
      isDone = true;
    });
    for (let round = 0; round < 8; round++) {
      utimesSync(path, BUILT, BUILT);
      await pause(30);
      assert.equal(isDone, false);
    }
    await settling;
  });

  it('is gone when it stays away, and not when it is replaced', async () => {
    assert.deepEqual(await settle(tree.path('none.wasm'), { quietMs: 30 }), { kind: 'gone' });
    const path = tree.write('a.wasm', 'old');
    const settling = settle(path, { quietMs: 200 });
    rmSync(path);
    await pause(30);
    writeFileSync(path, 'newer');
    const settled = await settling;
    assert.deepEqual([settled.kind, settled.kind === 'settled' && settled.bytes], ['settled', 5]);
  });

  it('is given up at the deadline', async () => {
    const path = tree.write('a.wasm', '');
    const writing = setInterval(() => appendFileSync(path, 'x'), 10);
    try {
      assert.deepEqual(await settle(path, { quietMs: 300, deadlineMs: 150 }), { kind: 'restless' });
    } finally {
      clearInterval(writing);
    }
  });

  it('is not waited for once the signal says so', async () => {
    const path = tree.write('a.wasm', 'x');
    const stop = new AbortController();
    const settling = settle(path, { quietMs: 10_000, signal: stop.signal });
    stop.abort(new Error('enough'));
    await assert.rejects(settling, /enough/);
    await assert.rejects(settle(path, { signal: stop.signal }), /enough/);
  });
});
