/** Fails when the sources in examples/tally changed without a build of the committed blobs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { exampleFolder, readManifest, sourceHashes } from '../../../scripts/example/sources.ts';
import { toHex } from '../../../src/base/bytes.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import { decompress } from '../../../src/runtime/compression.ts';

const RAW_LIMIT = 64 * 1024 * 1024;

describe('the blobs of the example runtime', () => {
  const { blobs, sources, toolchain } = readManifest();

  it('were built from the present sources (build them with `npm run example -- build`)', () => {
    assert.deepEqual(sources, sourceHashes());
  });

  it('were built by the locked wasm-builder', () => {
    const lock = readFileSync(path.join(exampleFolder, 'Cargo.lock'), 'utf8');
    assert.ok(lock.includes(`name = "substrate-wasm-builder"\nversion = "${toolchain.wasmBuilder}"\n`));
  });

  for (const { file, storedBytes, rawBytes, codeHash } of Object.values(blobs)) {
    it(`have the sizes and the code hash of the manifest, and no path of the machine: ${file}`, async () => {
      const stored = readFileSync(path.join(exampleFolder, file));
      const unpacked = await decompress(stored, RAW_LIMIT);
      assert.ok(unpacked.kind === 'ok', unpacked.kind);
      assert.deepEqual(
        { storedBytes: stored.length, rawBytes: unpacked.raw.length, codeHash: toHex(blake2b256(stored)) },
        { storedBytes, rawBytes, codeHash },
      );
      const text = Buffer.from(unpacked.raw).toString('latin1');
      assert.deepEqual(text.match(/\/(home|root|Users|tmp|work)\/[\w./-]+/g) ?? [], []);
    });
  }

  it('differ', () => assert.notEqual(blobs.plain.codeHash, blobs.memo.codeHash));
});
