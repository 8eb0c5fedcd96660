//! Prints one line per host function: `set name params -> results`, in the order in which the worker registers them.
//!
//! The two sets are those of `executor_interface.rs` in polkadot-node-core-pvf-common 29.0.0 (`HostFunctions` and what
//! `HostFunctionsWithEcc` adds to it).

use sp_wasm_interface::{Function, HostFunctions, ValueType};

type Base = (
    sp_io::misc::HostFunctions,
    sp_io::crypto::HostFunctions,
    sp_io::hashing::HostFunctions,
    sp_io::allocator::HostFunctions,
    sp_io::logging::HostFunctions,
    sp_io::trie::HostFunctions,
);

fn word(value: &ValueType) -> &'static str {
    match value {
        ValueType::I32 => "i32",
        ValueType::I64 => "i64",
        ValueType::F32 => "f32",
        ValueType::F64 => "f64",
    }
}

fn print(set: &str, functions: Vec<&'static dyn Function>) {
    for function in functions {
        let signature = function.signature();
        let params: Vec<_> = signature.args.iter().map(word).collect();
        let result = signature.return_value.as_ref().map_or("", word);
        println!("{set} {} {} -> {result}", function.name(), params.join(" "));
    }
}

fn main() {
    print("base", Base::host_functions());
    print("ecc", sp_crypto_ec_utils::HostFunctionsRfc163::host_functions());
}
