//! One job: its input, and what each step leaves for the next.

use crate::compile::compile;
use crate::construct::construct;
use crate::costs::{self, Original};
use crate::decompress::decompress;
use crate::error::PrepareError;
use crate::instrument::instrument;
use crate::options::Options;
use crate::prevalidate::prevalidate;
use crate::store::Store;
use crate::{progress, shard};
use std::borrow::Cow;
use std::sync::Arc;
use wasm_instrument::parity_wasm::elements::{deserialize_buffer, ImportCountType, Module};

#[derive(Default)]
pub struct Job {
    pub options: Options,
    pub input: Vec<u8>,
    /// The decompressed code; `None` when the input isn't compressed, and serves itself.
    raw: Option<Vec<u8>>,
    module: Option<Module>,
    original: Option<Original>,
    pub instrumented: Vec<u8>,
    pub artifact: Vec<u8>,
    store: Option<Arc<Store>>,
}

impl Job {
    pub fn new(options: Options, input: Vec<u8>) -> Self {
        Self { options, input, ..Self::default() }
    }

    /// Gives the code's length, `observed_wasm_code_len` of the worker's answer.
    pub fn decompress(&mut self) -> Result<usize, PrepareError> {
        let raw = match decompress(&self.input, self.options.bomb_limit)? {
            Cow::Owned(raw) => Some(raw),
            Cow::Borrowed(_) => None,
        };
        self.raw = raw;
        Ok(self.code().len())
    }

    fn code(&self) -> &[u8] {
        self.raw.as_deref().unwrap_or(&self.input)
    }

    /// Gives the number of functions before instrumentation.
    pub fn prevalidate(&mut self) -> Result<usize, PrepareError> {
        let module = prevalidate(self.code())?;
        let functions = bodies(&module);
        progress::start(functions as u32);
        let imports = module.import_count(ImportCountType::Function) as u32;
        self.original = Some(Original { imports, bodies: functions as u32 });
        self.module = Some(module);
        Ok(functions)
    }

    /// Gives the instrumented code's length.
    pub fn instrument(&mut self) -> Result<usize, PrepareError> {
        let module = self.module.take().expect("prevalidate comes first");
        self.instrumented = instrument(module, self.options.stack_logical_max)?;
        Ok(self.instrumented.len())
    }

    /// Takes in code that another instance has instrumented, so that shards needn't repeat the steps before.
    pub fn take_instrumented(&mut self, code: Vec<u8>) {
        self.instrumented = code;
    }

    /// Gives the artifact's length.
    pub fn compile(&mut self) -> Result<usize, PrepareError> {
        self.start_compiling();
        let store = if self.options.store { Some(self.store().clone()) } else { None };
        if let Some(store) = &store {
            store.look_up(true);
        }
        self.artifact = compile(&self.instrumented, &self.options, store)?;
        Ok(self.artifact.len())
    }

    /// Compiles share `index` of `count` into the store. An invalid function gives the error that the whole code gives,
    /// when it is in this share; the answer of a job is that of the last pass, not of a shard.
    pub fn compile_share(&mut self, index: usize, count: usize) -> Result<usize, PrepareError> {
        let store = self.store().clone();
        self.share(index, count, &store)
    }

    /// The same for several threads with one job and one store.
    pub fn share(&self, index: usize, count: usize, store: &Arc<Store>) -> Result<usize, PrepareError> {
        self.start_compiling();
        store.look_up(!self.options.costs);
        let code = shard::share(&self.instrumented, index, count).expect("instrumented code is well-formed");
        let artifact = compile(&code, &self.options, Some(store.clone()))?;
        if self.options.costs {
            costs::keep_share(&self.instrumented, index, count);
        }
        Ok(artifact.len())
    }

    fn start_compiling(&self) {
        let functions = function_count(&self.instrumented);
        progress::start(functions);
        if self.options.costs {
            costs::measure(functions as usize);
        }
    }

    /// The costs of the functions of the code as it came in, after `compile`. See `costs::by_function`.
    pub fn costs(&self) -> Vec<u8> {
        let original = self.original.expect("prevalidate comes first");
        costs::by_function(&self.instrumented, original)
    }

    /// The runtime-construction check, for the Prechecking kind only; after `compile`.
    pub fn construct(&self) -> Result<usize, PrepareError> {
        // Bodies were parsed often enough; imports and their types are all that the check looks at.
        let interface = shard::interface(&self.instrumented).expect("instrumented code is well-formed");
        let module = deserialize_buffer(&interface).expect("our own serializer wrote it");
        construct(&module, self.options.ecc_rfc163).map(|()| 0)
    }

    pub fn store(&mut self) -> &Arc<Store> {
        self.store.get_or_insert_with(Default::default)
    }
}

fn bodies(module: &Module) -> usize {
    module.code_section().map_or(0, |section| section.bodies().len())
}

/// The number of bodies, read off the code section's start.
fn function_count(code: &[u8]) -> u32 {
    shard::body_count(code).unwrap_or(0) as u32
}
