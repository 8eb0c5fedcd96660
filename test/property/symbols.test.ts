/** Names that nobody compiled: none of them may stop the reader, or make its answer large. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openSymbols } from '../../src/runtime/symbols/symbols.ts';

const MAX_NAME = 16 * 1024;
/** Tokens of both manglings and of demangled paths. */
const tokens = [
  ...[
    '_ZN',
    '_R',
    'E',
    '17h0123456789abcdef',
    '3foo',
    '5alloc',
    '$LT$',
    '$GT$',
    '$u20$',
    '$u7b$',
    '$u1b$',
    '..',
    '.llvm.1',
  ],
  ...[
    'Nv',
    'Nt',
    'C',
    'Cs_',
    'I',
    'M',
    'X',
    'Y',
    'Xs_',
    'B_',
    'B0_',
    'B1_',
    'T',
    'u',
    'S',
    'A',
    'Kj7_',
    'Kc22_',
    'F',
    'D',
    'p6Output',
  ],
  ...['L_', 'G_', 'u4bcher-kva', '1a', '1_', '99', 'K', 'p', '0', '_'],
  ...[
    '<',
    '>',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '::',
    ' as ',
    ' for ',
    '<impl ',
    '&',
    "'a ",
    "'",
    '"',
    '\\',
    '->',
    'dyn ',
    'T',
    'é',
    '𝕏',
  ],
  ...['::h0123456789abcdef', '\t', '\n', '=0', '-', '\u202e', 'core', 'pallet_x'],
];
const made = fc.array(fc.constantFrom(...tokens), { maxLength: 60 }).map((parts) => parts.join(''));
const mangled = fc.tuple(fc.constantFrom('_R', '_ZN', '__R', '<'), made).map(([start, rest]) => start + rest);
const name = fc.oneof(made, mangled, fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 200 }));

describe('symbols of any names', () => {
  it('are one for each name, bounded and printable', async () => {
    const symbols = await openSymbols();
    fc.assert(
      fc.property(fc.array(name, { maxLength: 40 }), (names) => {
        const read = symbols.read(names);
        assert.equal(read.length, names.length);
        for (const symbol of read) {
          const texts = [symbol.name, symbol.crate ?? '', symbol.item, ...symbol.path, ...symbol.mentions];
          assert.ok(texts.every((text) => text.length <= MAX_NAME));
          assert.doesNotMatch(texts.join(''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  // Each took quadratic time once, or would without a limit: the time-out of the test bounds them.
  const hostile: Readonly<Record<string, string>> = {
    'open brackets': '<'.repeat(16_000),
    'open blocks of impl': '<impl '.repeat(2_600),
    'open string literals': `<${'"\\'.repeat(8_000)}`,
    'open character literals': `<${"'\\".repeat(8_000)}`,
    segments: `${'a::'.repeat(5_000)}b`,
  };
  for (const [title, text] of Object.entries(hostile)) {
    it(`are read in time: 4 MB of ${title}`, async () => {
      const names = Array.from({ length: 250 }, (_, index) => `${text}${index}`);
      assert.equal((await openSymbols()).read(names).length, names.length);
    });
  }

  it('are the same alone and in a batch', async () => {
    const symbols = await openSymbols();
    fc.assert(
      fc.property(fc.array(made, { maxLength: 20 }), (names) => {
        // The crate of the runtime is known by the other names.
        const withoutCrate = ({ crate: _, ...symbol }: { readonly crate?: string }) => symbol;
        const alone = names.flatMap((one) => symbols.read([one])).map(withoutCrate);
        assert.deepEqual(symbols.read(names).map(withoutCrate), alone);
      }),
      { numRuns: 300 },
    );
  });
});
