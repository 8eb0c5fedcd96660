import assert from 'node:assert/strict';
import { concat } from '../../../src/base/bytes.ts';
import { type Compression, decompress, describeCompression } from '../../../src/runtime/compression.ts';
import { compressed, type FrameOptions, PATTERN, PATTERN_FRAMES, raw, rle, zstdFrame } from './samples.ts';

const MIB = 1024 * 1024;
const SKIPPABLE = Uint8Array.of(0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);

async function unpacks(stored: Uint8Array, expected: string | Uint8Array): Promise<void> {
  const result = await decompress(stored, MIB);
  assert.deepEqual(result, {
    kind: 'ok',
    raw: typeof expected === 'string' ? new TextEncoder().encode(expected) : expected,
  });
}

async function isDamaged(stored: Uint8Array, reason: RegExp, at?: number): Promise<void> {
  const result = await decompress(stored, MIB);
  assert.ok(result.kind === 'damaged', result.kind);
  assert.match(result.reason, reason);
  if (at !== undefined) assert.equal(result.at, at);
}

describe('decompression', () => {
  for (const [title, frame] of Object.entries(PATTERN_FRAMES)) {
    it(`decodes what the zstd tool wrote: ${title}`, () => unpacks(compressed(frame), PATTERN));
  }

  it('takes a blob without the magic as it is, whatever its size', async () => {
    const stored = new Uint8Array(5000);
    assert.deepEqual(await decompress(stored, 10), { kind: 'ok', raw: stored });
  });

  it('decodes raw and repeated blocks', () =>
    unpacks(compressed(zstdFrame([raw('ab'), rle(0x63, 3), raw('')])), 'abccc'));

  it('decodes several frames in a row and passes over skippable ones', async () => {
    const { level3, level22 } = PATTERN_FRAMES;
    await unpacks(compressed(SKIPPABLE, level3, SKIPPABLE, level22, SKIPPABLE), concat(PATTERN, PATTERN));
    await unpacks(compressed(SKIPPABLE), '');
  });

  it('allows exactly the bomb limit', async () => {
    const { sized, level22 } = PATTERN_FRAMES;
    for (const stored of [compressed(sized), compressed(level22)]) {
      assert.equal((await decompress(stored, PATTERN.length)).kind, 'ok');
      assert.deepEqual(await decompress(stored, PATTERN.length - 1), { kind: 'bomb' });
    }
    assert.deepEqual(await decompress(compressed(level22, level22), PATTERN.length * 2 - 1), { kind: 'bomb' });
    assert.equal((await decompress(compressed(zstdFrame([raw('')])), 0)).kind, 'ok');
  });

  it('stops at the bomb limit: a bomb of 1 GiB whose end is damaged is a bomb', async () => {
    const blocks = Array.from({ length: 8192 }, () => rle(0, 128 * 1024));
    const stored = compressed(zstdFrame([...blocks, { kind: 'reserved', body: new Uint8Array() }]));
    assert.deepEqual(await decompress(stored, 10 * MIB), { kind: 'bomb' });
  });

  it('finds damage before the bomb limit', async () => {
    const stored = compressed(zstdFrame([rle(0, 1000), { kind: 'reserved', body: new Uint8Array() }]));
    await isDamaged(stored, /reserved kind/, 8 + 6 + 4);
  });

  it('refuses the magic with nothing behind it', () => isDamaged(compressed(), /cut off/, 8));

  for (const [title, frame] of Object.entries(PATTERN_FRAMES)) {
    it(`refuses every truncation: ${title}`, async () => {
      for (let length = 0; length < frame.length; length += 1) {
        await isDamaged(compressed(frame.subarray(0, length)), /./);
      }
    });
  }

  it('verifies the checksum, by frame', async () => {
    const { level3, level22 } = PATTERN_FRAMES;
    const wrong = concat(level3.subarray(0, -1), Uint8Array.of((level3.at(-1) ?? 0) ^ 1));
    await isDamaged(compressed(level22, wrong), /checksum does not match/);
    // XXH64 of nothing with seed 0 is ef46db3751d8e999.
    await unpacks(compressed(zstdFrame([raw('')], { checksum: Uint8Array.of(0x99, 0xe9, 0xd8, 0x51) })), '');
  });

  const headers: [string, RegExp, FrameOptions][] = [
    ['a reserved bit', /reserved bit/, { descriptor: 0x08 }],
    ['a dictionary', /dictionary/, { descriptor: 0x01, fields: Uint8Array.of(7) }],
    ['a window over 128 MiB', /window/, { windowLog: 28 }],
    ['a content size that does not fit', /another size/, { descriptor: 0x80, fields: Uint8Array.of(3, 0, 0, 0) }],
  ];
  for (const [title, reason, options] of headers) {
    it(`refuses a frame with ${title}`, () => isDamaged(compressed(zstdFrame([raw('ab')], options)), reason));
  }

  it('accepts a dictionary of the number 0, which means none, and a content size of 8 bytes', async () => {
    const fields = Uint8Array.of(0, 2, 0, 0, 0, 0, 0, 0, 0);
    await unpacks(compressed(zstdFrame([raw('ab')], { descriptor: 0xc1, fields })), 'ab');
  });

  it('refuses blocks that are larger than the window', async () => {
    await isDamaged(compressed(zstdFrame([rle(0, 1025)], { windowLog: 10 })), /larger than allowed/, 14);
    await unpacks(compressed(zstdFrame([rle(0x61, 1024)], { windowLog: 10 })), 'a'.repeat(1024));
  });

  it('refuses rubbish behind the last frame', async () => {
    const { level22 } = PATTERN_FRAMES;
    await isDamaged(compressed(level22, Uint8Array.of(1, 2, 3, 4, 5)), /no zstd frame/, 8 + level22.length);
    await isDamaged(compressed(level22, Uint8Array.of(1)), /cut off/, 8 + level22.length);
    await isDamaged(compressed(level22, SKIPPABLE.subarray(0, -1)), /cut off/, 8 + level22.length);
  });

  const blocks: [string, RegExp, number[]][] = [
    ['no sequences section', /cut off/, [0]],
    ['sequences behind the last one', /left over/, [0, 0, 1]],
    ['a Huffman table that was never given', /Huffman table that was never given/, [0x13, 0x40, 0, 1, 0]],
    ['a sequence table that was never given', /a table that was never given/, [0, 1, 0xfc, 1]],
    ['a symbol that no code has', /wrong symbol/, [0, 1, 0x54, 36, 0, 0, 1]],
    ['a match that reaches back too far', /too far/, [0x08, 0x61, 1, 0x54, 1, 5, 0, 0x21]],
    ['a bit stream without end mark', /no end mark/, [0x08, 0x61, 1, 0x54, 1, 0, 0, 0]],
    ['a bit stream that is not used up', /left over/, [0x08, 0x61, 1, 0x54, 1, 0, 0, 0x40]],
    ['fewer literals than the sequences take', /too few literals/, [0, 1, 0x54, 1, 0, 0, 1]],
  ];
  for (const [title, reason, body] of blocks) {
    it(`refuses a block with ${title}`, async () => {
      await isDamaged(compressed(zstdFrame([{ kind: 'compressed', body: Uint8Array.from(body) }])), reason, 14);
    });
  }

  it('repeats a match over what it writes itself', async () => {
    // One literal "a"; one sequence: literal length 1, the newest offset (1), match length 3.
    const body = Uint8Array.of(0x08, 0x61, 1, 0x54, 1, 0, 0, 1);
    await unpacks(compressed(zstdFrame([{ kind: 'compressed', body }])), 'aaaa');
  });
});

describe('what the compression header tells', () => {
  const cases: [string, Uint8Array, Compression][] = [
    ['a blob that is not compressed', Uint8Array.of(0, 0x61, 0x73, 0x6d), { kind: 'none' }],
    [
      'level 3, as wasm-builder up to 30',
      compressed(zstdFrame([], { windowLog: 21 })),
      { kind: 'zstd', level: 3, windowLog: 21 },
    ],
    ['level 22, as wasm-builder 35', compressed(PATTERN_FRAMES.level22), { kind: 'zstd', level: 22, windowLog: 27 }],
    [
      'a window that several levels share',
      compressed(zstdFrame([], { windowLog: 22 })),
      { kind: 'zstd', windowLog: 22 },
    ],
    [
      'a known size instead of a window',
      compressed(PATTERN_FRAMES.sized),
      { kind: 'zstd', contentSize: PATTERN.length },
    ],
    [
      'a known size beside the window',
      compressed(zstdFrame([], { windowLog: 21, descriptor: 0x40, fields: Uint8Array.of(1, 1) })),
      { kind: 'zstd', windowLog: 21, contentSize: 513 },
    ],
    [
      'a skippable frame in front',
      compressed(SKIPPABLE, PATTERN_FRAMES.level22),
      { kind: 'zstd', level: 22, windowLog: 27 },
    ],
    ['rubbish', compressed(Uint8Array.of(1, 2, 3, 4, 5, 6)), { kind: 'zstd' }],
    ['nothing', compressed(), { kind: 'zstd' }],
  ];
  for (const [title, stored, expected] of cases) {
    it(title, () => assert.deepEqual(describeCompression(stored), expected));
  }
});
