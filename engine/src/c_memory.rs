//! C's `malloc`, `calloc` and `free` in the wasm build, for libzstd.
//!
//! They pass by the counting allocator: the worker counts what Rust allocates, and libzstd's memory comes from C's library.

use crate::allocator::{granted, SYSTEM};
use std::alloc::{GlobalAlloc, Layout};
use std::ptr;

const ALIGN: usize = 8;
/// Before each piece stands its size with this head, for `free`.
const HEAD: usize = 8;

fn allocate(size: Option<usize>, take: unsafe fn(Layout) -> *mut u8) -> *mut u8 {
    let whole = size.and_then(|size| size.checked_add(HEAD));
    let Some(layout) = whole.and_then(|whole| Layout::from_size_align(whole, ALIGN).ok()) else {
        return ptr::null_mut();
    };
    // SAFETY: the layout isn't empty; the piece begins with room for the head.
    unsafe {
        let piece = granted(take(layout));
        piece.cast::<usize>().write(layout.size());
        piece.add(HEAD)
    }
}

#[unsafe(no_mangle)]
extern "C" fn malloc(size: usize) -> *mut u8 {
    allocate(Some(size), |layout| unsafe { SYSTEM.alloc(layout) })
}

#[unsafe(no_mangle)]
extern "C" fn calloc(count: usize, size: usize) -> *mut u8 {
    allocate(count.checked_mul(size), |layout| unsafe { SYSTEM.alloc_zeroed(layout) })
}

/// # Safety
/// `pointer` is null or what one of the others gave.
#[unsafe(no_mangle)]
unsafe extern "C" fn free(pointer: *mut u8) {
    if pointer.is_null() {
        return;
    }
    // SAFETY: the head is there, and was written with the layout's size.
    unsafe {
        let piece = pointer.sub(HEAD);
        let layout = Layout::from_size_align_unchecked(piece.cast::<usize>().read(), ALIGN);
        SYSTEM.dealloc(piece, layout);
    }
}
