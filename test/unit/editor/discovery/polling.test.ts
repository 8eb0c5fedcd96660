import assert from 'node:assert/strict';
import { appendFileSync, rmSync } from 'node:fs';
import { BuildActivity, snapshotOf } from '../../../../src/editor/discovery/polling.ts';
import { useBuildTree } from './build-tree.ts';

describe('BuildActivity', () => {
  it('polls often during and shortly after a build, otherwise rarely', () => {
    let now = 0;
    const builds = new BuildActivity(() => now);
    const quiet = builds.pollMs;
    builds.started();
    now += 3_600_000;
    assert.ok(builds.isLikely);
    assert.ok(builds.pollMs < quiet);
    builds.ended();
    assert.ok(builds.isLikely);
    now += 3_600_000;
    assert.ok(!builds.isLikely);
    assert.equal(builds.pollMs, quiet);
    builds.fileChanged();
    assert.ok(builds.isLikely);
  });

  it('ignores an end without a start', () => {
    let now = 0;
    const builds = new BuildActivity(() => now);
    builds.ended();
    builds.started();
    now += 3_600_000;
    assert.ok(builds.isLikely);
  });
});

describe('snapshotOf', () => {
  const tree = useBuildTree();

  it('changes only if a path is added, written or removed', async () => {
    const paths = [tree.path('a'), tree.path('b')];
    const snapshots = [await snapshotOf(paths), await snapshotOf(paths)];
    tree.write('a', 'x');
    snapshots.push(await snapshotOf(paths), await snapshotOf(paths));
    appendFileSync(tree.path('a'), 'y');
    snapshots.push(await snapshotOf(paths));
    rmSync(tree.path('a'));
    snapshots.push(await snapshotOf(paths));
    assert.equal(snapshots[0], snapshots[1]);
    assert.notEqual(snapshots[1], snapshots[2]);
    assert.equal(snapshots[2], snapshots[3]);
    assert.notEqual(snapshots[3], snapshots[4]);
    assert.equal(snapshots[5], snapshots[0]);
  });
});
