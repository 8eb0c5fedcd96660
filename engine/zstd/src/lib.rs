//! Decompression of a blob as sp-maybe-compressed-blob 11.1 does it, for inspection: it also says what is wrong and where.
//!
//! Exports, besides `memory`. Lengths and pointers are u32.
//!   pvf_zstd_input(length) -> pointer    makes the input buffer; the host writes the zstd stream into it
//!   pvf_zstd_decode(limit) -> outcome    0 decoded, 1 more than `limit` bytes come out, 2 damaged
//!   pvf_zstd_pointer(), pvf_zstd_length()   what was decoded, or why it is damaged (UTF-8)
//!   pvf_zstd_frame() -> offset           where the frame begins that was decoded last
//! One instance decodes one blob. A trap means that there is no memory left.

mod decode;
mod frames;

use decode::{decode, Outcome};
use std::cell::RefCell;

#[derive(Default)]
struct State {
    input: Vec<u8>,
    result: Vec<u8>,
    frame: usize,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

fn with<T>(action: impl FnOnce(&mut State) -> T) -> T {
    STATE.with_borrow_mut(action)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_zstd_input(length: usize) -> *mut u8 {
    with(|state| {
        state.input = vec![0; length];
        state.input.as_mut_ptr()
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_zstd_decode(limit: usize) -> u32 {
    with(|state| {
        let (outcome, frame) = decode(&state.input, limit);
        state.frame = frame;
        match outcome {
            Outcome::Decoded(bytes) => {
                state.result = bytes;
                0
            }
            Outcome::OverLimit => 1,
            Outcome::Damaged(reason) => {
                state.result = reason.into_bytes();
                2
            }
        }
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_zstd_pointer() -> *const u8 {
    with(|state| state.result.as_ptr())
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_zstd_length() -> usize {
    with(|state| state.result.len())
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_zstd_frame() -> usize {
    with(|state| state.frame)
}
