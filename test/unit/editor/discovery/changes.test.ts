import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beingWritten, compareRuntimes, isNothing } from '../../../../src/editor/discovery/changes.ts';
import type { BlobFile, Runtime } from '../../../../src/editor/model.ts';

const blob: BlobFile = {
  path: '/t/a.compact.compressed.wasm',
  variant: 'compressed',
  bytes: 10,
  modifiedMs: 1,
  changedMs: 2,
  inode: '1:1',
};
const runtime = (id: string, more: Partial<Runtime> = {}): Runtime => ({ id, name: id, blob, others: [], ...more });

function ids(before: Runtime[], after: Runtime[]) {
  const { added, removed, changed, changedBlobs } = compareRuntimes(before, after);
  return [added, removed, changed, changedBlobs].map((list) => list.map(({ id }) => id).join());
}

describe('compareRuntimes', () => {
  it('reports no change for equal runtimes', () => {
    assert.ok(isNothing(compareRuntimes([runtime('a'), runtime('b')], [runtime('b'), runtime('a')])));
  });

  it('reports added and removed runtimes', () => {
    assert.deepEqual(ids([runtime('a'), runtime('b')], [runtime('b'), runtime('c')]), ['c', 'a', '', '']);
  });

  it('detects a written blob by size, times, inode or path', () => {
    for (const change of [
      { bytes: 11 },
      { modifiedMs: 3 },
      { changedMs: 3 },
      { inode: '1:2' },
      { path: '/t/a.wasm' },
    ]) {
      assert.deepEqual(ids([runtime('a')], [runtime('a', { blob: { ...blob, ...change } })]), ['', '', 'a', 'a']);
    }
  });

  it('reports no written blob if only other variants changed', () => {
    const now = runtime('a', { others: [blob], stale: { newer: blob }, manifestPath: '/x/Cargo.toml' });
    assert.deepEqual(ids([runtime('a')], [now]), ['', '', 'a', '']);
  });
});

describe('beingWritten', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pvf-written-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function runtimeOf(name: string): Runtime {
    const file = { bytes: 8, modifiedMs: 0, changedMs: 0, inode: '1:1' };
    const blob = { path: path.join(folder, `${name}.wasm`), variant: 'bloaty', ...file } as const;
    return { id: path.join(folder, name), name, blob, others: [] };
  }

  it('keeps a runtime whose file is being written', async () => {
    const runtime = runtimeOf('written');
    writeFileSync(runtime.blob.path, '');
    assert.deepEqual(await beingWritten([runtime], []), [runtime]);
  });

  it('drops a runtime whose file no longer changes', async () => {
    const runtime = runtimeOf('left');
    writeFileSync(runtime.blob.path, '');
    assert.deepEqual(await beingWritten([runtime], [], () => Date.now() + 10_000), []);
  });

  it('drops a runtime whose file was deleted', async () => {
    assert.deepEqual(await beingWritten([runtimeOf('deleted')], []), []);
  });

  it('ignores a runtime that the search found', async () => {
    const runtime = runtimeOf('written');
    assert.deepEqual(await beingWritten([runtime], [runtime]), []);
  });

  it('ignores a picked runtime', async () => {
    const { blob, ...more } = runtimeOf('written');
    assert.deepEqual(await beingWritten([{ ...more, blob, id: blob.path }], []), []);
    const substitute = { ...more, blob, id: `${blob.path}#7`, substituteBlock: '7' };
    assert.deepEqual(await beingWritten([substitute], []), []);
  });
});
