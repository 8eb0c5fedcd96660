import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CargoBuildError } from '../../../../src/toolchain/cargo/problem.ts';
import { originals, patchedCrate, patchFiles } from '../../../../src/toolchain/native-engine/patched-crate.ts';
import { findNativeEngine } from '../../../../src/toolchain/native-engine/place.ts';
import { readEngineSources, textOf } from '../../../../src/toolchain/native-engine/sources.ts';

const root = path.join(import.meta.dirname, '../../../..');
const engineFolder = path.join(root, 'engine');

describe("the engine's sources", () => {
  it('name the required Rust version and the patched crate', async () => {
    const { files, rustVersion, key } = await readEngineSources(engineFolder);
    assert.match(rustVersion, /^1\.\d+$/);
    assert.match(key, /^[0-9a-f]{12}$/);
    const { name, version } = patchedCrate(files);
    assert.ok(textOf(files, 'Cargo.lock').includes(`name = "${name}"\nversion = "${version}"\n`));
    assert.ok(files.some((file) => file.name === `patches/${name}.patch`));
  });

  it('ship with the package', () => {
    const named = readFileSync(path.join(root, '.vscodeignore'), 'utf8').split('\n');
    for (const name of ['engine/Cargo.lock', 'engine/Cargo.toml', 'engine/patches', 'engine/src']) {
      assert.ok(named.includes(`!${name}`) || named.includes(`!${name}/**`), name);
    }
  });

  it('contain the published crate with its checksum when the patch is removed', async () => {
    const { files } = await readEngineSources(engineFolder);
    const crate = patchedCrate(files);
    const before = originals(files, crate);
    assert.doesNotMatch(textOf(before, 'Cargo.toml'), /patch\.crates-io|patched\//);
    assert.match(textOf(before, 'Cargo.toml'), /\[profile\.release\]/);
    const lock = textOf(before, 'Cargo.lock');
    const entries = lock.split('\n[[package]]\n').filter((entry) => entry.startsWith(`name = "${crate.name}"\n`));
    assert.equal(entries.length, 1);
    assert.match(entries[0] ?? '', /\nsource = "registry\+.*"\nchecksum = "[0-9a-f]{64}"\n/);
    assert.equal(
      lock.match(/^source = /gm)?.length,
      (textOf(files, 'Cargo.lock').match(/^source = /gm)?.length ?? 0) + 1,
    );
    assert.ok(before.some((file) => file.name === 'src/bin/pvf-engine/main.rs'));
  });

  it('are optional for finding the helper', async () => {
    const { platform, arch } = process;
    const found = await findNativeEngine({ cacheFolder: '/nowhere', engineFolder: '/nowhere', platform, arch });
    assert.equal(found, undefined);
  });
});

describe('the patch', () => {
  const file = (text: string) => ({ name: 'src/a.rs', bytes: Buffer.from(text) });
  const other = { name: 'src/b.rs', bytes: Buffer.from('b\n') };
  const patch = '--- a/src/a.rs\n+++ b/src/a.rs\n@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n';
  const patched = (text: string) => patchFiles([file(text), other], patch);

  it('changes only its file', () => {
    const [first, second] = patched('one\ntwo\nthree\nfour\n');
    assert.equal(Buffer.from(first?.bytes ?? []).toString(), 'one\nTWO\nthree\nfour\n');
    assert.equal(second, other);
  });

  it('is rejected when a context line differs or the file is missing', () => {
    assert.throws(() => patched('one\n2\nthree\n'), CargoBuildError);
    assert.throws(() => patchFiles([other], patch), /src\/a\.rs is missing/);
  });
});
