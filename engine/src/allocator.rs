//! The tracking allocator: the arithmetic of staging-tracking-allocator.
//!
//! Every request counts with the size that was asked for; `peak` is the largest sum since `start`. When the peak is above
//! the limit the job ends. Memory that was there before `start` (the input) isn't counted, as in the worker, which
//! receives its request before it starts tracking.
//!
//! Deviation: counters are atomics instead of fields under a spin lock. A job runs in one thread, so sums are the same.

use crate::status;
use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

pub struct Tracking;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
static SYSTEM: crate::system_memory::SystemMemory = crate::system_memory::SystemMemory::new();
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
static SYSTEM: std::alloc::System = std::alloc::System;

static CURRENT: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);
static LIMIT: AtomicIsize = AtomicIsize::new(0);

/// Starts counting from zero. `limit` in bytes; 0 means none.
pub fn start(limit: isize) {
    CURRENT.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    LIMIT.store(limit, Relaxed);
}

/// Takes the limit away and gives the peak in bytes. The worker shows a negative one as 0.
pub fn end() -> isize {
    lift_limit();
    peak()
}

pub fn lift_limit() {
    LIMIT.store(0, Relaxed);
}

/// Bytes that stay allocated but are no part of what the worker would allocate: the store's, which it hasn't.
pub fn disown(bytes: usize) {
    CURRENT.fetch_sub(bytes as isize, Relaxed);
}

pub fn peak() -> isize {
    PEAK.load(Relaxed)
}

pub fn current() -> isize {
    CURRENT.load(Relaxed)
}

#[inline]
fn track(change: isize) {
    let current = CURRENT.fetch_add(change, Relaxed) + change;
    if current > PEAK.load(Relaxed) {
        PEAK.store(current, Relaxed);
        let limit = LIMIT.load(Relaxed);
        if limit != 0 && current > limit {
            passed_limit();
        }
    }
}

#[cold]
#[inline(never)]
fn passed_limit() -> ! {
    lift_limit();
    status::end(status::OUT_OF_MEMORY)
}

#[inline]
fn granted(pointer: *mut u8) -> *mut u8 {
    if pointer.is_null() {
        lift_limit();
        status::end(status::EXHAUSTED)
    }
    pointer
}

// SAFETY: every call is handed on to the system allocator with unchanged arguments.
unsafe impl GlobalAlloc for Tracking {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        track(layout.size() as isize);
        granted(unsafe { SYSTEM.alloc(layout) })
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        track(layout.size() as isize);
        granted(unsafe { SYSTEM.alloc_zeroed(layout) })
    }

    #[inline]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        track(-(layout.size() as isize));
        unsafe { SYSTEM.dealloc(pointer, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        track(new_size as isize - layout.size() as isize);
        granted(unsafe { SYSTEM.realloc(pointer, layout, new_size) })
    }
}
