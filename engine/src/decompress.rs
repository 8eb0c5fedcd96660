//! Step 1: sp-maybe-compressed-blob, with a decoder written in Rust in place of the zstd library.

use crate::error::PrepareError;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::borrow::Cow;
use std::io::Read;

/// Marks a compressed blob; a zstd stream follows.
const ZSTD_PREFIX: [u8; 8] = [82, 188, 83, 118, 70, 219, 142, 5];
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// The zstd library refuses larger windows in streams unless told otherwise (`ZSTD_WINDOWLOG_LIMIT_DEFAULT` = 27).
const LIBRARY_WINDOW_MAX: u64 = 1 << 27;
/// `MAXIMUM_ALLOWED_WINDOW_SIZE` of ruzstd.
const RUST_WINDOW_MAX: u64 = 100 * 1024 * 1024;
/// 64 MiB: a window that the Rust decoder takes (it refuses above 100 MiB). See `tame_window`.
const TAMED_WINDOW_BYTE: u8 = 16 << 3;

/// Gives the code as it is when it isn't compressed: the limit isn't applied then, and nothing is copied.
///
/// # Errors
/// `CouldNotDecompressCodeBlob` with one of the two texts of sp-maybe-compressed-blob.
pub fn decompress(blob: &[u8], bomb_limit: usize) -> Result<Cow<'_, [u8]>, PrepareError> {
    match blob.strip_prefix(&ZSTD_PREFIX) {
        None => Ok(Cow::Borrowed(blob)),
        Some(stream) => unzstd(stream, bomb_limit)
            .map(Cow::Owned)
            .map_err(|text| PrepareError::CouldNotDecompressCodeBlob(text.into())),
    }
}

const INVALID: &str = "Blob had invalid format";
const BOMB: &str = "Possible compression bomb encountered";

/// Concatenated frames are accepted and skippable ones passed over, as the zstd library's reader does.
fn unzstd(mut stream: &[u8], bomb_limit: usize) -> Result<Vec<u8>, &'static str> {
    if stream.is_empty() {
        return Err(INVALID);
    }
    let mut output = Vec::with_capacity(stream.len());
    let mut decoder = FrameDecoder::new();
    while !stream.is_empty() {
        let window = Window::of(stream);
        let started = match window {
            Some(Window::Declared(size) | Window::Whole(size)) if size > LIBRARY_WINDOW_MAX => return Err(INVALID),
            Some(Window::Whole(size)) if size > RUST_WINDOW_MAX && size > bomb_limit as u64 => return Err(BOMB),
            Some(Window::Declared(size)) if size > RUST_WINDOW_MAX => tame_window(&mut decoder, &mut stream),
            _ => decoder.init(&mut stream),
        };
        match started {
            Ok(()) => frame(&mut decoder, &mut stream, &mut output, bomb_limit)?,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                stream = stream.get(length as usize..).ok_or(INVALID)?;
            }
            Err(_) => return Err(INVALID),
        }
    }
    Ok(output)
}

enum Window {
    /// A window descriptor, in bytes.
    Declared(u64),
    /// Single segment: the window is the whole content.
    Whole(u64),
}

impl Window {
    /// Reads the frame header's start; `None` when it isn't a zstd frame or too short. RFC 8878, section 3.1.1.1.
    fn of(stream: &[u8]) -> Option<Self> {
        let descriptor = *stream.strip_prefix(&ZSTD_MAGIC)?.first()?;
        let single_segment = descriptor & 0x20 != 0;
        if !single_segment {
            let byte = u64::from(*stream.get(5)?);
            let base = 1u64 << (10 + (byte >> 3));
            return Some(Self::Declared(base + (base / 8) * (byte & 7)));
        }
        let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
        let length = [1, 2, 4, 8][usize::from(descriptor >> 6)];
        let field = stream.get(5 + dictionary..5 + dictionary + length)?;
        let value = field.iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
        Some(Self::Whole(if length == 2 { value + 256 } else { value }))
    }
}

/// Starts a frame whose declared window is above what the Rust decoder takes with a smaller declared one.
///
/// Blobs compressed in a stream at level 22 declare 128 MiB whatever their size. The window only bounds how far back a
/// match may reach; with 64 MiB kept every blob of up to 64 MiB decodes alike, and a larger one is a bomb.
fn tame_window(decoder: &mut FrameDecoder, stream: &mut &[u8]) -> Result<(), FrameDecoderError> {
    let mut header = stream[..stream.len().min(18)].to_vec();
    header[5] = TAMED_WINDOW_BYTE;
    let taken = {
        let mut source = &header[..];
        decoder.init(&mut source)?;
        header.len() - source.len()
    };
    *stream = &stream[taken..];
    Ok(())
}

/// Decodes one frame's blocks, and stops as soon as the output is above the limit.
fn frame(
    decoder: &mut FrameDecoder,
    stream: &mut &[u8],
    output: &mut Vec<u8>,
    bomb_limit: usize,
) -> Result<(), &'static str> {
    loop {
        let done = decoder
            .decode_blocks(&mut *stream, BlockDecodingStrategy::UptoBytes(1 << 17))
            .map_err(|_| INVALID)?;
        Read::read_to_end(&mut *decoder, output).map_err(|_| INVALID)?;
        if output.len() > bomb_limit {
            return Err(BOMB);
        }
        if done {
            break;
        }
    }
    match (decoder.get_checksum_from_data(), decoder.get_calculated_checksum()) {
        (Some(stored), Some(found)) if stored != found => Err(INVALID),
        _ => Ok(()),
    }
}
