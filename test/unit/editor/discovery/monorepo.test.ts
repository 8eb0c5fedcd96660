import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { discover } from '../../../../src/editor/discovery/discover.ts';
import { COMPRESSED, useBuildTree } from './build-tree.ts';

describe('discover in a repository with many folders', () => {
  const tree = useBuildTree();

  beforeEach(() => {
    for (let a = 0; a < 40; a += 1)
      for (let b = 0; b < 50; b += 1) mkdirSync(tree.path(`project-${a}/package-${b}`), { recursive: true });
  });

  it('lists a limited number of folders, and says so', async () => {
    const { listed, runtimes, searched } = await discover([{ path: tree.root }]);
    assert.deepEqual(runtimes, []);
    assert.ok(listed <= 1020, `${listed} folders were listed`);
    assert.match(searched.folders[0]?.limits.join() ?? '', /more than 1000 folders/);
  });

  it('lists the promising folders of a level first', async () => {
    tree.crate('project-39/zz-parachain/runtime', 'a');
    tree.wbuild('project-39/zz-parachain/runtime/target/release', 'a');
    const { runtimes } = await discover([{ path: tree.root }]);
    assert.deepEqual(
      runtimes.map(({ name }) => name),
      ['a'],
    );
  });

  it('follows members below the limit, and lists a limited number of folders for their globs', async () => {
    tree.write('Cargo.toml', '[workspace]\nmembers = ["project-39/package-49/a/b/*", "**"]\n');
    tree.crate('project-39/package-49/a/b/c', 'deep');
    tree.write(
      'project-39/package-49/a/b/c/target/srtool/release/wbuild/deep/deep.compact.compressed.wasm',
      COMPRESSED,
    );
    const { runtimes, listed, searched } = await discover([{ path: tree.root }]);
    assert.deepEqual(
      runtimes.map(({ manifestPath }) => manifestPath),
      [join(tree.root, 'project-39/package-49/a/b/c/Cargo.toml')],
    );
    // The search, the globs, and the target folders that the globs may have.
    assert.ok(listed <= 1000 + 2000 + 2100, `${listed} folders were listed`);
    assert.match(searched.folders[0]?.limits.join() ?? '', /globs of workspace members/);
  });
});
