// Packs the built engine, copies the small modules, and writes their manifest.
//
//   node pack.mjs BUILT_FOLDER OUT_FOLDER TOOLCHAIN_KIND RUSTC_VERSION PROFILE
//
// With the profile `small` the engine in OUT_FOLDER stays, with what its manifest says about it.
//
// The small modules stay unpacked, so that a program that inspects one runtime need not unpack them first.
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
const inputs = [
  'Cargo.toml',
  'Cargo.lock',
  'build.sh',
  'pack.mjs',
  ...['src', 'patches', 'zstd', 'inspect', 'blake2b'].flatMap(filesOf),
]
  .filter((name) => !isOfHelper(name))
  .sort();
/** The version of a package that a lock file names. */
const versionIn = (lockFile) => (name) =>
  new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(readFileSync(path.join(folder, lockFile), 'utf8'))?.[1];
const version = versionIn('Cargo.lock');
const manifestFile = path.join(out, 'pvf-engine.json');

/** Packs the engine; its part of the manifest. */
function packEngine() {
  const wasm = readFileSync(path.join(built, profile, 'pvf_engine.wasm'));
  const packed = brotliCompressSync(wasm, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
    },
  });
  writeFileSync(path.join(out, 'pvf-engine.wasm.br'), packed);
  return {
    toolchain: { kind, rustc, profile },
    wasm: { bytes: wasm.length, sha256: sha256(wasm) },
    packed: { file: 'pvf-engine.wasm.br', bytes: packed.length, sha256: sha256(packed) },
  };
}

/** Copies a module that stays unpacked; its part of the manifest. */
function copySmall(crate, moduleVersion) {
  const file = `pvf-${crate}.wasm`;
  const bytes = readFileSync(path.join(built, 'release', `pvf_${crate}.wasm`));
  writeFileSync(path.join(out, file), bytes);
  return { file, version: moduleVersion, bytes: bytes.length, sha256: sha256(bytes) };
}

function engineThere() {
  const { toolchain, wasm, packed } = JSON.parse(readFileSync(manifestFile, 'utf8'));
  return { toolchain, wasm, packed };
}

const { toolchain, wasm, packed } = profile === 'small' ? engineThere() : packEngine();
const manifest = {
  about: 'Built by engine/build.sh. Sizes in bytes; hashes are SHA-256.',
  engine: version('pvf-engine'),
  wasmtime: version('wasmtime'),
  cranelift: version('cranelift-codegen'),
  target: 'x86_64-unknown-linux-gnu',
  toolchain,
  wasm,
  packed,
  zstd: copySmall('zstd', version('zstd-sys')),
  inspect: copySmall('inspect', versionIn('inspect/Cargo.lock')('rustc-demangle')),
  blake2b: copySmall('blake2b', versionIn('blake2b/Cargo.lock')('blake2b_simd')),
  sources: Object.fromEntries(inputs.map((name) => [name, sha256(readFileSync(path.join(folder, name)))])),
};
writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
console.log(
  `engine: ${wasm.bytes} bytes, packed ${packed.bytes}; zstd: ${manifest.zstd.bytes}; inspect: ${manifest.inspect.bytes}; BLAKE2b: ${manifest.blake2b.bytes} bytes`,
);
