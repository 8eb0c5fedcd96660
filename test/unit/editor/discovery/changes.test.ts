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

describe('the changes that a search found', () => {
  it('are none when all runtimes are the same', () => {
    assert.ok(isNothing(compareRuntimes([runtime('a'), runtime('b')], [runtime('b'), runtime('a')])));
  });

  it('are added and removed runtimes', () => {
    assert.deepEqual(ids([runtime('a'), runtime('b')], [runtime('b'), runtime('c')]), ['c', 'a', '', '']);
  });

  it('include a written blob, recognized by size, times, inode or path', () => {
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

  it('include no new blob when only its neighbours changed', () => {
    const now = runtime('a', { others: [blob], stale: { newer: blob }, manifestPath: '/x/Cargo.toml' });
    assert.deepEqual(ids([runtime('a')], [now]), ['', '', 'a', '']);
  });
});

describe('a runtime that a search does not find again', () => {
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

  it('is kept while its file is being written', async () => {
    const runtime = runtimeOf('written');
    writeFileSync(runtime.blob.path, '');
    assert.deepEqual(await beingWritten([runtime], []), [runtime]);
  });

  it('is gone when its file no longer changes', async () => {
    const runtime = runtimeOf('left');
    writeFileSync(runtime.blob.path, '');
    assert.deepEqual(await beingWritten([runtime], [], () => Date.now() + 10_000), []);
  });

  it('is gone when its file is deleted', async () => {
    assert.deepEqual(await beingWritten([runtimeOf('deleted')], []), []);
  });

  it('is not kept twice when the search did find it', async () => {
    const runtime = runtimeOf('written');
    assert.deepEqual(await beingWritten([runtime], [runtime]), []);
  });

  it('is not kept here when the user picked it', async () => {
    const { blob, ...more } = runtimeOf('written');
    assert.deepEqual(await beingWritten([{ ...more, blob, id: blob.path }], []), []);
  });
});
