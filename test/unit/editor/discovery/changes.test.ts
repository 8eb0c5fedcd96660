import assert from 'node:assert/strict';
import { compareRuntimes, isNothing } from '../../../../src/editor/discovery/changes.ts';
import type { BlobFile, Runtime } from '../../../../src/editor/model.ts';

const blob: BlobFile = {
  path: '/t/a.compact.compressed.wasm',
  variant: 'compressed',
  bytes: 10,
  modifiedMs: 1,
  changedMs: 2,
};
const runtime = (id: string, more: Partial<Runtime> = {}): Runtime => ({ id, name: id, blob, others: [], ...more });

function ids(before: Runtime[], after: Runtime[]) {
  const { added, removed, changed, changedBlobs } = compareRuntimes(before, after);
  return [added, removed, changed, changedBlobs].map((list) => list.map(({ id }) => id).join());
}

describe('what is new in a search', () => {
  it('is nothing when all is as it was', () => {
    assert.ok(isNothing(compareRuntimes([runtime('a'), runtime('b')], [runtime('b'), runtime('a')])));
  });

  it('are runtimes that came and went', () => {
    assert.deepEqual(ids([runtime('a'), runtime('b')], [runtime('b'), runtime('c')]), ['c', 'a', '', '']);
  });

  it('is a blob that was written, by size or any of its times', () => {
    for (const change of [{ bytes: 11 }, { modifiedMs: 3 }, { changedMs: 3 }, { path: '/t/a.wasm' }]) {
      assert.deepEqual(ids([runtime('a')], [runtime('a', { blob: { ...blob, ...change } })]), ['', '', 'a', 'a']);
    }
  });

  it('is no new blob when only its neighbours changed', () => {
    const now = runtime('a', { others: [blob], stale: { newer: blob }, manifestPath: '/x/Cargo.toml' });
    assert.deepEqual(ids([runtime('a')], [now]), ['', '', 'a', '']);
  });
});
