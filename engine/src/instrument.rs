//! Step 3: `prepare_blob_for_compilation` of sc-executor-wasmtime.

use crate::error::{other, PrepareError};
use wasm_instrument::inject_stack_limiter;
use wasm_instrument::parity_wasm::elements::{
    serialize, ExportEntry, External, Internal, MemorySection, MemoryType, Module, Section,
};

/// Injects the stack limiter, turns a memory import into an own, exported memory, takes memory maxima away, serializes.
///
/// `logical_max`: stack items, `StackLogicalMax` of the executor params.
pub fn instrument(module: Module, logical_max: u32) -> Result<Vec<u8>, PrepareError> {
    let mut module = inject_stack_limiter(module, logical_max)
        .map_err(|error| preparation(format!("cannot inject the stack limiter: {error:?}")))?;
    memory_import_to_export(&mut module)?;
    if let Some(section) = module.memory_section_mut() {
        for memory in section.entries_mut() {
            *memory = MemoryType::new(memory.limits().initial(), None);
        }
    }
    Ok(serialize(module).expect("serializing into a vec should succeed; qed"))
}

fn preparation(text: String) -> PrepareError {
    PrepareError::Preparation(other(text))
}

/// `RuntimeBlob::convert_memory_import_into_export`: only the first imported memory.
fn memory_import_to_export(module: &mut Module) -> Result<(), PrepareError> {
    let Some(imports) = module.import_section_mut() else { return Ok(()) };
    let entries = imports.entries_mut();
    let found = entries.iter().enumerate().find_map(|(index, entry)| match entry.external() {
        External::Memory(memory) => Some((index, *memory)),
        _ => None,
    });
    let Some((index, memory)) = found else { return Ok(()) };
    let name = entries.remove(index).field().to_owned();
    module.insert_section(Section::Memory(MemorySection::with_entries(vec![memory]))).map_err(|error| {
        preparation(format!(
            "can't convert a memory import into an export: failed to insert a new memory section: {error}"
        ))
    })?;
    if module.export_section_mut().is_none() {
        module
            .insert_section(Section::Export(Default::default()))
            .expect("export section can be inserted if it doesn't exist; qed");
    }
    module
        .export_section_mut()
        .expect("export section exists or was just inserted; qed")
        .entries_mut()
        .push(ExportEntry::new(name, Internal::Memory(0)));
    Ok(())
}
