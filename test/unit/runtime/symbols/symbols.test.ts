/** Names are from real runtimes (test corpus), from rustc-demangle's own tests, or made where the test says so. */
import assert from 'node:assert/strict';
import { type FunctionSymbol, openSymbols } from '../../../../src/runtime/symbols/symbols.ts';

const symbols = await openSymbols();

function read(name: Uint8Array | string): FunctionSymbol {
  const [symbol] = symbols.read([name]);
  assert.ok(symbol);
  return symbol;
}

/** `crate | modules | item`, and the name where it is another than the input. */
interface Case {
  readonly raw: string;
  readonly place: string;
  readonly name?: string;
  readonly mentions?: string;
}

const legacy: readonly Case[] = [
  {
    raw: '_ZN7trie_db6nibble10nibble_ops9shift_key17h440e96d925c87119E',
    place: 'trie_db | nibble::nibble_ops | shift_key',
    name: 'trie_db::nibble::nibble_ops::shift_key',
    mentions: '',
  },
  {
    raw: '_ZN15hydradx_runtime6system1_85_$LT$impl$u20$scale_info..TypeInfo$u20$for$u20$hydradx_runtime..system..ProxyType$GT$9type_info17h3694a1e6b222939dE',
    place: 'hydradx_runtime | system | <ProxyType as TypeInfo>::type_info',
    mentions: 'hydradx_runtime scale_info',
  },
  {
    raw: '_ZN87_$LT$T$u20$as$u20$alloc..slice..$LT$impl$u20$$u5b$T$u5d$$GT$..to_vec_in..ConvertVec$GT$6to_vec17hb0a38cc94bf5ea1fE',
    place: 'alloc | slice::to_vec_in | <T as ConvertVec>::to_vec',
  },
  {
    raw: '_ZN4core3fmt3num50_$LT$impl$u20$core..fmt..Debug$u20$for$u20$u32$GT$3fmt17h743dd9069d475bc8E.llvm.7910253021089098502',
    place: 'core | fmt::num | <u32 as Debug>::fmt',
    name: 'core::fmt::num::<impl core::fmt::Debug for u32>::fmt',
  },
  {
    raw: '_ZN5alloc5slice29_$LT$impl$u20$$u5b$T$u5d$$GT$6concat17h7544aeab825c047eE',
    place: 'alloc | slice | <[T]>::concat',
  },
  {
    raw: '_ZN5alloc7raw_vec19RawVec$LT$T$C$A$GT$8grow_one17h7b57bfd5487b1b3bE',
    place: 'alloc | raw_vec | RawVec::grow_one',
    mentions: '',
  },
  {
    raw: '_ZN14pallet_uniques6pallet19Pallet$LT$T$C$I$GT$8transfer28_$u7b$$u7b$closure$u7d$$u7d$28_$u7b$$u7b$closure$u7d$$u7d$17h416db622fa433c8eE',
    place: 'pallet_uniques | pallet | Pallet::transfer::{closure}::{closure}',
  },
  {
    raw: '_ZN4core3ops8function6FnOnce40call_once$u7b$$u7b$vtable.shim$u7d$$u7d$17hed05db23fe8b5455E',
    place: 'core | ops::function | FnOnce::call_once',
  },
  {
    raw: '_ZN4core3ptr46drop_in_place$LT$alloc..vec..Vec$LT$u8$GT$$GT$17hda81e9670d29d213E.llvm.17761911037311260324',
    place: 'core | ptr | drop_in_place',
    mentions: 'alloc',
  },
];

const v0: readonly Case[] = [
  {
    raw: '_RNvMs3_NtCs3qQxcpfEejE_16curve25519_dalek9ristrettoNtB5_14RistrettoPoint8compress',
    place: 'curve25519_dalek | ristretto | RistrettoPoint::compress',
    name: '<curve25519_dalek::ristretto::RistrettoPoint>::compress',
  },
  {
    raw: '_RNvXs8_NtNtCs6AnjNXxyqaK_11staging_xcm2v58junctionNtB5_8JunctionINtNtCs2twsJ6on35I_4core7convert7TryFromNtNtNtB9_2v48junction8JunctionE8try_from',
    place: 'staging_xcm | v5::junction | <Junction as TryFrom>::try_from',
    mentions: 'staging_xcm core',
  },
  {
    raw: '_RNCNCNvMsg_NtCsl4KukCEUOeN_10pallet_xcm6palletINtB9_6PalletNtCs2wjYgsN6v0A_24bridge_hub_paseo_runtime7RuntimeE20add_authorized_alias0s2_0BX_',
    place: 'pallet_xcm | pallet | Pallet::add_authorized_alias::{closure}::{closure}',
    mentions: 'pallet_xcm bridge_hub_paseo_runtime',
  },
  {
    raw: '_RINvNtCs2twsJ6on35I_4core3ptr13drop_in_placeNtNtCs6AnjNXxyqaK_11staging_xcm2v417QueryResponseInfoECs2wjYgsN6v0A_24bridge_hub_paseo_runtime',
    place: 'core | ptr | drop_in_place',
    mentions: 'staging_xcm',
  },
  {
    raw: '_RNvMs2_NtCs4xKNdxxgwnW_5alloc7raw_vecNtB5_11RawVecInner11finish_growB7_.llvm.16468583749350214975',
    place: 'alloc | raw_vec | RawVecInner::finish_grow',
  },
  // From here on: the tests of rustc-demangle.
  {
    raw: '_RINbNbCskIICzLVDPPb_5alloc5alloc8box_freeDINbNiB4_5boxed5FnBoxuEp6OutputuEL_ECs1iopQbuBiw2_3std',
    place: 'alloc | alloc | box_free',
    mentions: 'alloc',
  },
  // An `impl` whose own path has no name: the type tells.
  { raw: '_RNvMC0INtC8arrayvec8ArrayVechKj7b_E3new', place: 'arrayvec |  | ArrayVec::new' },
  {
    raw: '_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y',
    place: 'utf8_idents |  | საჭმელად_გემრიელი_სადილი',
  },
  {
    raw: '_RNvMsr_NtCs3ssYzQotkvD_3std4pathNtB5_7PathBuf3newCs15kBYyAo9fc_7mycrate',
    place: 'std | path | PathBuf::new',
  },
];

const demangled: readonly Case[] = [
  {
    raw: 'frame_support::storage::unhashed::get::h47bf877a076b4049',
    place: 'frame_support | storage::unhashed | get',
    name: 'frame_support::storage::unhashed::get',
  },
  {
    raw: 'core::ptr::drop_in_place<xcm::v1::Xcm<shell_runtime::Call>>::h089ac817f6deb231.4443',
    place: 'core | ptr | drop_in_place',
    name: 'core::ptr::drop_in_place<xcm::v1::Xcm<shell_runtime::Call>>.4443',
    mentions: 'xcm shell_runtime',
  },
  {
    raw: '<sp_trie::node_codec::NodeCodec<H> as trie_db::node_codec::NodeCodec>::extension_node::h2e6016d21653215b',
    place: 'sp_trie | node_codec | <NodeCodec as NodeCodec>::extension_node',
  },
  {
    raw: 'scale_info::impls::<impl scale_info::TypeInfo for (A,B)>::type_info::h77a2f3e2c2674302',
    place: 'scale_info | impls | <(…) as TypeInfo>::type_info',
  },
  {
    raw: '<[T; _] as parity_scale_codec::codec::Decode>::decode::hddf8407b10268f7b',
    place: 'parity_scale_codec | codec | <[T; _] as Decode>::decode',
  },
  {
    raw: '<&mut W as core::fmt::Write>::write_char::h75ee42eda5139eb6',
    place: 'core | fmt | <&mut W as Write>::write_char',
  },
  {
    raw: 'scale_info::ty::path::Path::prelude::{{closure}}::hf25c8c8b3b072934',
    place: 'scale_info | ty::path | Path::prelude::{closure}',
  },
  {
    raw: '<pallet_balances::pallet::Pallet<T,I> as frame_support::traits::tokens::currency::Currency<<T as frame_system::pallet::Config>::AccountId>>::transfer',
    place: 'pallet_balances | pallet | <Pallet as Currency>::transfer',
    // The pallet first, and last the crate that every pallet names.
    mentions: 'pallet_balances frame_support frame_system',
  },
];

/** Made: an `impl` may be in the crate of its type or of its trait. */
const impls: readonly Case[] = [
  {
    raw: '<alloc::vec::Vec<T> as frame_support::traits::Get<u8>>::get',
    place: 'frame_support | traits | <alloc::vec::Vec as Get>::get',
  },
  {
    raw: '<sp_runtime::Permill as acme_traits::Rate>::rate',
    place: 'acme_traits |  | <sp_runtime::Permill as Rate>::rate',
  },
  { raw: '<u64 as core::convert::From<acme_types::Weight>>::from', place: 'acme_types |  | <u64 as From>::from' },
  {
    raw: '<(A,B) as frame_support::traits::hooks::OnInitialize<u32>>::on_initialize',
    place: 'frame_support | traits::hooks | <(…) as OnInitialize>::on_initialize',
  },
  { raw: '<T as core::convert::Into<U>>::into', place: 'core | convert | <T as Into>::into' },
  { raw: "<&'a mut acme::Thing as core::iter::Iterator>::next", place: 'acme |  | <&mut Thing as Iterator>::next' },
  { raw: '<dyn acme::Thing>::get', place: 'acme |  | <dyn Thing>::get' },
  {
    raw: '<fn(acme::A) -> acme::B as core::ops::FnOnce<(acme::A,)>>::call_once',
    place: 'acme |  | <fn(…) as FnOnce>::call_once',
  },
  { raw: '<<T as acme::Config>::Hook as acme::Hooks>::run', place: 'acme |  | <<T as Config>::Hook as Hooks>::run' },
  { raw: '<acme::A>::run', place: 'acme |  | A::run' },
];

const foreign: readonly Case[] = [
  { raw: 'memcpy', place: 'compiler_builtins |  | memcpy' },
  { raw: '__multi3', place: 'compiler_builtins |  | __multi3' },
  { raw: '__udivmodti4', place: 'compiler_builtins |  | __udivmodti4' },
  { raw: '__lshrti3', place: 'compiler_builtins |  | __lshrti3' },
  { raw: 'fmod', place: 'compiler_builtins |  | fmod' },
  { raw: 'rustsecp256k1_v0_4_0_ecmult_gen', place: 'secp256k1_sys |  | rustsecp256k1_v0_4_0_ecmult_gen' },
  { raw: 'nonce_function_rfc6979', place: 'secp256k1_sys |  | nonce_function_rfc6979' },
  { raw: 'rust_begin_unwind', place: 'sp_io |  | rust_begin_unwind' },
  { raw: '__rg_alloc', place: 'sp_io |  | __rg_alloc' },
  { raw: '__rust_alloc', place: 'alloc |  | __rust_alloc' },
  { raw: '_RNvCs2eZ1nzd5T4R_7___rustc12___rust_alloc', place: 'alloc |  | __rust_alloc' },
  { raw: 'whatever', place: ' |  | whatever' },
  { raw: 'Core_version', place: ' |  | Core_version' },
  { raw: '', place: ' |  | ' },
  { raw: '_ZN99short', place: ' |  | _ZN99short' },
  { raw: '_RNvC', place: ' |  | _RNvC' },
];

describe('symbols', () => {
  for (const [title, cases] of Object.entries({ legacy, v0, demangled, impls, foreign })) {
    for (const { raw, place, name, mentions } of cases) {
      it(`reads a name (${title}): ${raw.slice(0, 90)}`, () => {
        const { crate = '', path, item, ...symbol } = read(raw);
        assert.equal([crate, path.join('::'), item].join(' | '), place);
        if (name !== undefined) assert.equal(symbol.name, name);
        if (mentions !== undefined) assert.equal(symbol.mentions.join(' '), mentions);
        assert.deepEqual(read(new TextEncoder().encode(raw)), read(raw));
      });
    }
  }

  it('finds the true crate of a blanket impl in a v0 symbol', () => {
    // From bridge-hub-paseo: `write_fmt` of Write is core's, whatever the type; its `write_str` is the type's own.
    const ofCore = read('_RNvXs_NtCs2twsJ6on35I_4core7convertNtNtCs6AnjNXxyqaK_11staging_xcm2v53XcmINtB4_4IntoyE4into');
    assert.equal(ofCore.name, '<staging_xcm::v5::Xcm as core::convert::Into<u64>>::into');
    assert.deepEqual([ofCore.crate, ofCore.path, ofCore.mentions], ['core', ['convert'], ['staging_xcm', 'core']]);
  });

  it('gives exports to the crate of the runtime', () => {
    const [version, , validate, other] = symbols.read([
      'Core_version',
      '<acme_runtime::Runtime as frame_system::Config>::f',
      'validate_block',
      'other_function',
    ]);
    assert.deepEqual([version?.crate, validate?.crate, other?.crate], ['acme_runtime', 'acme_runtime', undefined]);
  });

  it('keeps the order, also of equal names', () => {
    const names = ['a::b', 'memcpy', 'a::b::h0123456789abcdef', '_ZN1a1b17h0123456789abcdefE', 'c::d', '-', '=1', '=1'];
    assert.deepEqual(
      symbols.read(names).map(({ name }) => name),
      ['a::b', 'memcpy', 'a::b', 'a::b', 'c::d', '-', '=1', '=1'],
    );
  });

  it('replaces unprintable characters', () => {
    assert.equal(read('a\u001b[31mb\n').name, 'a�[31mb�');
    assert.equal(read('a::\u202eb\tc::d').item, 'd');
    assert.doesNotMatch(JSON.stringify(read('x::y\t\u2028\u0000::<z\u009b>::w')), /\\u00|\\t|\\n|\u2028|\u009b/);
    assert.equal(read(Uint8Array.of(0x61, 0xff, 0x62)).name, 'a�b');
  });

  it('bounds names that expand, and the time that many of them take', () => {
    // Each tuple has the one before twice: 2^60 elements.
    let tuple = 'TuuE';
    for (let step = 1; step <= 60; step += 1) tuple = `T${tuple}B${base62('INvC1a1f'.length + step)}E`;
    const name = `_RINvC1a1f${tuple}E`;
    assert.equal(read(name).name.length, 16 * 1024);
    assert.equal(read(name).item, 'f');
    // The end tells copies apart that LLVM made.
    const many = symbols.read(Array.from({ length: 10_000 }, (_, copy) => `${name}.${copy}`));
    assert.equal(many.length, 10_000);
    assert.ok(many.filter((symbol) => symbol.name !== '').length < 2_000);
    assert.equal(read('x'.repeat(100_000)).name.length, 16 * 1024);
  });
});

function base62(value: number): string {
  if (value === 0) return '_';
  const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  let text = '';
  for (let left = value - 1; text === '' || left > 0; left = Math.floor(left / 62)) text = digits[left % 62] + text;
  return `${text}_`;
}
