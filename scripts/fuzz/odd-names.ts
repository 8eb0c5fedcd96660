/** Names that a blob can hold, each odd in another way. */
import type { Random } from './random.ts';
import { symbolsOfRuntime } from './sample-module.ts';

const text = new TextEncoder();

/** Functions, so that long ones exist only while they are used. */
const odd: readonly (() => string)[] = [
  () => '',
  () => ' ',
  () => '\0',
  () => 'a'.repeat(10_000),
  () => `${'a::'.repeat(3000)}b`,
  () => `${'<'.repeat(3000)}T`,
  () => `a${'<b'.repeat(2000)}${'>'.repeat(2000)}`,
  () => `core::ptr::drop_in_place<${'alloc::vec::Vec<'.repeat(300)}pallet_foo::T${'>'.repeat(300)}>`,
  () => `pallet_${'x'.repeat(5000)}::Pallet<T>::call`,
  () => `${'\u{1f980}'.repeat(500)}::f`,
  () => `${'a'.repeat(199)}\u{1f980}b`,
  () => `e\u0301${'\u0301'.repeat(1000)}`,
  () => '\u001b[31mred\u001b[0m\u0007',
  () => '\u202egnirts\u202c',
  () => '\ufeff\u200b\u2028\u2029',
  () => 'a\r\nb\tc\n::error::d',
  () => '##vso[task.complete]',
  () => '</script><script>alert(1)</script>',
  () => '<!--',
  () => ']]>&amp;"\'',
  () => '`` a | b ``',
  () => '| a | b |\n| - | - |',
  () => '# a\n\n```',
  () => '@everyone [a](http://b) ![c](d)',
  () => '__proto__',
  () => 'constructor::prototype::toString',
  () => 'header',
  () => 'unattributed',
  () => 'code',
  () => '%s %d $' + '{a} {0}',
  () => '../../../etc/passwd',
  () => '_ZN',
  () => '_ZN99999999999999999999xE',
  () => `_ZN${'1a'.repeat(5000)}E`,
  () => '_ZN4core3fmt17h0123456789abcdef',
  () => '_ZN17h0123456789abcdefE',
  () => '_R',
  () => `_RINv${'INt'.repeat(500)}`,
  () => `_R${'NvB_'.repeat(500)}`,
  () => '_RNvC6_123foo3bar',
  () => `_RINvC1a1b${'TB_'.repeat(300)}E`,
  () => '_RIC0Kpb_E',
  () => `_RNvC9${'z'.repeat(9)}u8_xn--${'a'.repeat(200)}`,
  () => '<pallet_foo::Pallet<T> as frame_support::traits::Hooks<u32>>::on_initialize',
  () => '<<<T as A>::B as C>::D as E>::f::{{closure}}',
  () => 'impl$0',
  () => '::',
  () => '::::a::::',
  () => 'rustsecp256k1_',
];

/** No UTF-8: a lone byte, an overlong form, a half of a surrogate pair, and more than Unicode has. */
const notUtf8 = [
  Uint8Array.of(0xff, 0xfe),
  Uint8Array.of(0xc0, 0x80),
  Uint8Array.of(0xed, 0xa0, 0x80),
  Uint8Array.of(0xf4, 0x90, 0x80, 0x80),
  Uint8Array.of(0x61, 0xe2, 0x82),
];

export function oddText(random: Random): string {
  return random.oneIn(8) ? changedSymbol(random) : random.pick(odd)();
}

export function oddName(random: Random): Uint8Array {
  return random.oneIn(10) ? random.pick(notUtf8) : text.encode(oddText(random));
}

/** A real symbol with a part of another one in it, or without a part. */
function changedSymbol(random: Random): string {
  const [one, other] = [random.pick(symbolsOfRuntime), random.pick(symbolsOfRuntime)];
  const at = random.below(one.length);
  const from = random.below(other.length);
  return one.slice(0, at) + other.slice(from, from + random.below(30)) + one.slice(at + random.below(10));
}
