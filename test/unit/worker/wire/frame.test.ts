import assert from 'node:assert/strict';
import { fromHex, toHex } from '../../../../src/base/bytes.ts';
import { encodeFrame, FrameReader, FrameTooLong } from '../../../../src/worker/wire/frame.ts';

describe('encodeFrame', () => {
  it('writes the length as little-endian u64 before the payload', () => {
    assert.equal(toHex(encodeFrame(new Uint8Array(0))), '0x0000000000000000');
    assert.equal(toHex(encodeFrame(fromHex('abcd'))), '0x0200000000000000abcd');
    assert.equal(toHex(encodeFrame(new Uint8Array(258)).subarray(0, 8)), '0x0201000000000000');
  });
});

describe('FrameReader', () => {
  it('counts the bytes of an incomplete frame', () => {
    const reader = new FrameReader(100);
    const frame = encodeFrame(fromHex('010203'));
    const pendingAfterEach = Array.from(frame, (_, at) => {
      reader.push(frame.subarray(at, at + 1));
      return reader.pending;
    });
    assert.deepEqual(pendingAfterEach, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0]);
  });

  const bound = 1000;
  const accepted = [0n, 1n, 999n, 1000n];
  const refused = [1001n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n];
  const header = (length: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(length);
    return bytes;
  };
  for (const length of accepted) {
    it(`waits for the payload of a frame of ${length} bytes`, () => {
      const reader = new FrameReader(bound);
      const payloads = [...reader.push(header(length)), ...reader.push(Buffer.alloc(Number(length)))];
      assert.deepEqual(payloads, [new Uint8Array(Number(length))]);
    });
  }
  for (const length of refused) {
    it(`rejects a frame of ${length} bytes as soon as its length is known`, () => {
      const reader = new FrameReader(bound);
      assert.deepEqual(reader.push(header(length).subarray(0, 7)), []);
      assert.throws(
        () => reader.push(header(length).subarray(7)),
        (error) => error instanceof FrameTooLong && error.announced === length && error.bound === bound,
      );
    });
  }

  it('returns copies of the payloads', () => {
    const bytes = encodeFrame(fromHex('0102'));
    const [payload] = new FrameReader(100).push(bytes);
    bytes.fill(0xff);
    assert.deepEqual(payload, fromHex('0102'));
  });
});
