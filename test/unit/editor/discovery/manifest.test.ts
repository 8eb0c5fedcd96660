import assert from 'node:assert/strict';
import {
  buildScriptPath,
  crateFolder,
  packageName,
  readPackageName,
} from '../../../../src/runtime/sources/manifest.ts';
import { generatedManifest } from '../../../support/generated-manifest.ts';
import { useBuildTree } from './build-tree.ts';

function nameIn(text: string): string | undefined {
  const found = packageName('/x/Cargo.toml', text);
  if (!found) return undefined;
  const { line, column, length, path } = found.place;
  assert.equal(path, '/x/Cargo.toml');
  // The place covers exactly the name.
  assert.equal(text.split(/\r?\n/)[line]?.slice(column, column + length), found.name);
  return `${found.name} ${line}:${column}`;
}

describe('packageName', () => {
  it('finds the name and its place', () => {
    assert.equal(nameIn('[package]\nname = "shell-runtime"\n'), 'shell-runtime 1:8');
    assert.equal(nameIn("# hi\r\n\r\n[ package ]\r\n\tversion='1'\r\n\tname='a_b'\r\n"), 'a_b 4:7');
    assert.equal(nameIn('package.name = "a"\n[dependencies]\n'), 'a 0:16');
  });

  it('ignores other names', () => {
    const others = '[[bin]]\nname = "tool"\n[lib]\nname = "lib"\n[package.metadata]\nname = "meta"\n';
    assert.equal(nameIn(others), undefined);
    assert.equal(nameIn(`${others}[package]\n# name = "old"\nname = "right"\n`), 'right 8:8');
    assert.equal(nameIn('[workspace]\nmembers = []\n'), undefined);
  });

  it('finds the name in an incomplete manifest', () => {
    assert.equal(nameIn('[package]\nname = "a"\nversion = \n[dependencies\nb = {'), 'a 1:8');
    assert.equal(nameIn('[package]\nname = "a'), undefined);
    assert.equal(nameIn('[package]\nname.workspace = true\n'), undefined);
    assert.equal(nameIn(''), undefined);
  });
});

describe('crateFolder', () => {
  it('returns the folder of the crate', () => {
    assert.equal(crateFolder(generatedManifest('a-b', '/home/me/a b'), 'a-b'), '/home/me/a b');
    const ofOldBuilder = '[dependencies]\nwasm-project = { package = "a-b", path = "/old" }\n';
    assert.equal(crateFolder(ofOldBuilder, 'a-b'), '/old');
  });

  it('returns undefined for another crate or a damaged manifest', () => {
    assert.equal(crateFolder(generatedManifest('a-b', '/work'), 'a'), undefined);
    assert.equal(crateFolder('[dependencies]\nb = "1"\n', 'b'), undefined);
    assert.equal(crateFolder('[dependencies]\nb = { package = "b", path = 3 }\n', 'b'), undefined);
    assert.equal(crateFolder('[[[', 'b'), undefined);
  });
});

describe('manifest files', () => {
  const tree = useBuildTree();

  it('have no name if absent or too large', async () => {
    assert.equal(await readPackageName(tree.path('Cargo.toml')), undefined);
    const large = tree.write('large/Cargo.toml', `[package]\nname = "a"\n#${'x'.repeat(1024 * 1024)}`);
    assert.equal(await readPackageName(large), undefined);
    assert.equal((await readPackageName(tree.crate('small', 'b')))?.name, 'b');
  });

  it('determine the build script', () => {
    assert.equal(buildScriptPath('/x/Cargo.toml', '[package]\nname = "a"\n'), '/x/build.rs');
    assert.equal(buildScriptPath('/x/Cargo.toml', '[package]\nbuild = "build/main.rs"\n'), '/x/build/main.rs');
    assert.equal(buildScriptPath('/x/Cargo.toml', '[package'), '/x/build.rs');
  });
});
