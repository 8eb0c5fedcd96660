//! What a job is asked to do: text lines `key=value`, as the host writes them.

/// The target of every artifact: what validators run.
pub const TARGET: &str = "x86_64-unknown-linux-gnu";

#[derive(Clone, Debug)]
pub struct Options {
    /// Cranelift flags of the CPU to compile for (`has_avx2`, ...), one `flag=` line each.
    pub flags: Vec<String>,
    /// Native helper only: take the flags from this machine, as the official worker does. `host_cpu=true`.
    pub host_cpu: bool,
    /// `StackLogicalMax`, stack items. `stack_logical_max=`.
    pub stack_logical_max: u32,
    /// `StackNativeMax`, bytes. Not part of the artifact. `stack_native_max=`.
    pub stack_native_max: u32,
    /// `WasmExtBulkMemory`. `bulk_memory=true`.
    pub bulk_memory: bool,
    /// Most bytes after decompression. `bomb_limit=`.
    pub bomb_limit: usize,
    /// Bytes that the job may have allocated at once; 0 means no limit. `memory_limit=`.
    pub memory_limit: u64,
    /// `EnabledHostFunction(EccRfc163)`: the construction check knows these functions too. `ecc_rfc163=true`.
    pub ecc_rfc163: bool,
    /// Keep each function's code in the store and look there first. `store=true`.
    pub store: bool,
    /// Measure what each function costs; see costs.rs. `costs=true`.
    pub costs: bool,
    /// Native helper only: compile in the threads of the current rayon pool. The bytes are the same.
    pub parallel: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            flags: Vec::new(),
            host_cpu: false,
            stack_logical_max: 65536,
            stack_native_max: 256 * 1024 * 1024,
            bulk_memory: false,
            bomb_limit: 50 * 1024 * 1024,
            memory_limit: 0,
            ecc_rfc163: false,
            store: false,
            costs: false,
            parallel: false,
        }
    }
}

impl Options {
    /// # Errors
    /// A sentence that names the line. Nothing is guessed: an unknown key is an error.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut options = Self::default();
        for line in text.lines().filter(|line| !line.is_empty()) {
            let (key, value) = line.split_once('=').ok_or(format!("Option line without '=': {line}"))?;
            options.set(key, value).map_err(|()| format!("Unusable option line: {line}"))?;
        }
        Ok(options)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), ()> {
        match key {
            "flag" => self.flags.push(value.to_string()),
            "host_cpu" => self.host_cpu = flag(value)?,
            "stack_logical_max" => self.stack_logical_max = number(value)?,
            "stack_native_max" => self.stack_native_max = number(value)?,
            "bulk_memory" => self.bulk_memory = flag(value)?,
            "bomb_limit" => self.bomb_limit = number(value)?,
            "memory_limit" => self.memory_limit = number(value)?,
            "ecc_rfc163" => self.ecc_rfc163 = flag(value)?,
            "store" => self.store = flag(value)?,
            "costs" => self.costs = flag(value)?,
            _ => return Err(()),
        }
        Ok(())
    }

    /// The limit as the allocator takes it. The worker drops one that doesn't fit; here one that can't be reached.
    pub fn allocation_limit(&self) -> isize {
        isize::try_from(self.memory_limit).unwrap_or(0)
    }
}

fn flag(value: &str) -> Result<bool, ()> {
    value.parse().map_err(drop)
}

fn number<T: std::str::FromStr>(value: &str) -> Result<T, ()> {
    value.parse().map_err(drop)
}
