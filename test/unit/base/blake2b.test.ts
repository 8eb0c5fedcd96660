import assert from 'node:assert/strict';
import { blake2b as noble } from '@noble/hashes/blake2.js';
import { blake2b } from '../../../src/base/blake2b.ts';

/** Bytes without a period that a buffer could hide. */
function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * index + (index >> 7)) & 0xff);
}

describe('blake2b', () => {
  for (const length of [1, 8, 32, 64]) {
    it(`gives ${length} bytes, as another implementation does`, () => {
      for (const input of [0, 1, 127, 128, 129, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 200_000].map(bytes)) {
        assert.deepEqual(blake2b(length, [input]), Uint8Array.from(noble(input, { dkLen: length })), `${input.length}`);
      }
    });
  }

  it('hashes the parts one after the other', () => {
    const whole = bytes(100_000);
    for (const cut of [0, 1, 64, 128, 65_536]) {
      assert.deepEqual(blake2b(32, [whole.subarray(0, cut), whole.subarray(cut)]), blake2b(32, [whole]));
    }
    assert.deepEqual(blake2b(32, []), blake2b(32, [bytes(0)]));
  });
});
