/** Thousands of truncated frames, and hostile streams: too slow for the unit tests. */
import assert from 'node:assert/strict';
import { decodeZstd } from '../../src/runtime/zstd/decode.ts';
import { type Block, PATTERN_FRAMES, raw, rle, zstdFrame } from '../unit/runtime/samples.ts';

const MIB = 1024 * 1024;

describe('decodeZstd', () => {
  for (const [title, frame] of Object.entries(PATTERN_FRAMES)) {
    it(`refuses every truncation: ${title}`, async () => {
      for (let length = 0; length < frame.length; length += 1) {
        const result = await decodeZstd(frame.subarray(0, length), MIB);
        assert.ok(result.kind === 'damaged', `${length} bytes: ${result.kind}`);
        assert.match(result.reason, /cut off/);
      }
    });
  }

  // An earlier decoder took minutes for each of these. The time-out of the test bounds them.
  const hostile: [string, () => Uint8Array, number][] = [
    [
      '60,000 blocks of one byte behind 25 MiB',
      () => {
        const content = Array.from({ length: 200 }, () => rle(0, 128 * 1024));
        return zstdFrame([...content, ...new Array<Block>(60_000).fill(raw('a'))], { windowLog: 27 });
      },
      200 * 128 * 1024 + 60_000,
    ],
    ['300,000 frames', () => repeatedFrame(zstdFrame([rle(0, 1)], { windowLog: 27 }), 300_000), 300_000],
    ['300,000 frames without content', () => repeatedFrame(zstdFrame([raw('')], { windowLog: 27 }), 300_000), 0],
  ];
  for (const [title, make, length] of hostile) {
    it(`decodes ${title} in time`, async () => {
      const result = await decodeZstd(make(), 32 * MIB);
      assert.ok(result.kind === 'ok', result.kind);
      assert.equal(result.bytes.length, length);
    });
  }
});

function repeatedFrame(frame: Uint8Array, count: number): Uint8Array {
  const bytes = new Uint8Array(frame.length * count);
  for (let at = 0; at < bytes.length; at += frame.length) bytes.set(frame, at);
  return bytes;
}
