/** Any change of a file that is no runtime, or wraps one, has an outcome. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { concat } from '../../src/base/bytes.ts';
import { unpack } from '../../src/runtime/container.ts';
import { InputError } from '../../src/runtime/input-error.ts';
import { blobKind } from '../../src/runtime/magic.ts';
import { compressedTwice } from '../../src/runtime/recognize/compressed-twice.ts';
import { foreignFiles, LINES_BLOB, LINES_MODULE, utf8, wrappedFiles } from '../support/foreign-files.ts';

const contents = [
  ...Object.values(foreignFiles).map(({ content }) => content),
  ...Object.values(wrappedFiles).map(([content]) => content),
  LINES_BLOB,
  LINES_MODULE,
];
const anyContent = fc.constantFrom(...contents);

/** Changed bytes, a cut, other bytes in front or behind. */
const mutated = fc
  .tuple(
    anyContent,
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
    fc.option(fc.nat(), { nil: undefined }),
    fc.uint8Array({ maxLength: 6 }),
    fc.uint8Array({ maxLength: 6 }),
  )
  .map(([content, changes, cut, before, after]) => {
    const bytes = content.slice();
    for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
    return concat(before, bytes.subarray(0, cut === undefined ? bytes.length : cut % (bytes.length + 1)), after);
  });

function hasOutcome(content: Uint8Array): void {
  try {
    const { stored, unwrapped } = unpack('x', content);
    assert.notEqual(blobKind(stored), 'unknown');
    if (blobKind(content) !== 'unknown') assert.deepEqual([stored, unwrapped], [content, undefined]);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.problem.message, /\.$/);
    assert.ok(error.message.length < 2000, 'what the file holds is clipped');
    assert.doesNotMatch(error.message, /[\p{Cc}\p{Cf}]/u);
  }
}

describe('files that are no runtime', () => {
  it('have an outcome, also when they are changed, cut off or joined with others', () => {
    fc.assert(fc.property(mutated, hasOutcome), { numRuns: 5000 });
    fc.assert(
      fc.property(mutated, mutated, (a, b) => hasOutcome(concat(a, b))),
      { numRuns: 1000 },
    );
  }).timeout(60_000);

  it('have an outcome for any bytes and any text', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), hasOutcome), { numRuns: 1000 });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => hasOutcome(utf8(text))),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.json(), (text) => hasOutcome(utf8(text))),
      { numRuns: 1000 },
    );
  });

  it('are searched in time that grows with their size', () => {
    const lines = [
      'Code: 0x0061736d01 ',
      '<!-- x ',
      '0x00 ',
      '"',
      '{"a":',
      '\r\n',
      '\u001b[',
      '00000000: 0061 ',
      'GIF8 <x ',
    ];
    for (const line of lines) hasOutcome(utf8(line.repeat(200_000)));
  }).timeout(60_000);

  it('never make the look into compressed data fail', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (bytes) => {
        await compressedTwice(concat(LINES_BLOB.subarray(0, 14), bytes));
      }),
      { numRuns: 500 },
    );
  }).timeout(60_000);
});
