//! The wasm build's memory: dlmalloc, as in the standard library of the target, but grown in large steps.
//!
//! Growing by 64 KiB at a time, as the standard library does, costs a tenth of a large job: each `memory.grow` makes the
//! engine's host change page protections, replace the memory's buffer object, and collect the old one.

use core::arch::wasm32;
use dlmalloc::{Allocator, Dlmalloc};
use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr;

const PAGE: usize = 64 * 1024;
const LEAST_STEP: usize = 4 * 1024 * 1024;
const MOST_STEP: usize = 32 * 1024 * 1024;

struct LargeSteps;

impl LargeSteps {
    /// An eighth of what there is, so that a small job stays small. Less than wanted is better than nothing.
    fn grow(pages: usize) -> Option<(usize, usize)> {
        let step = (wasm32::memory_size(0) * PAGE / 8).clamp(LEAST_STEP, MOST_STEP) / PAGE;
        [pages.max(step), pages].into_iter().find_map(|pages| match wasm32::memory_grow(0, pages) {
            usize::MAX => None,
            before => Some((before * PAGE, pages * PAGE)),
        })
    }
}

// SAFETY: memory that `memory.grow` gives is nobody else's, and is never given back.
unsafe impl Allocator for LargeSteps {
    fn alloc(&self, size: usize) -> (*mut u8, usize, u32) {
        match Self::grow(size.div_ceil(PAGE)) {
            // The very end of the address space: a pointer behind it would be 0.
            Some((base, length)) if base.wrapping_add(length) == 0 => (base as *mut u8, length - 16, 0),
            Some((base, length)) => (base as *mut u8, length, 0),
            None => (ptr::null_mut(), 0, 0),
        }
    }

    fn remap(&self, _: *mut u8, _: usize, _: usize, _: bool) -> *mut u8 {
        ptr::null_mut()
    }

    fn free_part(&self, _: *mut u8, _: usize, _: usize) -> bool {
        false
    }

    fn free(&self, _: *mut u8, _: usize) -> bool {
        false
    }

    fn can_release_part(&self, _: u32) -> bool {
        false
    }

    fn allocates_zeros(&self) -> bool {
        true
    }

    fn page_size(&self) -> usize {
        PAGE
    }
}

pub struct SystemMemory(UnsafeCell<Dlmalloc<LargeSteps>>);

// SAFETY: the build is for wasm32 without threads.
unsafe impl Sync for SystemMemory {}

impl SystemMemory {
    pub const fn new() -> Self {
        Self(UnsafeCell::new(Dlmalloc::new_with_allocator(LargeSteps)))
    }
}

// SAFETY: every call is handed on to dlmalloc, whose contracts are the same.
unsafe impl GlobalAlloc for SystemMemory {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { (*self.0.get()).malloc(layout.size(), layout.align()) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { (*self.0.get()).calloc(layout.size(), layout.align()) }
    }

    #[inline]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { (*self.0.get()).free(pointer, layout.size(), layout.align()) }
    }

    #[inline]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        unsafe { (*self.0.get()).realloc(pointer, layout.size(), layout.align(), new_size) }
    }
}
