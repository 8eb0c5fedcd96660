//! The global allocator: counts every request (tracking.rs), and ends the job when the limit is passed or memory runs out.

use crate::{status, tracking};
use std::alloc::{GlobalAlloc, Layout};

pub struct Tracking;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub static SYSTEM: crate::system_memory::SystemMemory = crate::system_memory::SystemMemory::new();
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
static SYSTEM: std::alloc::System = std::alloc::System;

#[inline]
fn count(change: isize) {
    if !tracking::count(change) {
        end(status::OUT_OF_MEMORY);
    }
}

/// Ends the job when there is no more memory to have.
#[inline]
pub fn granted(pointer: *mut u8) -> *mut u8 {
    if pointer.is_null() {
        end(status::EXHAUSTED)
    }
    pointer
}

#[cold]
#[inline(never)]
fn end(cause: i32) -> ! {
    tracking::lift_limit();
    status::end(cause)
}

// SAFETY: every call is handed on to the system allocator with unchanged arguments.
unsafe impl GlobalAlloc for Tracking {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        granted(unsafe { SYSTEM.alloc(layout) })
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        granted(unsafe { SYSTEM.alloc_zeroed(layout) })
    }

    #[inline]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { SYSTEM.dealloc(pointer, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count(new_size as isize - layout.size() as isize);
        granted(unsafe { SYSTEM.realloc(pointer, layout, new_size) })
    }
}
