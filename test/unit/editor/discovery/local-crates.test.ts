import assert from 'node:assert/strict';
import path from 'node:path';
import { localCrates } from '../../../../src/editor/discovery/local-crates.ts';
import { useBuildTree } from './build-tree.ts';

describe('localCrates', () => {
  const tree = useBuildTree();
  const cratesOf = async (manifest: string) =>
    (await localCrates(tree.path(manifest))).map((folder) => path.relative(tree.root, folder)).sort();

  it('finds crates by path, also those of build scripts, of some platforms, and of other crates', async () => {
    tree.write(
      'runtime/Cargo.toml',
      `[dependencies]
codec = "3"
pallet-a = { path = "../pallets/a", default-features = false }
[build-dependencies]
tool = { path = "../tool" }
[dev-dependencies]
tests = { path = "../tests" }
[target.'cfg(not(feature = "std"))'.dependencies]
pallet-b.path = "../pallets/b"
`,
    );
    tree.write('pallets/a/Cargo.toml', '[dependencies]\nprimitives = { path = "../../primitives" }\n');
    // A circle, as cargo allows for tests.
    tree.write('primitives/Cargo.toml', '[dependencies]\npallet-a = { path = "../pallets/a" }\n');
    assert.deepEqual(await cratesOf('runtime/Cargo.toml'), ['pallets/a', 'pallets/b', 'primitives', 'runtime', 'tool']);
  });

  it('finds the paths of a workspace above, or of the one that the package names', async () => {
    tree.write('Cargo.toml', '[workspace.dependencies]\npallet = { path = "pallets/p" }\nother = { path = "other" }\n');
    tree.write('chains/x/runtime/Cargo.toml', '[dependencies]\npallet.workspace = true\ncodec.workspace = true\n');
    assert.deepEqual(await cratesOf('chains/x/runtime/Cargo.toml'), ['chains/x/runtime', 'pallets/p']);
    tree.write('elsewhere/Cargo.toml', '[workspace]\n[workspace.dependencies]\npallet = { path = "mine" }\n');
    tree.write(
      'apart/Cargo.toml',
      '[package]\nworkspace = "../elsewhere"\n[dependencies]\npallet = { workspace = true, features = ["x"] }\n',
    );
    assert.deepEqual(await cratesOf('apart/Cargo.toml'), ['apart', 'elsewhere/mine']);
  });

  it('has the crate alone when its manifest is absent, invalid or odd', async () => {
    assert.deepEqual(await cratesOf('absent/Cargo.toml'), ['absent']);
    tree.write('invalid/Cargo.toml', '[dependencies\n');
    assert.deepEqual(await cratesOf('invalid/Cargo.toml'), ['invalid']);
    tree.write('odd/Cargo.toml', 'target = 1\n[dependencies]\na = 1\nb = { path = 2 }\nc = { workspace = false }\n');
    assert.deepEqual(await cratesOf('odd/Cargo.toml'), ['odd']);
  });
});
