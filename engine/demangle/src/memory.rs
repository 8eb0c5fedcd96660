//! The memory behind the module's own data: first the input, then the output. It grows, and is used again by the next batch.

use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;

const PAGE: usize = 64 * 1024;

unsafe extern "C" {
    /// Set by the linker: the end of the module's data and stack.
    static __heap_base: u8;
}

pub struct Memory {
    input: Cell<usize>,
    output: Cell<usize>,
}

/// A wasm instance without shared memory has one thread.
struct OneThread(Memory);
unsafe impl Sync for OneThread {}

static MEMORY: OneThread = OneThread(Memory { input: Cell::new(0), output: Cell::new(0) });

impl Memory {
    pub fn the_only() -> &'static Self {
        &MEMORY.0
    }

    fn start() -> usize {
        (&raw const __heap_base) as usize
    }

    /// Null when there is no memory left.
    pub fn make_input(&self, length: usize) -> *mut u8 {
        self.input.set(0);
        self.output.set(0);
        if !reach(Self::start().checked_add(length)) {
            return core::ptr::null_mut();
        }
        self.input.set(length);
        Self::start() as *mut u8
    }

    /// The input, and room for an output. None when there is no memory left.
    pub fn split(&self, output: usize) -> Option<(&'static [u8], &'static mut [u8])> {
        let at = Self::start() + self.input.get();
        self.output.set(0);
        if !reach(at.checked_add(output)) {
            return None;
        }
        // Nothing else uses memory from `__heap_base` on: the module has no allocator. The two do not overlap.
        unsafe {
            Some((
                core::slice::from_raw_parts(Self::start() as *const u8, self.input.get()),
                core::slice::from_raw_parts_mut(at as *mut u8, output),
            ))
        }
    }

    /// Returns where the output is.
    pub fn finish(&self, length: usize) -> *const u8 {
        self.output.set(length);
        (Self::start() + self.input.get()) as *const u8
    }

    pub fn output_length(&self) -> usize {
        self.output.get()
    }
}

/// Grows the memory up to `end`. False when it cannot.
fn reach(end: Option<usize>) -> bool {
    let Some(end) = end else { return false };
    let missing = end.div_ceil(PAGE).saturating_sub(memory_size(0));
    missing == 0 || memory_grow(0, missing) != usize::MAX
}
