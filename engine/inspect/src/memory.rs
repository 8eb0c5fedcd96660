//! The memory behind the program's own data: first the bytes to read, then what is made of them. It grows, and is used again.

use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;

const PAGE: usize = 64 * 1024;

unsafe extern "C" {
    /// Set by the linker: the end of the program's data and stack.
    static __heap_base: u8;
}

/// Parts of the memory one behind the other, by their lengths in bytes. Each begins at a word.
pub struct Memory {
    bytes: Cell<usize>,
    names: Cell<usize>,
    output: Cell<usize>,
}

/// A wasm instance without shared memory has one thread.
struct OneThread(Memory);
unsafe impl Sync for OneThread {}

static MEMORY: OneThread =
    OneThread(Memory { bytes: Cell::new(0), names: Cell::new(0), output: Cell::new(0) });

const WORD: usize = size_of::<u32>();

fn aligned(place: usize) -> Option<usize> {
    place.checked_next_multiple_of(WORD)
}

impl Memory {
    pub fn the_only() -> &'static Self {
        &MEMORY.0
    }

    fn start() -> usize {
        (&raw const __heap_base as usize).next_multiple_of(WORD)
    }

    /// Makes room for the bytes to read. Null when there is no memory left.
    pub fn make_bytes(&self, length: usize) -> *mut u8 {
        self.bytes.set(0);
        self.names.set(0);
        self.output.set(0);
        if !reach(Self::start().checked_add(length).and_then(aligned)) {
            return core::ptr::null_mut();
        }
        self.bytes.set(length);
        Self::start() as *mut u8
    }

    pub fn bytes(&self) -> &'static [u8] {
        // Written by the host between calls only.
        unsafe { core::slice::from_raw_parts(Self::start() as *const u8, self.bytes.get()) }
    }

    /// Where the bytes end, at a word. `make_bytes` made room up to here.
    pub fn behind_bytes(&self) -> usize {
        (Self::start() + self.bytes.get()).next_multiple_of(WORD)
    }

    /// Makes room for so many words behind the bytes. None when there is no memory left.
    pub fn make_names(&self, words: usize) -> Option<*mut u32> {
        self.names.set(0);
        self.output.set(0);
        let length = words.checked_mul(WORD)?;
        if !reach(self.behind_bytes().checked_add(length)) {
            return None;
        }
        self.names.set(length);
        Some(self.behind_bytes() as *mut u32)
    }

    /// The words that `make_names` made room for. Only one caller may hold them at a time.
    pub fn names(&self) -> &'static mut [u32] {
        unsafe { core::slice::from_raw_parts_mut(self.behind_bytes() as *mut u32, self.names.get() / WORD) }
    }

    /// Room for output behind all. None when there is no memory left.
    pub fn make_output(&self, length: usize) -> Option<&'static mut [u8]> {
        let at = self.behind_bytes() + self.names.get();
        self.output.set(0);
        if !reach(at.checked_add(length)) {
            return None;
        }
        // Nothing else uses the memory from here on: the program has no allocator.
        unsafe { Some(core::slice::from_raw_parts_mut(at as *mut u8, length)) }
    }

    pub fn set_output_length(&self, length: usize) {
        self.output.set(length);
    }

    pub fn output_length(&self) -> usize {
        self.output.get()
    }
}

/// Grows the memory up to `end`. False when it cannot.
pub fn reach(end: Option<usize>) -> bool {
    let Some(end) = end else { return false };
    let missing = end.div_ceil(PAGE).saturating_sub(memory_size(0));
    missing == 0 || memory_grow(0, missing) != usize::MAX
}
