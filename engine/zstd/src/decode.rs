//! The calls of sp-maybe-compressed-blob 11.1, `decompress_zstd`.
//!
//! What libzstd says of a damaged stream depends on how much of the stream and how much room it is given at once. So the
//! buffers here have the sizes that they have there: what `zstd::Decoder::new` reads by, and a vector that begins with
//! the stream's length.

use crate::frames::Frames;
use std::io::{BufReader, Read};
use zstd::stream::{raw, zio};
use zstd::zstd_safe::DCtx;

pub enum Outcome {
    Decoded(Vec<u8>),
    /// More than the limit comes out.
    OverLimit,
    /// libzstd's words.
    Damaged(String),
}

/// Decodes all frames, up to one byte more than `limit`. Also gives where the last of the frames begins that it came to.
pub fn decode(stream: &[u8], limit: usize) -> (Outcome, usize) {
    let frames = match raw::Decoder::new() {
        Ok(decoder) => Frames::new(decoder),
        Err(error) => return (Outcome::Damaged(error.to_string()), 0),
    };
    // This is `zstd::Decoder::new(stream)`, with a look at where its frames begin.
    let reader = zio::Reader::new(BufReader::with_capacity(DCtx::in_size(), stream), frames);
    let mut reader = reader.take(limit as u64 + 1);
    let mut output = Vec::with_capacity(stream.len());
    let outcome = match reader.read_to_end(&mut output) {
        Ok(_) if output.len() <= limit => Outcome::Decoded(output),
        Ok(_) => Outcome::OverLimit,
        Err(error) => Outcome::Damaged(error.to_string()),
    };
    (outcome, reader.get_mut().operation_mut().start())
}
