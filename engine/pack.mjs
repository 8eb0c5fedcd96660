// Packs the built engine and zstd decoder, and writes their manifest.
//
//   node pack.mjs BUILT_FOLDER OUT_FOLDER TOOLCHAIN_KIND RUSTC_VERSION PROFILE
//
// The decoder stays unpacked: it is small, and a program that looks into one runtime should not unpack it first.
// `sources` has the SHA-256 of every file that the build reads, by its path from this folder; a test recomputes them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const folder = path.dirname(fileURLToPath(import.meta.url));
const [built, out, kind, rustc, profile] = process.argv.slice(2);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** All files of a folder of sources, by path from the crate, with `/`. */
const filesOf = (name) =>
  readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));

/** What only the native helper is made of. */
const isOfHelper = (name) => name.startsWith('src/bin/') || name.endsWith('.sha256');
const inputs = ['Cargo.toml', 'Cargo.lock', 'build.sh', 'pack.mjs', ...['src', 'patches', 'zstd'].flatMap(filesOf)]
  .filter((name) => !isOfHelper(name))
  .sort();
const lock = readFileSync(path.join(folder, 'Cargo.lock'), 'utf8');
const version = (name) => new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(lock)?.[1];

const wasm = readFileSync(path.join(built, profile, 'pvf_engine.wasm'));
const zstd = readFileSync(path.join(built, 'release', 'pvf_zstd.wasm'));
const packed = brotliCompressSync(wasm, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
  },
});
const manifest = {
  about: 'Built by engine/build.sh. Sizes in bytes; hashes are SHA-256.',
  engine: version('pvf-engine'),
  wasmtime: version('wasmtime'),
  cranelift: version('cranelift-codegen'),
  target: 'x86_64-unknown-linux-gnu',
  toolchain: { kind, rustc, profile },
  wasm: { bytes: wasm.length, sha256: sha256(wasm) },
  packed: { file: 'pvf-engine.wasm.br', bytes: packed.length, sha256: sha256(packed) },
  zstd: { file: 'pvf-zstd.wasm', version: version('zstd-sys'), bytes: zstd.length, sha256: sha256(zstd) },
  sources: Object.fromEntries(inputs.map((name) => [name, sha256(readFileSync(path.join(folder, name)))])),
};
writeFileSync(path.join(out, 'pvf-engine.wasm.br'), packed);
writeFileSync(path.join(out, manifest.zstd.file), zstd);
writeFileSync(path.join(out, 'pvf-engine.json'), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`engine: ${wasm.length} bytes, packed ${packed.length}; zstd: ${zstd.length} bytes`);
