import assert from 'node:assert/strict';
import { appendFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { stateOf } from '../../../../src/base/file-state.ts';
import { settle } from '../../../../src/editor/discovery/settle.ts';
import { BUILT, useBuildTree } from './build-tree.ts';

describe('settle', () => {
  const tree = useBuildTree();

  it('ends when the file no longer changes', async () => {
    const path = tree.write('a.wasm', 'some bytes');
    const settled = await settle(path, { quietMs: 30 });
    assert(settled.kind === 'settled');
    assert.deepEqual([settled.file.bytes, settled.file.modifiedMs], [10, BUILT.getTime()]);
    assert.deepEqual(settled.file, await stateOf(path));
  });

  it('ends at once for an old file', async () => {
    const path = tree.write('a.wasm', 'some bytes');
    await pause(30);
    // With this deadline, any wait would end as still-changing.
    assert.equal((await settle(path, { quietMs: 10, deadlineMs: 0 })).kind, 'settled');
  });

  it('continues while the file is written', async () => {
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
    assert(settled.kind === 'settled');
    assert.equal(settled.file.bytes, 100);
    assert.deepEqual(settled.file, await stateOf(path));
  });

  it('continues while only the modification time is set back', async () => {
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

  it('reports a file as gone if it stays absent, but not if it is replaced', async () => {
    assert.deepEqual(await settle(tree.path('none.wasm'), { quietMs: 30 }), { kind: 'gone' });
    const path = tree.write('a.wasm', 'old');
    const settling = settle(path, { quietMs: 200 });
    rmSync(path);
    await pause(30);
    writeFileSync(path, 'newer');
    const settled = await settling;
    assert.deepEqual([settled.kind, settled.kind === 'settled' && settled.file.bytes], ['settled', 5]);
  });

  it('gives up at the deadline', async () => {
    const path = tree.write('a.wasm', '');
    const writing = setInterval(() => appendFileSync(path, 'x'), 10);
    try {
      assert.deepEqual(await settle(path, { quietMs: 300, deadlineMs: 150 }), { kind: 'still-changing' });
    } finally {
      clearInterval(writing);
    }
  });

  it('ends when the signal is aborted', async () => {
    const path = tree.write('a.wasm', 'x');
    const stop = new AbortController();
    const settling = settle(path, { quietMs: 10_000, signal: stop.signal });
    stop.abort(new Error('enough'));
    await assert.rejects(settling, /enough/);
    await assert.rejects(settle(path, { signal: stop.signal }), /enough/);
  });
});
