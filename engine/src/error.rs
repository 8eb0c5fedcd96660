//! What a job can end with, numbered like `PrepareError` of polkadot-node-core-pvf-common.

use std::fmt;

/// The variants of `PrepareError` that the job itself can give. Codes are the SCALE discriminants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrepareError {
    Prevalidation(String),
    Preparation(String),
    RuntimeConstruction(String),
    JobError(String),
    TimedOut,
    OutOfMemory,
    CouldNotDecompressCodeBlob(String),
}

impl PrepareError {
    pub fn code(&self) -> i32 {
        match self {
            Self::Prevalidation(_) => 0,
            Self::Preparation(_) => 1,
            Self::RuntimeConstruction(_) => 2,
            Self::JobError(_) => 3,
            Self::TimedOut => 4,
            Self::OutOfMemory => 8,
            Self::CouldNotDecompressCodeBlob(_) => 12,
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Self::Prevalidation(text)
            | Self::Preparation(text)
            | Self::RuntimeConstruction(text)
            | Self::JobError(text)
            | Self::CouldNotDecompressCodeBlob(text) => text,
            Self::TimedOut | Self::OutOfMemory => "",
        }
    }
}

/// Stands for `WasmError::Other` of sc-executor-common, whose `Debug` form is what the worker puts into its answer.
pub struct Other(pub String);

impl fmt::Debug for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Other").field(&self.0).finish()
    }
}

/// The text of `WasmError::Other` as the worker writes it: `Other("...")`, with inner quotes escaped.
pub fn other(text: String) -> String {
    format!("{:?}", Other(text))
}
