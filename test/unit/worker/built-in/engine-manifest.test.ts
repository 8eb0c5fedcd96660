/** The packed engine in media/ is that of the sources in engine/: a changed source without a rebuilt engine fails here. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { engineReads } from '../../runtime/engine.ts';

interface Manifest {
  readonly wasmtime: string;
  readonly cranelift: string;
  readonly toolchain: { readonly kind: string; readonly rustc: string; readonly profile: string };
  readonly wasm: { readonly bytes: number; readonly sha256: string };
  readonly packed: { readonly file: string; readonly bytes: number; readonly sha256: string };
  readonly zstd: { readonly file: string; readonly version: string; readonly bytes: number; readonly sha256: string };
  readonly sources: Readonly<Record<string, string>>;
}

const root = path.join(import.meta.dirname, '../../../..');
const read = (...names: string[]) => readFileSync(path.join(root, ...names));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const manifest = JSON.parse(read('media', 'pvf-engine.json').toString('utf8')) as Manifest;

describe('the packed engine', () => {
  it('was built from the sources as they are (engine/build.sh builds it anew)', () => {
    const found = Object.fromEntries(Object.keys(manifest.sources).map((name) => [name, sha256(read('engine', name))]));
    assert.deepEqual(found, manifest.sources);
  });

  it('knows all sources', () => {
    const below = (folder: string) =>
      readdirSync(path.join(root, 'engine', folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(path.join(root, 'engine'), path.join(entry.parentPath, entry.name)))
        .map((name) => name.split(path.sep).join('/'));
    const rust = below('src').filter((name) => name.endsWith('.rs') && !name.startsWith('src/bin/'));
    const missing = [...rust, ...below('zstd'), 'Cargo.toml', 'Cargo.lock', 'build.sh', 'pack.mjs'].filter(
      (name) => !manifest.sources[name],
    );
    assert.deepEqual(missing, []);
  });

  it('is the file that the manifest names', () => {
    const packed = read('media', manifest.packed.file);
    assert.deepEqual([packed.length, sha256(packed)], [manifest.packed.bytes, manifest.packed.sha256]);
    const wasm = brotliDecompressSync(packed);
    assert.deepEqual([wasm.length, sha256(wasm)], [manifest.wasm.bytes, manifest.wasm.sha256]);
  });

  it('has the compiler of the official worker, which decides whether bytes are equal', () => {
    const lock = read('media', 'official-worker', 'Cargo.lock').toString('utf8');
    const official = (name: string) => new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(lock)?.[1];
    assert.equal(manifest.wasmtime, official('wasmtime'));
    assert.equal(manifest.cranelift, official('cranelift-codegen'));
    assert.equal(manifest.toolchain.profile, 'release');
  });

  it('has the zstd of the official worker, which decides the vote on a damaged blob', () => {
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
    assert.deepEqual(versionsOf(engine, 'zstd-sys'), [manifest.zstd.version]);
  });

  it('has the zstd decoder that the manifest names, which needs nothing from its host', () => {
    const { file, bytes, sha256: hash } = manifest.zstd;
    const decoder = read('media', file);
    assert.deepEqual([decoder.length, sha256(decoder)], [bytes, hash]);
    assert.deepEqual(engineReads(decoder).imports, []);
  });
});
