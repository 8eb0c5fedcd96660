//! Step 4: `common_config` and `precompile_module` of sc-executor-wasmtime.

use crate::error::{other, PrepareError};
use crate::options::{Options, TARGET};
use crate::store::Store;
use crate::shard;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use wasmtime::{Config, Engine, OptLevel};

/// Of this crate; to be raised with wasmtime's.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Compiles instrumented code to the artifact's bytes.
pub fn compile(code: &[u8], options: &Options, store: Option<Arc<Store>>) -> Result<Vec<u8>, PrepareError> {
    if let Some(store) = &store {
        store.set_environment(environment(code, options));
    }
    let engine = config(options, store)
        .and_then(|config| Engine::new(&config))
        .map_err(|error| PrepareError::Preparation(other(format!("cannot create the engine: {error:#}"))))?;
    engine
        .precompile_module(code)
        .map_err(|error| PrepareError::Preparation(other(format!("cannot precompile module: {error:#}"))))
}

/// A digest of the module without its bodies, of the options that enter code, and of the compiler's version.
fn environment(code: &[u8], options: &Options) -> Vec<u8> {
    let settings = format!("{VERSION}|{TARGET}|{}|{}|{:?}|", options.bulk_memory, options.host_cpu, options.flags);
    let module = shard::environment(code).unwrap_or_default();
    Sha256::new().chain_update(settings).chain_update(module).finalize().to_vec()
}

fn config(options: &Options, store: Option<Arc<Store>>) -> wasmtime::Result<Config> {
    let mut config = Config::new();
    if !options.host_cpu {
        config.target(TARGET)?;
        for flag in &options.flags {
            // SAFETY: the artifact isn't run here; flags only choose instructions.
            unsafe { config.cranelift_flag_enable(flag) };
        }
    }
    config.cranelift_opt_level(OptLevel::SpeedAndSize);
    config.cranelift_nan_canonicalization(true);
    config.max_wasm_stack(options.stack_native_max as usize);
    // The worker turns parallel compilation off, the wasm build hasn't the feature. It changes no code: functions are
    // compiled alone, and put together in their order.
    #[cfg(feature = "native")]
    config.parallel_compilation(options.parallel);
    config.wasm_reference_types(false);
    config.wasm_simd(false);
    config.wasm_relaxed_simd(false);
    config.wasm_bulk_memory(options.bulk_memory);
    config.wasm_multi_value(false);
    config.wasm_multi_memory(false);
    config.wasm_threads(false);
    config.wasm_memory64(false);
    config.wasm_tail_call(false);
    config.wasm_extended_const(false);
    // RecreateInstanceCopyOnWrite.
    config.memory_init_cow(true);
    config.memory_guaranteed_dense_image_size(u64::MAX);
    if let Some(store) = store {
        config.enable_incremental_compilation(store)?;
    }
    Ok(config)
}

