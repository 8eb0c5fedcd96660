//! Demangles the function names of a runtime, and divides them into their parts: a batch in one call.
//! No heap: input and output lie behind the module's data.
//!
//! Exports, besides `memory`. Numbers are u32, in little endian where they lie in memory.
//!   pvf_demangle_input(length) -> pointer   makes the input buffer; the host writes the batch into it
//!   pvf_demangle_run(count, limit) -> pointer   demangles `count` names; 0 when there is no memory left, or the batch is
//!                                        shorter than it says. `limit`: the most bytes that come out, besides 2 for each name
//!   pvf_demangle_length() -> length      of the output
//!
//! The batch: the length of each name, then the bytes of the names.
//! The output: UTF-8, a line for each name, whose fields have tabs between them (`record.rs`). Where the limit is reached,
//! lines are `-`. A line for a name that came before is `=` and the number of that line: most legacy symbols of a generic
//! function differ in their hash alone.
#![no_std]

mod brackets;
mod home;
mod memory;
mod mentions;
mod names;
mod output;
mod record;
mod seen;
mod types;

use memory::Memory;
use output::Output;

const WORD: usize = size_of::<u32>();

#[unsafe(no_mangle)]
pub extern "C" fn pvf_demangle_input(length: usize) -> *mut u8 {
    Memory::the_only().make_input(length)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_demangle_run(count: usize, limit: usize) -> *const u8 {
    let memory = Memory::the_only();
    let room = count.saturating_mul(output::LEAST_LINE).saturating_add(limit);
    let Some((input, buffer)) = memory.split(room) else {
        return core::ptr::null();
    };
    match run(input, buffer, count) {
        Some(length) => memory.finish(length),
        None => core::ptr::null(),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_demangle_length() -> usize {
    Memory::the_only().output_length()
}

/// Returns the length of the output. None: the input is shorter than it says.
fn run(input: &[u8], buffer: &mut [u8], count: usize) -> Option<usize> {
    let (lengths, mut names) = input.split_at_checked(count.checked_mul(WORD)?)?;
    let mut output = Output::new(buffer, count);
    for length in lengths.chunks_exact(WORD) {
        let (name, rest) = names.split_at_checked(u32::from_le_bytes(length.try_into().ok()?) as usize)?;
        names = rest;
        output.line(|line| record::write_key(name, line), record::write_parts);
    }
    Some(output.length())
}

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
