/** Fails when the sources in engine/ changed without a rebuild of the packed engine in media/. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { readEngineManifest } from '../../../src/base/engine-manifest.ts';

/** Members that only the engine's build and this test use. */
interface BuildRecord {
  readonly toolchain: { readonly profile: string };
  readonly sources: Readonly<Record<string, string>>;
}

const root = path.join(import.meta.dirname, '../../..');
const read = (...names: string[]) => readFileSync(path.join(root, ...names));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const file = path.join(root, 'media', 'pvf-engine.json');
const manifest = await readEngineManifest(file);
const build = JSON.parse(readFileSync(file, 'utf8')) as BuildRecord;

describe('the packed engine', () => {
  it('was built from the current sources (rebuild with engine/build.sh)', () => {
    const found = Object.fromEntries(Object.keys(build.sources).map((name) => [name, sha256(read('engine', name))]));
    assert.deepEqual(found, build.sources);
  });

  it('lists all sources', () => {
    const rust = readdirSync(path.join(root, 'engine/src'), { recursive: true, encoding: 'utf8' })
      .map((name) => `src/${name.split(path.sep).join('/')}`)
      .filter((name) => name.endsWith('.rs') && !name.startsWith('src/bin/'));
    const missing = [...rust, 'Cargo.toml', 'Cargo.lock', 'build.sh', 'pack.mjs'].filter(
      (name) => !build.sources[name],
    );
    assert.deepEqual(missing, []);
  });

  it('matches sizes and hashes in the manifest', () => {
    const packed = read('media', manifest.packed.file);
    assert.deepEqual([packed.length, sha256(packed)], [manifest.packed.bytes, manifest.packed.sha256]);
    const wasm = brotliDecompressSync(packed);
    assert.deepEqual([wasm.length, sha256(wasm)], [manifest.wasm.bytes, manifest.wasm.sha256]);
  });

  it('has the compiler version of the official worker, for equal artifacts', () => {
    const lock = read('media', 'official-worker', 'Cargo.lock').toString('utf8');
    const official = (name: string) => new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(lock)?.[1];
    assert.equal(manifest.wasmtime, official('wasmtime'));
    assert.equal(manifest.cranelift, official('cranelift-codegen'));
    assert.equal(build.toolchain.profile, 'release');
  });
});
