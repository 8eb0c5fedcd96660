/**
 * One of several processes that share a store: promotes and finds artifacts of few keys. Exits with status 1 if bytes differ
 * from the checksum in the file's name. Prints the numbers of found and lost artifacts.
 * Arguments: folder, seed, limits as JSON.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../../../src/base/bytes.ts';
import { blake2b256, twox256Factory } from '../../../../src/base/hash.ts';
import { ArtifactStore } from '../../../../src/worker/artifacts/artifact-store.ts';
import type { StoreLimits } from '../../../../src/worker/artifacts/prune.ts';

const [folder = '', seed = '', limitsJson = ''] = process.argv.slice(2);
const limits = JSON.parse(limitsJson) as StoreLimits;
const newHash = await twox256Factory();
const store = await ArtifactStore.open(folder, limits, (json) => json as { seed: string } | undefined);
const counts = { lost: 0, found: 0 };

const keyOf = (index: number) => toHex(blake2b256(Uint8Array.of(index))).slice(2);

/** Fails when a file does not match the checksum in its name. A pruned file is not a failure. */
function check(path: string): void {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const hash = newHash();
  hash.update(bytes);
  assert.equal(path.slice(-68, -4), toHex(hash.digest()).slice(2), `wrong bytes in ${path}`);
}

for (let round = 0; round < 150; round += 1) {
  const index = round % 5;
  // Two processes sometimes produce the same bytes, as the same worker does.
  const bytes = Buffer.alloc(300 + index * 100, round % 3 === 0 ? `same ${index}` : `${seed} ${round}`);
  const source = join(folder, `worker-dir-${seed}`);
  writeFileSync(source, bytes);
  const hash = newHash();
  hash.update(bytes);
  const artifact = { path: source, bytes: bytes.length, checksum: toHex(hash.digest()) };
  check(await store.promote(keyOf(index), artifact, { seed }));
  const found = await store.find(keyOf(index));
  counts[found ? 'found' : 'lost'] += 1;
  if (found) check(found.path);
}
process.stdout.write(JSON.stringify(counts));
