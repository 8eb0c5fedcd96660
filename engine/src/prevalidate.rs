//! Step 2: `RuntimeBlob::new` of sc-executor-common.

use crate::error::{other, PrepareError};
use wasm_instrument::parity_wasm::elements::{deserialize_buffer, Module};

const POLKAVM: &str = "expected a WASM runtime blob, found a PolkaVM runtime blob; set the 'SUBSTRATE_ENABLE_POLKAVM' environment variable to enable the experimental PolkaVM-based executor";

/// Parses the code with parity-wasm's MVP grammar. Nothing else is checked here.
pub fn prevalidate(code: &[u8]) -> Result<Module, PrepareError> {
    if code.starts_with(b"PVM\0") {
        return Err(PrepareError::Prevalidation(other(POLKAVM.to_string())));
    }
    deserialize_buffer(code)
        .map_err(|error| PrepareError::Prevalidation(other(format!("cannot deserialize module: {error:?}"))))
}
