/** The sources of a small parachain runtime: the parts that the editor reads, in a realistic form. */

/** Texts by path in the crate's folder. */
export function runtimeSources(crate: string): Readonly<Record<string, string>> {
  return { 'Cargo.toml': manifest(crate), 'build.rs': buildScript, 'src/lib.rs': library(crate) };
}

function manifest(crate: string): string {
  return `[package]
name = "${crate}"
version = "2.0.0"
edition = "2021"
build = "build.rs"

[dependencies]
codec = { package = "parity-scale-codec", version = "3.7", default-features = false, features = ["derive"] }
cumulus-pallet-aura-ext = { version = "0.22", default-features = false }
cumulus-pallet-parachain-system = { version = "0.22", default-features = false }
frame-executive = { version = "42.0", default-features = false }
frame-support = { version = "42.0", default-features = false }
frame-system = { version = "42.0", default-features = false }
sp-version = { version = "40.0", default-features = false }
staging-parachain-info = { version = "0.22", default-features = false }

[build-dependencies]
substrate-wasm-builder = { version = "28.0", optional = true }

[features]
default = ["std"]
std = [
    "codec/std",
    "cumulus-pallet-parachain-system/std",
    "frame-support/std",
    "frame-system/std",
    "substrate-wasm-builder",
]
`;
}

const buildScript = `#[cfg(feature = "std")]
fn main() {
    substrate_wasm_builder::WasmBuilder::build_using_defaults();
}

#[cfg(not(feature = "std"))]
fn main() {}
`;

function library(crate: string): string {
  return `//! The ${crate.replace(/-runtime$/, '')} runtime: a parachain that does nothing but wait for its upgrade.

#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

use frame_support::{construct_runtime, parameter_types, weights::Weight};
use sp_version::RuntimeVersion;

#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
    spec_name: alloc::borrow::Cow::Borrowed("${crate.replace(/-runtime$/, '')}"),
    impl_name: alloc::borrow::Cow::Borrowed("${crate.replace(/-runtime$/, '')}"),
    authoring_version: 1,
    spec_version: 2,
    impl_version: 0,
    apis: RUNTIME_API_VERSIONS,
    transaction_version: 1,
    system_version: 1,
};

parameter_types! {
    pub const BlockHashCount: u32 = 250;
    pub const ReservedXcmpWeight: Weight = MAXIMUM_BLOCK_WEIGHT.saturating_div(4);
}

construct_runtime! {
    pub enum Runtime {
        System: frame_system,
        ParachainSystem: cumulus_pallet_parachain_system,
        ParachainInfo: parachain_info,
        CumulusXcm: cumulus_pallet_xcm,
        SoloToPara: cumulus_pallet_solo_to_para,
    }
}

cumulus_pallet_parachain_system::register_validate_block! {
    Runtime = Runtime,
    BlockExecutor = cumulus_pallet_aura_ext::BlockExecutor::<Runtime, Executive>,
}
`;
}
