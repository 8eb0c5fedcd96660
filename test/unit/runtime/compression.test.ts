import assert from 'node:assert/strict';
import { type Compression, decompress, describeCompression } from '../../../src/runtime/compression.ts';
import { compressed, PATTERN, PATTERN_FRAMES, rle, SKIPPABLE_FRAME, zstdFrame } from './samples.ts';

describe('decompression', () => {
  it('takes a blob without the magic as it is, whatever its size', async () => {
    const stored = new Uint8Array(5000);
    assert.deepEqual(await decompress(stored, 10), { kind: 'ok', raw: stored });
  });

  it('takes the zstd layer off, up to exactly the bomb limit', async () => {
    const stored = compressed(PATTERN_FRAMES.level22);
    assert.deepEqual(await decompress(stored, PATTERN.length), { kind: 'ok', raw: PATTERN });
    assert.deepEqual(await decompress(stored, PATTERN.length - 1), { kind: 'bomb' });
  });

  it('refuses the magic with nothing behind it', async () => {
    assert.deepEqual(await decompress(compressed(), 100), {
      kind: 'damaged',
      reason: 'the frame header is cut off',
      at: 8,
    });
  });

  it('tells where in the stored blob the damage is', async () => {
    const stored = compressed(zstdFrame([rle(0, 1000), { kind: 'reserved', body: new Uint8Array() }]));
    const damage = { kind: 'damaged', reason: 'a block is of the reserved kind', at: 8 + 6 + 4 };
    assert.deepEqual(await decompress(stored, 1000), damage);
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
      compressed(SKIPPABLE_FRAME, PATTERN_FRAMES.level22),
      { kind: 'zstd', level: 22, windowLog: 27 },
    ],
    ['rubbish', compressed(Uint8Array.of(1, 2, 3, 4, 5, 6)), { kind: 'zstd' }],
    ['nothing', compressed(), { kind: 'zstd' }],
  ];
  for (const [title, stored, expected] of cases) {
    it(title, () => assert.deepEqual(describeCompression(stored), expected));
  }
});
