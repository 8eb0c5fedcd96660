import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative } from 'node:path';
import { discover } from '../../../../src/editor/discovery/discover.ts';
import { useBuildTree } from './build-tree.ts';

type Call = 'readdir' | 'open' | 'stat';

/** Records the paths that any module accesses. */
function useCountedFs(): Readonly<Record<Call, string[]>> {
  const calls: Record<Call, string[]> = { readdir: [], open: [], stat: [] };
  const originals = { readdir: fs.promises.readdir, open: fs.promises.open, stat: fs.promises.stat };
  const replace = (functions: typeof originals) => {
    Object.assign(fs.promises, functions);
    syncBuiltinESMExports();
  };
  beforeEach(() => {
    const counted = Object.entries(originals).map(([name, original]) => {
      const counting = (path: unknown, ...rest: unknown[]) => {
        calls[name as Call].push(String(path));
        return Reflect.apply(original, fs.promises, [path, ...rest]);
      };
      return [name, counting] as const;
    });
    for (const list of Object.values(calls)) list.length = 0;
    replace(Object.fromEntries(counted) as unknown as typeof originals);
  });
  afterEach(() => replace(originals));
  return calls;
}

describe('discover in a large target folder', () => {
  const tree = useBuildTree();
  const calls = useCountedFs();

  beforeEach(() => {
    tree.crate('', 'a');
    for (const profile of ['debug', 'release']) {
      tree.wbuild(`target/${profile}`, 'a', { crateFolder: tree.root });
      for (const folder of ['deps', 'build', 'incremental', '.fingerprint', 'examples']) {
        for (let index = 0; index < 100; index++)
          fs.mkdirSync(tree.path(`target/${profile}/${folder}/x-${index}`), { recursive: true });
      }
    }
    for (let index = 0; index < 100; index++) tree.write(`target/doc/crate_${index}/index.html`, '');
    tree.write('target/x86_64-unknown-linux-gnu/release/deps/x.d', '');
    for (const list of Object.values(calls)) list.length = 0;
  });

  it('lists only the known levels', async () => {
    const { runtimes } = await discover([{ path: tree.root }]);
    assert.deepEqual(
      runtimes.map(({ profile }) => profile),
      ['debug', 'release'],
    );
    const listed = calls.readdir.map((path) => relative(tree.root, path)).sort();
    const triple = join('target', 'x86_64-unknown-linux-gnu');
    assert.deepEqual(listed, [
      '',
      'target',
      'target/debug/wbuild',
      'target/debug/wbuild/a',
      'target/doc/wbuild',
      'target/release/wbuild',
      'target/release/wbuild/a',
      triple,
      `${triple}/release/wbuild`,
      `${triple}/wbuild`,
    ]);
  });

  it('opens only blobs and manifests', async () => {
    await discover([{ path: tree.root }]);
    const opened = calls.open.map((path) => relative(tree.root, path));
    for (const path of opened) assert.match(path, /(^|\/)Cargo\.toml$|wbuild\/a\/[\w.]+\.wasm$/);
    assert.ok(calls.stat.length < 50, `${calls.stat.length} files were accessed`);
  });

  it('stops at the limit of folders', async () => {
    for (let a = 0; a < 12; a++)
      for (let b = 0; b < 100; b++) fs.mkdirSync(tree.path(`src/${a}/${b}`), { recursive: true });
    calls.readdir.length = 0;
    const { runtimes } = await discover([{ path: tree.root }]);
    assert.equal(runtimes.length, 2);
    assert.ok(calls.readdir.length <= 1000 + 12, `${calls.readdir.length} folders were listed`);
  });
});
