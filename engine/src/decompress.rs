//! Step 1: decompression, by the crate that the worker uses.

use crate::error::PrepareError;
use std::borrow::Cow;

/// Gives the code as it is when it isn't compressed: the limit isn't applied then, and nothing is copied.
///
/// # Errors
/// `CouldNotDecompressCodeBlob` with one of the two texts of sp-maybe-compressed-blob.
pub fn decompress(blob: &[u8], bomb_limit: usize) -> Result<Cow<'_, [u8]>, PrepareError> {
    sp_maybe_compressed_blob::decompress(blob, bomb_limit)
        .map_err(|error| PrepareError::CouldNotDecompressCodeBlob(error.to_string()))
}
