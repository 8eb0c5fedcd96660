//! The steps of Polkadot's prepare worker, without its process machinery.
//!
//! Follows polkadot-node-core-pvf-prepare-worker 29.0.0, polkadot-node-core-pvf-common 29.0.0 (`executor_interface.rs`),
//! sc-executor-common 0.47, sc-executor-wasmtime 0.47, sp-maybe-compressed-blob 11.1 and staging-tracking-allocator:
//! the same order, the same error texts, and, with equal CPU flags, the same artifact bytes.

pub mod allocator;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod c_memory;
pub mod compile;
pub mod construct;
pub mod costs;
pub mod decompress;
pub mod error;
pub mod host_functions;
pub mod instrument;
pub mod job;
pub mod options;
pub mod prevalidate;
pub mod progress;
pub mod shard;
pub mod status;
pub mod store;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod system_memory;
pub mod tracking;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub mod abi;

#[global_allocator]
static ALLOCATOR: allocator::Tracking = allocator::Tracking;
