/** Fails when the sources in engine/ changed without a rebuild of the packed engine in media/. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { readEngineManifest } from '../../../src/base/engine-manifest.ts';
import { engineReads } from '../runtime/engine.ts';

/** A module that is not packed. */
interface SmallModule {
  readonly file: string;
  readonly version: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Members that only the engine's build and this test use. */
interface BuildRecord {
  readonly toolchain: { readonly profile: string };
  readonly zstd: SmallModule;
  readonly inspect: SmallModule;
  readonly blake2b: SmallModule;
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
    const below = (folder: string) =>
      readdirSync(path.join(root, 'engine', folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(path.join(root, 'engine'), path.join(entry.parentPath, entry.name)))
        .map((name) => name.split(path.sep).join('/'));
    const rust = below('src').filter((name) => name.endsWith('.rs') && !name.startsWith('src/bin/'));
    const missing = [
      ...rust,
      ...below('zstd'),
      ...below('inspect'),
      ...below('blake2b'),
      'Cargo.toml',
      'Cargo.lock',
      'build.sh',
      'pack.mjs',
    ].filter((name) => !build.sources[name]);
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

  it('has the zstd version of the official worker, for equal votes on damaged blobs', () => {
    const locks = ['media/official-worker', 'engine', 'engine/zstd'].map((folder) =>
      read(folder, 'Cargo.lock').toString('utf8'),
    );
    const versionsOf = (lock: string, name: string) =>
      [...lock.matchAll(new RegExp(`name = "${name}"\\nversion = "([^"]+)"`, 'g'))].map(([, version]) => version);
    const [official = '', engine = '', zstd = ''] = locks;
    for (const name of ['zstd', 'zstd-safe', 'zstd-sys', 'sp-maybe-compressed-blob']) {
      const [version] = versionsOf(engine, name);
      assert.ok(version !== undefined && versionsOf(official, name).includes(version), `engine: ${name} ${version}`);
    }
    for (const name of ['zstd', 'zstd-safe', 'zstd-sys']) {
      assert.deepEqual(versionsOf(zstd, name), versionsOf(engine, name), name);
    }
    assert.deepEqual(versionsOf(engine, 'zstd-sys'), [build.zstd.version]);
  });

  for (const name of ['zstd', 'inspect', 'blake2b'] as const) {
    it(`has the module ${name} of the manifest, which imports nothing`, () => {
      const { file, bytes, sha256: hash } = build[name];
      const module = read('media', file);
      assert.deepEqual([module.length, sha256(module)], [bytes, hash]);
      assert.deepEqual(engineReads(module).imports, []);
    });
  }

  for (const [module, library] of [
    ['inspect', 'rustc-demangle'],
    ['blake2b', 'blake2b_simd'],
  ] as const) {
    it(`has the ${library} of its lock file`, () => {
      const lock = read('engine', module, 'Cargo.lock').toString('utf8');
      assert.match(lock, new RegExp(`name = "${library}"\\nversion = "${build[module].version}"`));
    });
  }
});
