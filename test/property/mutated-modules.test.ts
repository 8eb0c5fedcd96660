/**
 * Mutated modules through the wasm model, symbols, sizes and the call graph. `PVF_MUTATIONS` sets the number of modules:
 * `PVF_MUTATIONS=100000 npx mocha --timeout 0 test/property/mutated-modules.test.ts`
 */
import assert from 'node:assert/strict';
import { concat } from '../../src/base/bytes.ts';
import { readSizes } from '../../src/runtime/sizes/read-sizes.ts';
import { symbolReader } from '../../src/runtime/symbols/symbols.ts';
import { readCode } from '../../src/wasm/code-section.ts';
import { openInspector } from '../../src/wasm/inspector.ts';
import { readModule } from '../../src/wasm/module.ts';
import { findPostMvpUse } from '../../src/wasm/post-mvp.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../src/wasm/writer.ts';
import { assertSums } from '../support/size-trees.ts';

const COUNT = Number(process.env['PVF_MUTATIONS'] ?? 3000);
const SEED = 0x5eed;
/** Far above what a module of a few kB needs. */
const MAX_GROWTH_BYTES = 512 * 1024 * 1024;

/** Mulberry32: small, and the same everywhere. */
class Random {
  #state = SEED;

  /** A whole number below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }
}

const symbolsOfRuntime = [
  '_ZN10pallet_foo6pallet15Pallet$LT$T$GT$4call17h0123456789abcdefE',
  '_ZN65_$LT$pallet_bar..Config$u20$as$u20$core..fmt..Debug$GT$3fmt17h0123456789abcdefE',
  '_ZN5alloc7raw_vec19RawVec$LT$T$C$A$GT$8grow_one17h0123456789abcdefE',
  '_RNvNtNtCs1234_7mycrate3foo3bar3baz',
  '_RINvMs_NtCs1234_4core3fmtINtB5_1FNtCs5_10pallet_foo1TE3newE',
  'rustsecp256k1_v0_8_1_ecdsa_verify',
  'core::ptr::drop_in_place<my_runtime::RuntimeCall>::h0123456789abcdef',
  'validate_block',
];

/** A module of a few kB with every part that the readers know. */
function sampleModule(random: Random): Uint8Array {
  const count = 4 + random.below(40);
  const bodies = Array.from({ length: count }, () => {
    const calls = Array.from({ length: random.below(6) }, () =>
      random.below(4) === 0
        ? Uint8Array.of(0x41, 0, 0x11, random.below(2), 0)
        : concat(Uint8Array.of(0x10), leb128(random.below(count + 1))),
    );
    const others = [
      Uint8Array.of(0x02, 0x40, 0x0c, 0, 0x0b),
      Uint8Array.of(0x41, 0, 0x41, 0, 0x0e, 1, 0, 0),
      Uint8Array.of(0x41, 0, 0x28, 2, 0x80, 1, 0x1a),
      Uint8Array.of(0x41, 7, 0xc0, 0x1a),
      Uint8Array.of(0xfc, 10, 0, 0),
    ];
    return sized(
      Uint8Array.of(1, 2, 0x7f),
      ...calls,
      others[random.below(others.length)] ?? Uint8Array.of(),
      Uint8Array.of(0x0b),
    );
  });
  const names = Array.from({ length: count + 1 }, (_, index) =>
    concat(leb128(index), name(symbolsOfRuntime[random.below(symbolsOfRuntime.length)] ?? '')),
  );
  return wasmModule(
    section(1, list(Uint8Array.of(0x60, 0, 0), Uint8Array.of(0x60, 1, 0x7f, 1, 0x7e))),
    section(2, list(concat(name('env'), name('ext_log'), Uint8Array.of(0, 0)))),
    section(3, list(...bodies.map(() => leb128(random.below(2))))),
    section(4, list(Uint8Array.of(0x70, 1, 9, 9))),
    section(5, list(Uint8Array.of(0, 2))),
    section(6, list(Uint8Array.of(0x7f, 1, 0x41, 0x80, 0x80, 4, 0x0b))),
    section(7, list(concat(name('validate_block'), Uint8Array.of(0, 1)))),
    section(9, list(concat(Uint8Array.of(0, 0x41, 1, 0x0b), list(leb128(1), leb128(random.below(count)))))),
    section(10, list(...bodies)),
    section(11, list(concat(Uint8Array.of(0, 0x41, 0x10, 0x0b), sized(new Uint8Array(random.below(200)))))),
    section(
      0,
      name('name'),
      Uint8Array.of(1),
      sized(list(...names)),
      Uint8Array.of(9),
      sized(list(concat(leb128(0), name('.rodata')))),
    ),
  );
}

/** Changes, removes, repeats or inserts a few bytes. */
function mutated(module: Uint8Array, random: Random): Uint8Array {
  let bytes = module;
  for (let changes = random.below(4); changes >= 0; changes -= 1) {
    const at = random.below(bytes.length);
    const length = 1 + random.below(8);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    switch (random.below(5)) {
      case 0:
        bytes = concat(before, after.subarray(length));
        break;
      case 1:
        bytes = concat(before, after.subarray(0, length), after);
        break;
      case 2:
        bytes = concat(before, Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f), after);
        break;
      case 3:
        bytes = random.below(20) === 0 ? before : bytes;
        break;
      default: {
        bytes = bytes.slice();
        bytes[at] = random.below(256);
      }
    }
  }
  return bytes;
}

describe('mutated modules', () => {
  it(`neither crash nor hang the readers, and sums still hold (${COUNT} modules)`, async function () {
    this.timeout(Math.max(60_000, COUNT * 20));
    const inspector = await openInspector();
    const symbols = symbolReader(inspector);
    const random = new Random();
    let withSizes = 0;
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let sample = sampleModule(random);
    for (let run = 0; run < COUNT; run += 1) {
      if (run % 50 === 0) sample = sampleModule(random);
      const bytes = mutated(sample, random);
      const module = readModule(bytes);
      const code = readCode(bytes, module.sections, inspector);
      findPostMvpUse(bytes, module.sections, code);
      const request = { depth: 'functions', retained: 3, why: 'pallet_foo' } as const;
      try {
        const sizes = readSizes({ bytes, module, symbols, code, request });
        if (sizes === undefined) continue;
        assertSums(sizes);
        withSizes += 1;
      } catch (error) {
        throw new Error(`run ${run}: ${Buffer.from(bytes).toString('base64')}`, { cause: error });
      }
    }
    // Most mutations hit bodies and names, which no sum depends on.
    assert(withSizes > COUNT / 10, `${withSizes} of ${COUNT} have sizes`);
    assert(process.memoryUsage.rss() - before < MAX_GROWTH_BYTES);
  });
});
