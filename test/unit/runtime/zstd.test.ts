import assert from 'node:assert/strict';
import { concat, equalBytes } from '../../../src/base/bytes.ts';
import { decodeZstd } from '../../../src/runtime/zstd/decode.ts';
import { type FrameOptions, PATTERN, PATTERN_FRAMES, raw, rle, SKIPPABLE_FRAME, zstdFrame } from './samples.ts';

const MIB = 1024 * 1024;

const reserved = { kind: 'reserved', body: new Uint8Array() } as const;

const decode = (input: Uint8Array, limit = MIB) => decodeZstd(input, limit);

async function decodes(input: Uint8Array, expected: string | Uint8Array): Promise<void> {
  const bytes = typeof expected === 'string' ? new TextEncoder().encode(expected) : expected;
  assert.deepEqual(await decode(input), { kind: 'ok', bytes });
}

/** @param reason where it is found by code of ours, and so has the same words with every decoder */
async function isDamaged(input: Uint8Array, at: number, reason = /./): Promise<void> {
  const result = await decode(input);
  assert.ok(result.kind === 'damaged', result.kind);
  assert.match(result.reason, reason);
  assert.equal(result.at, at);
}

describe('zstd', () => {
  for (const [title, frame] of Object.entries(PATTERN_FRAMES)) {
    it(`decodes what the zstd tool wrote: ${title}`, () => decodes(frame, PATTERN));
  }

  it('decodes raw and repeated blocks', () => decodes(zstdFrame([raw('ab'), rle(0x63, 3), raw('')]), 'abccc'));

  it('decodes several frames in a row and passes over skippable ones', async () => {
    const { level3, level22, sized } = PATTERN_FRAMES;
    await decodes(
      concat(SKIPPABLE_FRAME, level3, SKIPPABLE_FRAME, level22, sized, SKIPPABLE_FRAME),
      concat(PATTERN, PATTERN, PATTERN),
    );
    await decodes(SKIPPABLE_FRAME, '');
    await decodes(concat(...new Array<Uint8Array>(20_000).fill(SKIPPABLE_FRAME), level22), PATTERN);
  });

  it('allows exactly the limit', async () => {
    const { sized, level22 } = PATTERN_FRAMES;
    for (const frame of [sized, level22]) {
      assert.equal((await decode(frame, PATTERN.length)).kind, 'ok');
      assert.deepEqual(await decode(frame, PATTERN.length - 1), { kind: 'over-limit' });
    }
    assert.deepEqual(await decode(concat(level22, level22), PATTERN.length * 2 - 1), { kind: 'over-limit' });
    assert.equal((await decode(zstdFrame([raw('')]), 0)).kind, 'ok');
  });

  it('stops at the limit: what comes out as 1 GiB and then is damaged is over it', async () => {
    const blocks = Array.from({ length: 8192 }, () => rle(0, 128 * 1024));
    for (const windowLog of [17, 27]) {
      const frame = zstdFrame([...blocks, reserved], { windowLog });
      assert.deepEqual(await decode(frame, 10 * MIB), { kind: 'over-limit' });
    }
  });

  it('finds damage before the limit', () => isDamaged(zstdFrame([rle(0, 1000), reserved]), 6 + 4, /reserved kind/));

  it('refuses a frame that has no last block', async () => {
    const whole = zstdFrame([raw('ab'), raw('cd')]);
    await isDamaged(whole.subarray(0, -5), whole.length - 5, /the frame is cut off/);
  });

  it('verifies the checksum, by frame', async () => {
    const { level3, level22 } = PATTERN_FRAMES;
    const wrong = concat(level3.subarray(0, -1), Uint8Array.of((level3.at(-1) ?? 0) ^ 1));
    await isDamaged(concat(level22, wrong), level22.length, /checksum/);
    // XXH64 of nothing with seed 0 is ef46db3751d8e999.
    await decodes(zstdFrame([raw('')], { checksum: Uint8Array.of(0x99, 0xe9, 0xd8, 0x51) }), '');
  });

  it('refuses a content size that does not fit', () =>
    isDamaged(zstdFrame([raw('ab')], { descriptor: 0x80, fields: Uint8Array.of(3, 0, 0, 0) }), 0));

  const headers: [string, RegExp, FrameOptions][] = [
    ['a reserved bit', /reserved bit/, { descriptor: 0x08 }],
    ['a dictionary', /dictionary/, { descriptor: 0x01, fields: Uint8Array.of(7) }],
    ['a window over 128 MiB', /window/, { windowLog: 28 }],
  ];
  for (const [title, reason, options] of headers) {
    it(`refuses a frame with ${title}`, () => isDamaged(zstdFrame([raw('ab')], options), 0, reason));
  }

  it('accepts a window of 128 MiB', () => decodes(zstdFrame([raw('ab')], { windowLog: 27 }), 'ab'));

  it('accepts a dictionary of the number 0, which means none, and a content size of 8 bytes', () => {
    const fields = Uint8Array.of(0, 2, 0, 0, 0, 0, 0, 0, 0);
    return decodes(zstdFrame([raw('ab')], { descriptor: 0xc1, fields }), 'ab');
  });

  it('refuses blocks that are larger than the window', async () => {
    await isDamaged(zstdFrame([rle(0, 1025)], { windowLog: 10 }), 6, /larger than allowed/);
    await decodes(zstdFrame([rle(0x61, 1024)], { windowLog: 10 }), 'a'.repeat(1024));
  });

  it('refuses rubbish behind the last frame', async () => {
    const { level22 } = PATTERN_FRAMES;
    await isDamaged(concat(level22, Uint8Array.of(1, 2, 3, 4, 5)), level22.length, /no zstd frame/);
    await isDamaged(concat(level22, Uint8Array.of(1)), level22.length, /cut off/);
    await isDamaged(concat(level22, SKIPPABLE_FRAME.subarray(0, -1)), level22.length, /cut off/);
  });

  const blocks: [string, number[]][] = [
    ['no sequences section', [0]],
    ['sequences behind the last one', [0, 0, 1]],
    ['a Huffman table that was never given', [0x13, 0x40, 0, 1, 0]],
    ['a sequence table that was never given', [0, 1, 0xfc, 1]],
    ['a symbol that no code has', [0, 1, 0x54, 36, 0, 0, 1]],
    ['a match that reaches back too far', [0x08, 0x61, 1, 0x54, 1, 5, 0, 0x21]],
    ['a bit stream without end mark', [0x08, 0x61, 1, 0x54, 1, 0, 0, 0]],
    ['a bit stream that is not used up', [0x08, 0x61, 1, 0x54, 1, 0, 0, 0x40]],
    ['fewer literals than the sequences take', [0, 1, 0x54, 1, 0, 0, 1]],
  ];
  for (const [title, body] of blocks) {
    const frame = zstdFrame([{ kind: 'compressed', body: Uint8Array.from(body) }]);
    it(`refuses a block with ${title}`, () => isDamaged(frame, 0));
  }

  it('repeats a match over what it writes itself', () => {
    // One literal "a"; one sequence: literal length 1, the newest offset (1), match length 3.
    const body = Uint8Array.of(0x08, 0x61, 1, 0x54, 1, 0, 0, 1);
    return decodes(zstdFrame([{ kind: 'compressed', body }]), 'aaaa');
  });

  it('leaves its input as it was', async () => {
    const input = PATTERN_FRAMES.level22.slice();
    await decode(input);
    assert.ok(equalBytes(input, PATTERN_FRAMES.level22));
  });
});
