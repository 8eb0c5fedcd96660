/**
 * Builds the example runtime in examples/tally.
 *
 *   npm run example -- build   builds it twice, and writes the blobs and their manifest into examples/tally
 *   npm run example -- warm    builds it once, so that the test of a real build can run
 *
 * From nothing, either takes about 25 minutes on two cores, and 3 GB in the cache folder; later ones take minutes.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toHex } from '../../src/base/bytes.ts';
import { errorMessage } from '../../src/base/errors.ts';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { blake2b256 } from '../../src/base/hash.ts';
import { decompress } from '../../src/runtime/compression.ts';
import { type CachedBuild, cachedBuild, prepareBuild, runBuild } from './cached-build.ts';
import { type ExampleBlob, type ExampleManifest, exampleFolder, manifestFile, sourceHashes } from './sources.ts';
import { findToolchain, type WasmToolchain } from './toolchain.ts';

const MEMO = ['memo'];
const RAW_LIMIT = 64 * 1024 * 1024;

async function main([command, ...more]: readonly string[]): Promise<void> {
  if ((command !== 'build' && command !== 'warm') || more.length > 0)
    throw new Error('usage: npm run example -- build|warm');
  const found = findToolchain();
  if (found.kind === 'missing') throw new Error(found.message);
  using guard = new ExitGuard();
  for (const [signal, status] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
    process.once(signal, () => process.exit(status));
  const build = cachedBuild(found.toolchain);
  console.error(`Building in ${build.workspace}`);
  await prepareBuild(build, guard);
  if (command === 'build') await buildBlobs(build, found.toolchain, guard);
  else await timedBuild(build, [], guard);
}

/** The plain runtime last, so that the cache has what the test of a real build starts from. */
async function buildBlobs(build: CachedBuild, toolchain: WasmToolchain, guard: ExitGuard): Promise<void> {
  const memo = await buildBlob(build, MEMO, guard);
  const plain = await buildBlob(build, [], guard);
  const manifest: ExampleManifest = {
    about: 'Built by `npm run example -- build`. Sizes in bytes; sources with their SHA-256.',
    toolchain: { ...toolchain, wasmBuilder: lockedVersion('substrate-wasm-builder') },
    blobs: { plain, memo },
    sources: sourceHashes(),
  };
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
}

async function buildBlob(build: CachedBuild, features: readonly string[], guard: ExitGuard): Promise<ExampleBlob> {
  await timedBuild(build, features, guard);
  const file = ['blobs/tally_runtime', ...features, 'compact.compressed.wasm'].join('.');
  const copy = path.join(exampleFolder, file);
  mkdirSync(path.dirname(copy), { recursive: true });
  copyFileSync(build.blob, copy);
  const stored = readFileSync(copy);
  const raw = await decompress(stored, RAW_LIMIT);
  if (raw.kind !== 'ok') throw new Error(`${copy}: ${raw.kind}`);
  return {
    file,
    features,
    storedBytes: stored.length,
    rawBytes: raw.raw.length,
    codeHash: toHex(blake2b256(stored)),
  };
}

async function timedBuild(build: CachedBuild, features: readonly string[], guard: ExitGuard): Promise<void> {
  const before = performance.now();
  await runBuild(build, features, guard);
  const what = features.length === 0 ? 'Built' : `Built with ${features.join(', ')}`;
  console.error(`${what} in ${((performance.now() - before) / 1000).toFixed(0)} s`);
}

function lockedVersion(name: string): string {
  const lock = readFileSync(path.join(exampleFolder, 'Cargo.lock'), 'utf8');
  const version = new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(lock)?.[1];
  if (version === undefined) throw new Error(`Cargo.lock has no ${name}`);
  return version;
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(errorMessage(error));
  process.exitCode = 1;
});
