import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { concat } from '../../../src/base/bytes.ts';
import { readRuntime } from '../../../src/runtime/blob.ts';
import { newerCompact } from '../../../src/runtime/newer-compact.ts';
import { plainPvf, plainPvfOf } from '../../support/plain-pvf.ts';
import { compressed, zstdFrame } from './samples.ts';

describe('newerCompact', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pvf-compact-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** @param seconds how much newer the compact file is */
  async function foundBeside(compact: Uint8Array, seconds: number): Promise<string | undefined> {
    const file = path.join(folder, 'x.compact.compressed.wasm');
    await writeFile(file, compressed(zstdFrame([{ kind: 'raw', body: plainPvf }])));
    const beside = path.join(folder, 'x.compact.wasm');
    await writeFile(beside, compact);
    await utimes(file, 1_000_000, 1_000_000);
    await utimes(beside, 1_000_000 + seconds, 1_000_000 + seconds);
    return newerCompact(await readRuntime(file), plainPvf.length);
  }

  it('is a newer file of another size', async () => {
    assert.equal(await foundBeside(concat(plainPvf, Uint8Array.of(0, 1, 0)), 5), 'x.compact.wasm');
  });

  it('is a newer file of the same size with other content', async () => {
    assert.equal(await foundBeside(plainPvfOf('plain', 2), 5), 'x.compact.wasm');
  });

  it('is neither the same code nor an older file', async () => {
    assert.equal(await foundBeside(plainPvf, 5), undefined);
    assert.equal(await foundBeside(plainPvfOf('plain', 2), -5), undefined);
  });
});
