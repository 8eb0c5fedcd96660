import assert from 'node:assert/strict';
import type { Codec } from 'scale-ts';
import { concat, fromHex } from '../../../../src/base/bytes.ts';
import { executorParam, executorParams } from '../../../../src/polkadot/executor-params.ts';
import { decode, duration, durationFromMillis, WireDecodeError } from '../../../../src/polkadot/scale.ts';
import { workerHandshake, workerHandshakeOfFourFlags } from '../../../../src/worker/wire/handshake.ts';
import { pvfPrepData } from '../../../../src/worker/wire/request.ts';
import { responseCodec, revision } from '../../../../src/worker/wire/revision.ts';
import { vector, vectorsOf } from './protocol-vectors.ts';

/** Binds a codec to `decode`, so that codecs of different types fit in one table. */
type Decoder = (bytes: Uint8Array, what: string) => { value: unknown; consumed: number };

const decoder =
  <T>(codec: Codec<T>): Decoder =>
  (bytes, what) =>
    decode(codec, bytes, what);

const resultCodec = responseCodec(revision('26.0.0'), 'linux');
const handshake = decoder(workerHandshake);
const param = decoder(executorParam);
const request = decoder(pvfPrepData);
const result = decoder(resultCodec);
const oldResult = decoder(responseCodec(revision('16.0.0'), 'linux'));

/** Every decoded type, with vectors short enough to truncate at each byte. */
const samples: readonly { readonly read: Decoder; readonly prefix: string }[] = [
  { read: handshake, prefix: 'handshake/1' },
  { read: param, prefix: 'param/' },
  { read: decoder(executorParams), prefix: 'params/' },
  { read: request, prefix: 'prep/tiny' },
  { read: result, prefix: 'result/' },
];

/** Fails unless `WireDecodeError` rejects the bytes and shows at most four of them. */
function assertRefused(read: Decoder, bytes: Uint8Array, what = 'value'): void {
  assert.throws(
    () => read(bytes, what),
    (error) => {
      assert(error instanceof WireDecodeError, String(error));
      const head = Buffer.from(bytes.subarray(0, 4)).toString('hex');
      assert.equal(error.message, `${bytes.length} bytes that begin 0x${head} are not a ${what}`);
      return true;
    },
  );
}

describe('decode', () => {
  for (const { read, prefix } of samples) {
    const vectors = vectorsOf(prefix);

    it(`rejects ${prefix}… truncated at any byte`, () => {
      assert(vectors.length > 0);
      for (const { bytes } of vectors) {
        for (let length = 0; length < bytes.length; length += 1) assertRefused(read, bytes.subarray(0, length));
      }
    });

    it(`ignores bytes after ${prefix}… and reports the consumed length`, () => {
      for (const { bytes } of vectors) {
        const exact = read(bytes, 'value');
        for (const tail of [[0], [1, 2, 3], Array.from({ length: 40 }, () => 0xff)]) {
          assert.deepEqual(read(concat(bytes, Uint8Array.from(tail)), 'value'), exact);
        }
        assert.equal(exact.consumed, bytes.length);
      }
    });
  }

  it('reads a view into a larger buffer', () => {
    const { bytes } = vector('result/ok/all');
    const inside = concat(new Uint8Array(7), bytes, new Uint8Array(5)).subarray(7, 7 + bytes.length);
    assert.deepEqual(result(inside, 'value'), result(bytes, 'value'));
  });
});

describe('decode of wrong bytes', () => {
  const ok = vector('result/ok/all').bytes;
  const withByte = (bytes: Uint8Array, at: number, value: number) => {
    const changed = Uint8Array.from(bytes);
    changed[at] = value;
    return changed;
  };
  // result/ok: discriminant, 32 of checksum, 12 of CPU time, then the options of tracker and max_rss.
  const trackerOption = 1 + 32 + 12;
  const maxRssOption = trackerOption + 1 + 16;
  const prep = vector('prep/tiny/empty/precheck').bytes;
  const oneSecond = 'ffffffff';

  const rows: readonly (readonly [what: string, read: Decoder, bytes: Uint8Array])[] = [
    ['bool 2', handshake, fromHex('0002000000')],
    ['bool 255', decoder(workerHandshakeOfFourFlags), fromHex('000000ff')],
    ['result 2', result, withByte(ok, 0, 2)],
    ['result 255', result, withByte(ok, 0, 255)],
    ['option 2 of the tracker', result, withByte(ok, trackerOption, 2)],
    ['option 255 of max_rss', result, withByte(ok, maxRssOption, 255)],
    ['prepare error 13', result, fromHex('010d')],
    ['prepare error 255', result, fromHex('01ff')],
    ['option 2 of a path', result, fromHex('01070402020000')],
    ['text that is not UTF-8', result, fromHex('010108fffe')],
    ['text longer than the bytes', result, fromHex('0101fd0341')],
    ['text of a huge length', result, fromHex('010103ffffff7f41')],
    ['a compact length in more bytes than needed', result, fromHex('0101010041')],
    [
      'nanoseconds of a whole second in an answer',
      result,
      concat(ok.subarray(0, 41), fromHex(oneSecond), ok.subarray(45)),
    ],
    ['nanoseconds of a whole second', decoder(duration), fromHex('000000000000000000ca9a3b')],
    ['executor param 0', param, fromHex('0000000000')],
    ['executor param 9', param, fromHex('0900000000')],
    ['host function 0', param, fromHex('0800')],
    ['host function 2', param, fromHex('0802')],
    ['prep timeout kind 2', param, fromHex('05020000000000000000')],
    ['prep kind 2', request, withByte(prep, prep.length - 1, 2)],
    [
      'checksum text that is no hex',
      oldResult,
      concat(fromHex('000101'), Buffer.from('z'.repeat(64)), ok.subarray(33)),
    ],
    ['checksum text in capitals', oldResult, concat(fromHex('000101'), Buffer.from('A'.repeat(64)), ok.subarray(33))],
    ['checksum text of 63 digits', oldResult, concat(fromHex('00fc'), Buffer.from('a'.repeat(63)), ok.subarray(33))],
  ];
  for (const [what, read, bytes] of rows) it(`rejects ${what}`, () => assertRefused(read, bytes));

  it('preserves a byte order mark', () => {
    const text = '\ufeffx';
    const bytes = fromHex('010110efbbbf78');
    const value = { success: false, value: { tag: 'Preparation', value: text } } as const;
    assert.deepEqual(result(bytes, 'value').value, value);
    assert.deepEqual(resultCodec.enc(value), bytes);
  });
});

describe('encode of wrong values', () => {
  it('rejects nanoseconds of a whole second', () => {
    assert.throws(() => duration.enc({ secs: 0n, nanos: 1_000_000_000 }), RangeError);
  });
});

describe('durationFromMillis', () => {
  const rows: readonly (readonly [ms: number, secs: bigint, nanos: number])[] = [
    [0, 0n, 0],
    [1, 0n, 1_000_000],
    [0.000001, 0n, 1],
    [999.9999999, 1n, 0],
    [1999.99999999, 2n, 0],
    [60_000, 60n, 0],
    [1500.25, 1n, 500_250_000],
    [2 ** 40, 1_099_511_627n, 776_000_000],
  ];
  for (const [ms, secs, nanos] of rows) {
    it(`${ms} ms`, () => assert.deepEqual(durationFromMillis(ms), { secs, nanos }));
  }
});
