import assert from 'node:assert/strict';
import { MetadataCache } from '../../../src/check/metadata-cache.ts';
import type { MetadataResult } from '../../../src/model/metadata.ts';

describe('MetadataCache', () => {
  const blob = (codeHash: string) => ({ codeHash, stored: new Uint8Array() });

  function counting() {
    const seen: number[] = [];
    const cache = new MetadataCache(async () => {
      seen.push(seen.length);
      return { kind: 'ancient', version: seen.length } satisfies MetadataResult;
    });
    return { cache, seen };
  }

  it('reads each code once, unless it is forced', async () => {
    const { cache, seen } = counting();
    await cache.of(blob('0x1'), { bombLimit: 1 });
    await cache.of(blob('0x2'), { bombLimit: 1 });
    assert.deepEqual(await cache.of(blob('0x1'), { bombLimit: 1 }), { kind: 'ancient', version: 1 });
    assert.equal(seen.length, 2);
    await cache.of(blob('0x1'), { bombLimit: 1 }, true);
    assert.equal(seen.length, 3);
    assert.deepEqual(cache.known('0x1'), { kind: 'ancient', version: 3 });
  });

  it('reads again for another token or another bomb limit', async () => {
    const { cache, seen } = counting();
    await cache.of(blob('0x1'), { bombLimit: 1 });
    await cache.of(blob('0x1'), { bombLimit: 2 });
    await cache.of(blob('0x1'), { bombLimit: 2, token: { symbol: 'DOT', decimals: 10 } });
    assert.equal(seen.length, 3);
  });

  it('keeps no result of a read that was cancelled', async () => {
    let isAborted = true;
    const cache = new MetadataCache(async () => {
      if (isAborted) throw new Error('cancelled');
      return { kind: 'ancient', version: 9 };
    });
    await assert.rejects(cache.of(blob('0x1'), { bombLimit: 1 }));
    assert.equal(cache.known('0x1'), undefined);
    isAborted = false;
    assert.equal((await cache.of(blob('0x1'), { bombLimit: 1 })).kind, 'ancient');
  });

  it('drops the oldest of many', async () => {
    const { cache } = counting();
    for (let at = 0; at < 10; at += 1) await cache.of(blob(`0x${at}`), { bombLimit: 1 });
    assert.equal(cache.known('0x0'), undefined);
    assert.ok(cache.known('0x9'));
  });
});
