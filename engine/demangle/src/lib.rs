//! Demangles the function names of a runtime, a batch in one call. No heap: input and output lie behind the module's data.
//!
//! Exports, besides `memory`. Numbers are u32, in little endian where they lie in memory.
//!   pvf_demangle_input(length) -> pointer   makes the input buffer; the host writes the batch into it
//!   pvf_demangle_run(count, limit) -> pointer   demangles `count` names; 0 when there is no memory left, or the batch is
//!                                        shorter than it says. `limit`: the most bytes of text that come out
//!   pvf_demangle_length() -> length      of the output
//!
//! The batch: the length of each name, then the bytes of the names.
//! The output: two lengths for each name, in UTF-16 units, then the text (UTF-8): for each name the crate that a v0 symbol
//! says its code was written in (empty where it does not), and the name. Names are without hashes.
//! A name that is no symbol comes out as it is. What exceeds the limits is cut off.
#![no_std]

mod home;
mod memory;
mod text;

use core::fmt::Write;
use memory::Memory;
use text::Text;

/// Longer names are cut off. The longest of real runtimes have 12,000 bytes.
const MAX_NAME_BYTES: usize = 16 * 1024;
const WORD: usize = size_of::<u32>();

#[unsafe(no_mangle)]
pub extern "C" fn pvf_demangle_input(length: usize) -> *mut u8 {
    Memory::the_only().make_input(length)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_demangle_run(count: usize, limit: usize) -> *const u8 {
    let memory = Memory::the_only();
    let Some((input, output)) = memory.split(count.saturating_mul(2 * WORD).saturating_add(limit)) else {
        return core::ptr::null();
    };
    match run(input, output, count) {
        Some(length) => memory.finish(length),
        None => core::ptr::null(),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_demangle_length() -> usize {
    Memory::the_only().output_length()
}

/// Returns the length of the output. None: the input is shorter than it says.
fn run(input: &[u8], output: &mut [u8], count: usize) -> Option<usize> {
    let (lengths, mut names) = input.split_at_checked(count.checked_mul(WORD)?)?;
    let (counts, text) = output.split_at_mut_checked(count.checked_mul(2 * WORD)?)?;
    let mut text = Text::new(text);
    for (length, counts) in lengths.chunks_exact(WORD).zip(counts.chunks_exact_mut(2 * WORD)) {
        let (name, rest) = names.split_at_checked(u32::from_le_bytes(length.try_into().ok()?) as usize)?;
        names = rest;
        let (home, demangled) = write_name(name, &mut text);
        counts[..WORD].copy_from_slice(&home.to_le_bytes());
        counts[WORD..].copy_from_slice(&demangled.to_le_bytes());
    }
    Some(counts.len() + text.length())
}

/// Returns the lengths of both parts.
fn write_name(name: &[u8], text: &mut Text) -> (u32, u32) {
    let mut part = text.part(MAX_NAME_BYTES);
    let Ok(name) = core::str::from_utf8(name) else {
        for chunk in name.utf8_chunks() {
            let _ = part.write_str(chunk.valid());
            let _ = if chunk.invalid().is_empty() { Ok(()) } else { part.write_str("\u{fffd}") };
        }
        return (0, part.finish());
    };
    let symbol = rustc_demangle::demangle(name);
    let _ = part.write_str(home::crate_of(name).unwrap_or_default());
    let home = part.finish();
    let mut part = text.part(MAX_NAME_BYTES);
    // Fails where the text is cut off.
    let _ = write!(part, "{symbol:#}");
    (home, part.finish())
}

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
