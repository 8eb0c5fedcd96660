//! What inspection needs of a runtime's bytes, in a fraction of the time that JavaScript takes in a fresh process: what its
//! functions call, and what they are called. No heap: everything lies behind the program's own data.
//!
//! Exports, besides `memory`. Numbers are u32, in little endian where they lie in memory. A pointer is 0 when there is no
//! memory left.
//!   pvf_inspect_bytes(length) -> pointer   makes room for the bytes that the others read; the host writes them there
//!   pvf_inspect_code(start, end) -> pointer   reads the code section: the words of `code.rs`
//!   pvf_inspect_names(count) -> pointer   makes room for the start and the end of each name; the host writes them there
//!   pvf_inspect_distinct(count) -> distinct   finds the distinct names: the words of `distinct.rs` at the same pointer
//!   pvf_inspect_demangle(first, count, limit) -> pointer   demangles so many of the distinct names. `limit`: the most bytes
//!                                          that come out, besides 2 for each name
//!   pvf_inspect_length() -> length         of the words of the code, or of the bytes of the names
//!
//! The output of demangling: UTF-8, a line for each name, whose fields have tabs between them (`record.rs`). Where the limit is
//! reached, lines are `-`. A line for a name that demangles as one before is `=` and the number of that line.
#![no_std]

mod brackets;
mod code;
mod distinct;
mod home;
mod instructions;
mod later_instructions;
mod memory;
mod mentions;
mod names;
mod output;
mod reader;
mod record;
mod seen;
mod types;
mod words;

use memory::Memory;
use output::Output;
use words::Words;

#[unsafe(no_mangle)]
pub extern "C" fn pvf_inspect_bytes(length: usize) -> *mut u8 {
    Memory::the_only().make_bytes(length)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_inspect_code(start: usize, end: usize) -> *const u32 {
    let memory = Memory::the_only();
    let bytes = memory.bytes();
    let end = end.min(bytes.len());
    let at = memory.behind_bytes() as *mut u32;
    // Names and output of before are not read any more.
    let mut words = unsafe { Words::new(at) };
    match code::read_code(bytes, start.min(end), end, &mut words) {
        Some(()) => memory.set_output_length(words.length()),
        None => return core::ptr::null(),
    }
    at
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_inspect_names(count: usize) -> *const u32 {
    let names = distinct::words_for(count).and_then(|words| Memory::the_only().make_names(words));
    names.map_or(core::ptr::null(), |at| at)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_inspect_distinct(count: usize) -> usize {
    let memory = Memory::the_only();
    distinct::find_distinct(memory.bytes(), memory.names(), count)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_inspect_demangle(first: usize, count: usize, limit: usize) -> *const u8 {
    let memory = Memory::the_only();
    let room = count.saturating_mul(output::LEAST_LINE).saturating_add(limit);
    let Some(buffer) = memory.make_output(room) else {
        return core::ptr::null();
    };
    let at = buffer.as_ptr();
    let bytes = memory.bytes();
    let mut output = Output::new(buffer, count);
    for range in memory.names()[first * 2..(first + count) * 2].chunks_exact(2) {
        let name = &bytes[range[0] as usize..range[1] as usize];
        output.line(|line| record::write_key(name, line), record::write_parts);
    }
    memory.set_output_length(output.length());
    at
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_inspect_length() -> usize {
    Memory::the_only().output_length()
}

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
