import assert from 'node:assert/strict';
import {
  buildScriptPath,
  crateFolder,
  packageName,
  readPackageName,
} from '../../../../src/editor/discovery/manifest.ts';
import { generatedManifest } from '../../../support/generated-manifest.ts';
import { useBuildTree } from './build-tree.ts';

function nameIn(text: string): string | undefined {
  const found = packageName('/x/Cargo.toml', text);
  if (!found) return undefined;
  const { line, column, length, path } = found.place;
  assert.equal(path, '/x/Cargo.toml');
  // What the place covers is the name: no more, no less.
  assert.equal(text.split(/\r?\n/)[line]?.slice(column, column + length), found.name);
  return `${found.name} ${line}:${column}`;
}

describe("a package's name in its manifest", () => {
  it('is found with its place', () => {
    assert.equal(nameIn('[package]\nname = "shell-runtime"\n'), 'shell-runtime 1:8');
    assert.equal(nameIn("# hi\r\n\r\n[ package ]\r\n\tversion='1'\r\n\tname='a_b'\r\n"), 'a_b 4:7');
    assert.equal(nameIn('package.name = "a"\n[dependencies]\n'), 'a 0:16');
  });

  it('is not the name of anything else', () => {
    const others = '[[bin]]\nname = "tool"\n[lib]\nname = "lib"\n[package.metadata]\nname = "meta"\n';
    assert.equal(nameIn(others), undefined);
    assert.equal(nameIn(`${others}[package]\n# name = "old"\nname = "right"\n`), 'right 8:8');
    assert.equal(nameIn('[workspace]\nmembers = []\n'), undefined);
  });

  it('is found in a manifest that is being edited', () => {
    assert.equal(nameIn('[package]\nname = "a"\nversion = \n[dependencies\nb = {'), 'a 1:8');
    assert.equal(nameIn('[package]\nname = "a'), undefined);
    assert.equal(nameIn('[package]\nname.workspace = true\n'), undefined);
    assert.equal(nameIn(''), undefined);
  });
});

describe('the manifest that wasm-builder generates', () => {
  it('gives the folder of the crate', () => {
    assert.equal(crateFolder(generatedManifest('a-b', '/home/me/a b'), 'a-b'), '/home/me/a b');
    const ofOldBuilder = '[dependencies]\nwasm-project = { package = "a-b", path = "/old" }\n';
    assert.equal(crateFolder(ofOldBuilder, 'a-b'), '/old');
  });

  it('gives nothing for another crate, and nothing when it is damaged', () => {
    assert.equal(crateFolder(generatedManifest('a-b', '/work'), 'a'), undefined);
    assert.equal(crateFolder('[dependencies]\nb = "1"\n', 'b'), undefined);
    assert.equal(crateFolder('[dependencies]\nb = { package = "b", path = 3 }\n', 'b'), undefined);
    assert.equal(crateFolder('[[[', 'b'), undefined);
  });
});

describe('reading a manifest', () => {
  const tree = useBuildTree();

  it('gives nothing for an absent or too large manifest', async () => {
    assert.equal(await readPackageName(tree.path('Cargo.toml')), undefined);
    const large = tree.write('large/Cargo.toml', `[package]\nname = "a"\n#${'x'.repeat(1024 * 1024)}`);
    assert.equal(await readPackageName(large), undefined);
    assert.equal((await readPackageName(tree.crate('small', 'b')))?.name, 'b');
  });

  it('gives the build script', () => {
    assert.equal(buildScriptPath('/x/Cargo.toml', '[package]\nname = "a"\n'), '/x/build.rs');
    assert.equal(buildScriptPath('/x/Cargo.toml', '[package]\nbuild = "build/main.rs"\n'), '/x/build/main.rs');
    assert.equal(buildScriptPath('/x/Cargo.toml', '[package'), '/x/build.rs');
  });
});
