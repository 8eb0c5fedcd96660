/** Generated modules of a few kB with every part that the readers know. */
import { concat } from '../../src/base/bytes.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../src/wasm/writer.ts';
import { runtimeVersion } from '../../test/support/plain-pvf.ts';
import type { Random } from './random.ts';

export const symbolsOfRuntime = [
  '_ZN10pallet_foo6pallet15Pallet$LT$T$GT$4call17h0123456789abcdefE',
  '_ZN65_$LT$pallet_bar..Config$u20$as$u20$core..fmt..Debug$GT$3fmt17h0123456789abcdefE',
  '_ZN5alloc7raw_vec19RawVec$LT$T$C$A$GT$8grow_one17h0123456789abcdefE',
  '_RNvNtNtCs1234_7mycrate3foo3bar3baz',
  '_RINvMs_NtCs1234_4core3fmtINtB5_1FNtCs5_10pallet_foo1TE3newE',
  'rustsecp256k1_v0_8_1_ecdsa_verify',
  'core::ptr::drop_in_place<my_runtime::RuntimeCall>::h0123456789abcdef',
  'validate_block',
];

const type = { none: Uint8Array.of(0x60, 0, 0), i32ToI64: Uint8Array.of(0x60, 1, 0x7f, 1, 0x7e) };
/** Of a name section. */
const subsection = { functions: 1, segments: 9 };

export function sampleModule(random: Random): Uint8Array {
  const count = 4 + random.below(24);
  const bodies = Array.from({ length: count }, () => body(random, count));
  const names = Array.from({ length: count + 1 }, (_, index) =>
    concat(leb128(index), name(random.pick(symbolsOfRuntime))),
  );
  return wasmModule(
    section(1, list(type.none, type.i32ToI64)),
    section(2, list(concat(name('env'), name('ext_log'), Uint8Array.of(0, 0)))),
    section(3, list(...bodies.map(() => leb128(random.below(2))))),
    section(4, list(Uint8Array.of(0x70, 1, 9, 9))),
    section(5, list(Uint8Array.of(0, 2))),
    section(6, list(Uint8Array.of(0x7f, 1, 0x41, 0x80, 0x80, 4, 0x0b))),
    section(7, list(concat(name('validate_block'), Uint8Array.of(0, 1)))),
    section(9, list(concat(Uint8Array.of(0, 0x41, 1, 0x0b), list(leb128(1), leb128(random.below(count)))))),
    section(10, list(...bodies)),
    section(11, list(concat(Uint8Array.of(0, 0x41, 0x10, 0x0b), sized(new Uint8Array(random.below(200)))))),
    section(0, name('runtime_version'), runtimeVersion('generated', 1 + random.below(200))),
    section(0, name('runtime_apis'), random.bytes(12 * random.below(20))),
    section(
      0,
      name('name'),
      Uint8Array.of(subsection.functions),
      sized(list(...names)),
      Uint8Array.of(subsection.segments),
      sized(list(concat(leb128(0), name('.rodata')))),
    ),
  );
}

const endings = [
  Uint8Array.of(0x02, 0x40, 0x0c, 0, 0x0b),
  Uint8Array.of(0x41, 0, 0x41, 0, 0x0e, 1, 0, 0),
  Uint8Array.of(0x41, 0, 0x28, 2, 0x80, 1, 0x1a),
  Uint8Array.of(0x41, 7, 0xc0, 0x1a),
  Uint8Array.of(0xfc, 10, 0, 0),
  Uint8Array.of(),
];

function body(random: Random, functions: number): Uint8Array {
  const calls = Array.from({ length: random.below(6) }, () =>
    random.oneIn(4)
      ? Uint8Array.of(0x41, 0, 0x11, random.below(2), 0)
      : concat(Uint8Array.of(0x10), leb128(random.below(functions + 1))),
  );
  return sized(Uint8Array.of(1, 2, 0x7f), ...calls, random.pick(endings), Uint8Array.of(0x0b));
}
