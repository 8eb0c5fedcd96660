/**
 * The crates that a runtime is built from without being written by its team. Names are those in symbols: `_` in place of `-`.
 *
 * Source of `published`: the packages in the lock file of a crate that depends on polkadot-sdk 2609.2.0 with the one feature
 * `runtime-full` (`cargo generate-lockfile`, November 2026), without those of the families; and crates of older releases,
 * of Frontier and of C that the runtimes of the test corpus link.
 */

/** The crates of Rust itself; `hashbrown` and the like count as published. */
export const rustCrates: ReadonlySet<string> = new Set(['core', 'alloc', 'std', 'compiler_builtins', '__rustc']);

/** Prefixes under which Polkadot SDK, its bridges, Frontier and ORML publish. `sr_` and `srml_` are those of 2019. */
export const families: readonly string[] = [
  'sp_',
  'sc_',
  'sr_',
  'srml_',
  'frame_',
  'substrate_',
  'cumulus_',
  'polkadot_',
  'staging_',
  'xcm_',
  'snowbridge_',
  'bp_',
  'fp_',
  'orml_',
];

/** How pallets are called: by a part of the name. The crates beside a pallet count with it (`pallet_evm_precompile_blake2`). */
export const palletNames = /^(?:(?:cumulus_|snowbridge_)?pallet_|srml_(?!support)|.*_pallet$)/;

/** Pallets with other names: of Polkadot SDK, and those of ORML's crates that are pallets (open-runtime-module-library, README). */
export const otherPallets: ReadonlySet<string> = new Set([
  'frame_system',
  'parachain_info',
  'staging_parachain_info',
  'parachain_staking',
  'parachain_system',
  'collator_selection',
  'cumulus_ping',
  'polkadot_runtime_common',
  'polkadot_runtime_parachains',
  'nutsfinance_stable_asset',
  'orml_asset_registry',
  'orml_auction',
  'orml_authority',
  'orml_currencies',
  'orml_delay_tasks',
  'orml_gradually_update',
  'orml_nft',
  'orml_oracle',
  'orml_parameters',
  'orml_payments',
  'orml_rewards',
  'orml_tokens',
  'orml_unknown_tokens',
  'orml_vesting',
  'orml_xcm',
  'orml_xtokens',
]);

export const published: ReadonlySet<string> = new Set(
  `
Inflector ahash aho_corasick allocator_api2 alloy_consensus alloy_core alloy_eip2124 alloy_eip2930 alloy_eip7702
alloy_eip7928 alloy_eips alloy_primitives alloy_rlp alloy_rlp_derive alloy_sol_macro alloy_sol_macro_expander
alloy_sol_macro_input alloy_sol_types alloy_trie alloy_tx_macros approx aquamarine ark_bls12_381 ark_bn254 ark_ec
ark_ed_on_bls12_381_bandersnatch ark_ff ark_ff_asm ark_ff_macros ark_poly ark_scale ark_serialize ark_serialize_derive
ark_std ark_transcript ark_vrf array_bytes arrayref arrayvec assert_matches assets_common aurora_engine_modexp
auto_impl autocfg base16ct base64 base64ct binary_merkle_tree bip39 bitcoin bitcoin_hashes bitflags bitvec blake2
blake2b_simd block_buffer block_padding blst bounded_collections bridge_hub_common bridge_runtime_common bs58
byte_slice_cast byteorder bytes cc cfg_expr cfg_if chacha20 codec common_path const_crypto const_format
const_format_proc_macros const_hex const_oid const_random const_random_macro constant_time_eq convert_case core_detect
cpufeatures crc crc_catalog crunchy crypto_bigint crypto_common curve25519_dalek curve25519_dalek_derive
curve25519_dalek_ng darling darling_core darling_macro der derive_more derive_more_impl derive_syn_parse derive_where
digest docify docify_macros downcast_rs dunce dyn_clone ecdsa ed25519 ed25519_dalek ed25519_zebra educe either
elliptic_curve enum_ordinalize enum_ordinalize_derive enumflags2 enumflags2_derive enumn environmental equivalent
ethabi ethabi_decode ethbloom ethereum ethereum_standards ethereum_types evm evm_core evm_gasometer evm_runtime
expander ff fiat_crypto file_guard finality_grandpa find_msvc_tools fixed fixed_hash fnv foldhash fs_err funty futures
futures_channel futures_core futures_io futures_sink futures_task futures_util generic_array getrandom
getrandom_or_panic group hash256_std_hasher hash_db hashbrown heck hex hex_conservative hex_literal hmac hybrid_array
ident_case impl_codec impl_num_traits impl_rlp impl_serde impl_trait_for_tuples include_dir include_dir_macros
indexmap indexmap_nostd inflector integer_sqrt itertools itoa k256 keccak keccak_const konst konst_macro_rules
lazy_static libc libm libsecp256k1 libsecp256k1_core libsecp256k1_gen_ecmult libsecp256k1_gen_genmult log mach
macro_magic macro_magic_core macro_magic_core_macros macro_magic_macros macro_string memchr memory_db merlin
multi_stash nimbus_primitives num num_bigint num_complex num_derive num_enum num_enum_derive num_integer num_iter
num_rational num_traits nutsfinance_stable_asset nybbles once_cell opaque_debug p256 parachains_common
parachains_common_types parity_bip39 parity_codec parity_scale_codec parity_scale_codec_derive parity_wasm paste
pbkdf2 phf phf_generator phf_macros phf_shared picosimd pin_project_lite pkcs8 polkavm polkavm_assembler
polkavm_common polkavm_derive polkavm_derive_impl polkavm_derive_impl_macro polkavm_linux_raw ppv_lite86
precompile_utils prettyplease primeorder primitive_types proc_macro2 proc_macro_crate proc_macro_error
proc_macro_error3 proc_macro_error_attr proc_macro_error_attr3 proc_macro_warning proptest quote radium rand
rand_chacha rand_core rand_xorshift ref_cast ref_cast_impl regex regex_automata regex_syntax registrar_primitives revm
revm_bytecode revm_context revm_context_interface revm_database revm_database_interface revm_handler revm_inspector
revm_interpreter revm_precompile revm_primitives revm_state rfc6979 ring ripemd ripemd160 rlp ruint ruint_macro
rustc_hex rustc_version rustversion ryu safe_mix same_file scale_info scale_info_derive schnorrkel sec1 secp256k1
secp256k1_sys secrecy semver semver_parser serde serde_core serde_derive serde_json serde_spanned serdect sha2
sha2_const_stable sha3 shlex signature siphasher slab slot_range_helper smallvec spin spki ss58_registry ssz_rs
static_assertions string_interner strsim strum strum_macros subtle subtle_ng syn syn_solidity tap termcolor
testnet_parachains_constants thiserror thiserror_impl tiny_keccak tinyvec toml toml_datetime toml_edit toml_parser
toml_write tracing tracing_core tracing_gum_proc_macro trie_db trie_root triehash tt_call tuplex twox_hash typenum
uint unarray unicode_ident unicode_normalization unicode_segmentation unicode_xid valuable verifiable version_check
w3f_pcs w3f_plonk_common w3f_ring_proof walkdir wasmi wasmi_collections wasmi_core wasmparser_nostd winapi
winapi_i686_pc_windows_gnu winapi_util winapi_x86_64_pc_windows_gnu winnow wyz zerocopy zerocopy_derive zeroize
zeroize_derive zmij zstd_sys
`
    .trim()
    .split(/\s+/),
);
