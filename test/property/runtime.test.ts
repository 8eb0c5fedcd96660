import assert from 'node:assert/strict';
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { concat, equalBytes, fromHex, toHex } from '../../src/base/bytes.ts';
import { runtimeIdentity } from '../../src/portable/wasm/runtime-identity.ts';
import { decompress } from '../../src/runtime/compression.ts';
import { sniff, unpack } from '../../src/runtime/container.ts';
import { InputError } from '../../src/runtime/input-error.ts';
import { inspect } from '../../src/runtime/inspect.ts';
import { blobKind, COMPRESSED_MAGIC, POLKAVM_MAGIC } from '../../src/runtime/magic.ts';
import { decodeZstd } from '../../src/runtime/zstd/decode.ts';
import { readCode } from '../../src/wasm/code-section.ts';
import { Cursor } from '../../src/wasm/cursor.ts';
import { openInspector } from '../../src/wasm/inspector.ts';
import { readModule } from '../../src/wasm/module.ts';
import { findPostMvpUse } from '../../src/wasm/post-mvp.ts';
import { readSections, WASM_MAGIC } from '../../src/wasm/sections.ts';
import { leb128 } from '../../src/wasm/writer.ts';
import { engineAccepts } from '../unit/runtime/engine.ts';
import { compressed, PATTERN, PATTERN_FRAMES, TINY_MODULE, zstdFrame } from '../unit/runtime/samples.ts';

const anyBytes = fc.uint8Array({ maxLength: 200 });
const magics = fc.constantFrom(
  WASM_MAGIC,
  COMPRESSED_MAGIC,
  POLKAVM_MAGIC,
  new TextEncoder().encode('{'),
  new TextEncoder().encode('0x'),
);

/** The types of the oldest supported Node lack this. */
interface ZstdOfNode {
  readonly zstdCompressSync?: (content: Uint8Array, options: { params: Record<number, number> }) => Uint8Array;
  readonly constants: Readonly<
    Record<'ZSTD_c_compressionLevel' | 'ZSTD_c_checksumFlag' | 'ZSTD_c_contentSizeFlag', number>
  >;
}

const zlibOfNode = zlib as unknown as ZstdOfNode;
const { zstdCompressSync: compressSync } = zlibOfNode;

/** Repeated pieces, as in code: up to a dozen blocks, mostly more than one. */
const severalBlocks = fc
  .tuple(
    fc.array(fc.uint8Array({ minLength: 100, maxLength: 3000, size: 'max' }), { minLength: 2, maxLength: 8 }),
    fc.integer({ min: 1, max: 600 }),
  )
  .map(([pieces, times]) => {
    const order = Array.from({ length: times }, (_, at) => pieces[(at * at + (at >> 3)) % pieces.length]);
    return concat(...order.filter((piece) => piece !== undefined));
  });

/** The content with up to four changed bytes, perhaps truncated. */
function damaged(content: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(content.length - 1), fc.integer({ min: 0, max: 255 }));
  return fc.tuple(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(content.length)).map(([changes, cut]) => {
    const bytes = content.slice();
    for (const [at, value] of changes) bytes[at] = value;
    return cut % 3 === 0 ? bytes.subarray(0, cut) : bytes;
  });
}

describe('reading a runtime', () => {
  it('reads 32-bit LEB128 numbers, also padded ones', () => {
    const number = fc.integer({ min: 0, max: 0xffff_ffff });
    fc.assert(
      fc.property(number, fc.nat(4), (value, padding) => {
        const bytes = leb128(value);
        const last = bytes.length - 1;
        const zeros = Math.min(padding, 5 - bytes.length);
        const padded = concat(bytes, new Uint8Array(zeros).fill(0x80));
        if (zeros > 0) {
          padded[last] = (padded[last] ?? 0) | 0x80;
          padded[padded.length - 1] = 0;
        }
        const cursor = new Cursor(concat(padded, Uint8Array.of(0xff)));
        assert.equal(cursor.u32(), value);
        assert.equal(cursor.at, padded.length);
      }),
    );
  });

  it('reads 64-bit LEB128 numbers with the precision of JavaScript', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        const bytes: number[] = [];
        for (let rest = value; ; rest >>= 7n) {
          bytes.push(Number(rest & 0x7fn) + (rest >= 128n ? 128 : 0));
          if (rest < 128n) break;
        }
        const read = new Cursor(Uint8Array.from(bytes)).u64();
        assert.ok(Math.abs(read - Number(value)) <= Number(value) * Number.EPSILON, `${read}`);
        if (value <= Number.MAX_SAFE_INTEGER) assert.equal(read, Number(value));
      }),
    );
  });

  it('reads hex text in either case, with or without 0x', () => {
    fc.assert(
      fc.property(anyBytes, fc.boolean(), fc.boolean(), (bytes, isUpper, isBare) => {
        const digits = toHex(bytes).slice(2);
        const text = (isBare ? '' : '0x') + (isUpper ? digits.toUpperCase() : digits);
        assert.deepEqual(fromHex(text), bytes);
      }),
    );
  });

  it('rejects hex text with another character or an odd number of digits', () => {
    const character = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
      .filter((one) => !/^[0-9a-f]/i.test(one));
    fc.assert(
      fc.property(anyBytes, character, fc.nat(), (bytes, other, position) => {
        const digits = toHex(bytes).slice(2);
        const at = position % (digits.length + 1);
        assert.throws(
          () => fromHex(`0x${digits.slice(0, at)}${other}${digits.slice(at)}`),
          new RegExp(`after ${at} digits$`),
        );
        assert.throws(() => fromHex(`0x${digits}f`), new RegExp(`odd number of digits \\(${digits.length + 1}\\)$`));
      }),
    );
  });

  it('finds a later feature in any damaged module, or none, and never throws', async () => {
    const inspector = await openInspector();
    const code = concat(
      Uint8Array.of(1),
      leb128(12),
      Uint8Array.of(1, 1, 0x7f, 0x41, 0, 0xc0, 0x1a, 0x11, 0, 0, 0xfc, 0x0b),
    );
    const module = concat(TINY_MODULE.subarray(0, -code.length), Uint8Array.of(10), leb128(code.length), code);
    const find = (bytes: Uint8Array) => {
      const { sections } = readSections(bytes);
      return findPostMvpUse(bytes, sections, readCode(bytes, sections, inspector));
    };
    fc.assert(
      fc.property(fc.oneof(damaged(TINY_MODULE), damaged(module)), (bytes) => {
        const found = find(bytes);
        if (found) assert.ok(found.offset < bytes.length && (found.inFunction?.offset ?? 0) < bytes.length);
      }),
      { numRuns: 2000 },
    );
    // The code of a function may be anything.
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (body) => {
        const content = concat(Uint8Array.of(1), leb128(body.length + 1), Uint8Array.of(0), body);
        const bytes = concat(WASM_MAGIC, Uint8Array.of(1, 0, 0, 0, 10), leb128(content.length), content);
        const found = find(bytes);
        if (found) assert.ok(found.offset < bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('unpacks any content or rejects it with an InputError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyBytes,
          fc.tuple(magics, anyBytes).map((parts) => concat(...parts)),
        ),
        (content) => {
          const container = sniff(content);
          try {
            const unpacked = unpack('x', content);
            assert.notEqual(blobKind(unpacked.stored), 'unknown');
            if (unpacked.unwrapped === undefined) assert.equal(unpacked.container, container);
            if (blobKind(content) !== 'unknown') assert.deepEqual(unpacked.stored, content);
          } catch (error) {
            assert.ok(error instanceof InputError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('unpacks any JSON chain spec or rejects it with an InputError', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('genesis', 'codeSubstitutes', 'name'), fc.jsonValue()), (spec) => {
        try {
          unpack('x', new TextEncoder().encode(JSON.stringify(spec)));
        } catch (error) {
          assert.ok(error instanceof InputError);
        }
      }),
    );
  });

  it('decompresses raw and repeated blocks up to exactly the limit', async () => {
    const block = fc.oneof(
      anyBytes.map((body) => ({ kind: 'raw' as const, body, content: body })),
      fc.tuple(fc.nat(255), fc.nat(300)).map(([byte, size]) => {
        const content = new Uint8Array(size).fill(byte);
        return { kind: 'rle' as const, body: Uint8Array.of(byte), size, content };
      }),
    );
    const frames = fc.array(fc.array(block, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(frames, fc.nat(2000), async (blocks, limit) => {
        const content = concat(...blocks.flat().map((one) => one.content));
        const result = await decompress(compressed(...blocks.map((one) => zstdFrame(one))), limit);
        const expected = content.length <= limit ? { kind: 'ok', raw: content } : { kind: 'bomb' };
        assert.deepEqual(result, expected);
      }),
    );
  });

  it('decompresses a damaged stream without exceptions and never beyond the limit', async () => {
    for (const frame of Object.values(PATTERN_FRAMES)) {
      await fc.assert(
        fc.asyncProperty(damaged(frame), fc.constantFrom(0, 100, PATTERN.length, 1_000_000), async (bytes, limit) => {
          const result = await decompress(compressed(bytes), limit);
          assert.ok(result.kind !== 'ok' || result.raw.length <= limit);
          assert.ok(result.kind !== 'damaged' || result.at <= bytes.length + COMPRESSED_MAGIC.length);
        }),
        { numRuns: 300 },
      );
    }
  });

  it('detects every change of the content with a checksum', async () => {
    const { level3 } = PATTERN_FRAMES;
    await fc.assert(
      fc.asyncProperty(damaged(level3), async (bytes) => {
        const result = await decompress(compressed(bytes), PATTERN.length);
        // The descriptor determines whether there is a checksum.
        if (result.kind === 'ok' && bytes[4] === level3[4]) assert.ok(equalBytes(result.raw, PATTERN));
      }),
      { numRuns: 500 },
    );
  });

  // Only a Node with libzstd can write streams.
  if (compressSync) {
    it('decodes everything that libzstd writes', async () => {
      const settings = fc.record({
        level: fc.integer({ min: 1, max: 19 }),
        checksum: fc.boolean(),
        size: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(severalBlocks, settings, async (content, { level, checksum, size }) => {
          const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag, ZSTD_c_contentSizeFlag } = zlibOfNode.constants;
          const params = {
            [ZSTD_c_compressionLevel]: level,
            [ZSTD_c_checksumFlag]: Number(checksum),
            [ZSTD_c_contentSizeFlag]: Number(size),
          };
          const stream = compressSync(content, { params });
          const result = await decodeZstd(concat(stream, stream), content.length * 2);
          assert.ok(result.kind === 'ok', result.kind);
          assert.ok(equalBytes(result.bytes, concat(content, content)));
          const smaller = await decodeZstd(stream, content.length - 1);
          assert.equal(smaller.kind, 'over-limit');
        }),
        { numRuns: 25 },
      );
    }).timeout(60_000);
  }

  it('reads a damaged module without exceptions and reports a problem inside it', () => {
    fc.assert(
      fc.property(damaged(TINY_MODULE), (bytes) => {
        const { problem } = readModule(bytes);
        assert.ok(!problem || (problem.at >= 0 && problem.at <= bytes.length));
        assert.match(runtimeIdentity(bytes), /^(spec|interface) /);
      }),
      { numRuns: 1000 },
    );
  });

  it('reports no problem for a module that the engine accepts', () => {
    fc.assert(
      fc.property(damaged(TINY_MODULE), (bytes) => {
        if (engineAccepts(bytes)) assert.equal(readModule(bytes).problem, undefined);
      }),
      { numRuns: 1000 },
    );
  });

  it('inspects any content', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(magics, anyBytes), async (parts) => {
        const stored = concat(...parts);
        assert.equal((await inspect(stored, 10_000)).storedBytes, stored.length);
      }),
      { numRuns: 500 },
    );
  });
});
