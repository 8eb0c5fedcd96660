//! The runtime-construction check of the Prechecking kind: what `create_runtime_from_artifact_bytes` can still refuse.
//!
//! Follows `prepare_imports` of sc-executor-wasmtime and wasmtime's `Linker::instantiate_pre`: functions that the host
//! doesn't know become stubs of the type that their last import has; the first import of another type is the error.

use crate::error::{other, PrepareError};
use crate::host_functions::{BASE, ECC_RFC163};
use std::collections::HashMap;
use wasm_instrument::parity_wasm::elements::{External, FunctionType, Module, Type, ValueType};

/// `module` is the code as compiled, so after the memory import is gone.
pub fn construct(module: &Module, ecc_rfc163: bool) -> Result<(), PrepareError> {
    let imports = module.import_section().map(|section| section.entries()).unwrap_or_default();
    let mut asked = Vec::new();
    for import in imports {
        let (space, name) = (import.module(), import.field());
        if space != "env" {
            return refuse(format!("host doesn't provide any imports from non-env module: {space}:{name}"));
        }
        let External::Function(index) = import.external() else {
            return refuse(format!("host doesn't provide any non function imports: {space}:{name}"));
        };
        asked.push((name, signature(module, *index)));
    }
    let given = definitions(&asked, ecc_rfc163);
    for (name, expected) in &asked {
        let found = &given[name];
        if expected != found {
            return refuse(format!(
                "cannot preinstantiate module: incompatible import type for `env::{name}`: types incompatible: \
                 expected type `{expected}`, found type `{found}`"
            ));
        }
    }
    Ok(())
}

/// Each name's type at the host: its own function, or a stub of the last import's type.
fn definitions<'a>(asked: &[(&'a str, String)], ecc_rfc163: bool) -> HashMap<&'a str, String> {
    let mut given: HashMap<&str, String> = asked.iter().cloned().collect();
    let ecc = if ecc_rfc163 { ECC_RFC163 } else { &[] };
    for (name, params, results) in BASE.iter().chain(ecc) {
        if let Some(kind) = given.get_mut(name) {
            *kind = text(params.iter().copied(), results.iter().copied());
        }
    }
    given
}

fn refuse(message: String) -> Result<(), PrepareError> {
    Err(PrepareError::RuntimeConstruction(other(message)))
}

fn signature(module: &Module, index: u32) -> String {
    let types = module.type_section().map(|section| section.types()).unwrap_or_default();
    let none = FunctionType::default();
    // The code has passed the compiler's validation, so the type is there.
    let kind = types.get(index as usize).map_or(&none, |Type::Function(kind)| kind);
    text(kind.params().iter().map(word), kind.results().iter().map(word))
}

/// Wasmtime's way to print a function type.
fn text<'a>(params: impl Iterator<Item = &'a str>, results: impl Iterator<Item = &'a str>) -> String {
    let mut text = "(func".to_string();
    for (group, words) in [("param", params.collect::<Vec<_>>()), ("result", results.collect())] {
        if !words.is_empty() {
            text += &format!(" ({group} {})", words.join(" "));
        }
    }
    text + ")"
}

fn word(value: &ValueType) -> &'static str {
    match value {
        ValueType::I32 => "i32",
        ValueType::I64 => "i64",
        ValueType::F32 => "f32",
        ValueType::F64 => "f64",
    }
}
