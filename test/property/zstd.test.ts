/** Every truncation of a frame: thousands of streams, too slow for the unit tests. */
import assert from 'node:assert/strict';
import { decodeZstd } from '../../src/runtime/zstd/decode.ts';
import { PATTERN_FRAMES } from '../unit/runtime/samples.ts';

describe('decodeZstd', () => {
  for (const [title, frame] of Object.entries(PATTERN_FRAMES)) {
    it(`refuses every truncation: ${title}`, async () => {
      for (let length = 0; length < frame.length; length += 1) {
        const result = await decodeZstd(frame.subarray(0, length), 1024 * 1024);
        assert.ok(result.kind === 'damaged', `${length} bytes: ${result.kind}`);
        assert.match(result.reason, /cut off/);
      }
    });
  }
});
