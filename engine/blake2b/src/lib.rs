//! BLAKE2b without a key, for one hash at a time.
//!
//! Exports, besides `memory`. Numbers are u32.
//!   pvf_blake2b_start(length)     begins a hash with a digest of `length` bytes: 1 to 64
//!   pvf_blake2b_buffer() -> pointer   64 KiB, into which the host writes input
//!   pvf_blake2b_update(length)    hashes the first `length` bytes of the buffer
//!   pvf_blake2b_finish()          writes the digest to the start of the buffer
#![no_std]

use blake2b_simd::{Params, State};
use core::cell::RefCell;

const BUFFER_BYTES: usize = 64 * 1024;

/// A wasm instance without shared memory has one thread.
struct OneThread<T>(RefCell<T>);
unsafe impl<T> Sync for OneThread<T> {}

static STATE: OneThread<Option<State>> = OneThread(RefCell::new(None));
/// By itself, because only what is all zeros takes no room in the file.
static BUFFER: OneThread<[u8; BUFFER_BYTES]> = OneThread(RefCell::new([0; BUFFER_BYTES]));

#[unsafe(no_mangle)]
pub extern "C" fn pvf_blake2b_start(length: usize) {
    *STATE.0.borrow_mut() = Some(Params::new().hash_length(length).to_state());
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_blake2b_buffer() -> *const u8 {
    BUFFER.0.borrow().as_ptr()
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_blake2b_update(length: usize) {
    if let Some(state) = &mut *STATE.0.borrow_mut() {
        state.update(&BUFFER.0.borrow()[..length]);
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_blake2b_finish() {
    if let Some(state) = STATE.0.borrow_mut().take() {
        let digest = state.finalize();
        BUFFER.0.borrow_mut()[..digest.as_bytes().len()].copy_from_slice(digest.as_bytes());
    }
}

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
