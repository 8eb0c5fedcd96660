//! How a job ends before its steps return: memory limit, cancel, panic.
//!
//! In wasm the instance traps; the host then reads `pvf_status` and, for a panic, its text. An instance that trapped
//! must not be used again. In the native helper a handler reports and ends the process.

use crate::tracking;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock};

/// Nothing ended the job early.
pub const RUNNING: i32 = -1;
/// A panic: `PrepareError::JobError` with the panic's text.
pub const PANICKED: i32 = 3;
/// The progress callback asked to stop; the host knows why (a time limit gives `PrepareError::TimedOut`).
pub const CANCELLED: i32 = 4;
/// The memory limit was passed: `PrepareError::OutOfMemory`.
pub const OUT_OF_MEMORY: i32 = 8;
/// The machine has no more memory, whatever the limit says. Not a verdict on the code.
pub const EXHAUSTED: i32 = 100;

static STATUS: AtomicI32 = AtomicI32::new(RUNNING);
static PANIC_TEXT: Mutex<String> = Mutex::new(String::new());
static HANDLER: OnceLock<fn(i32) -> !> = OnceLock::new();

pub fn status() -> i32 {
    STATUS.load(Relaxed)
}

pub fn reset() {
    STATUS.store(RUNNING, Relaxed);
}

/// What a native program does when a job ends early. Without one the process aborts.
pub fn set_handler(handler: fn(i32) -> !) {
    let _ = HANDLER.set(handler);
}

/// Ends the job. The first cause stays: an allocation that fails makes a panic of its own.
pub fn end(cause: i32) -> ! {
    if STATUS.compare_exchange(RUNNING, cause, Relaxed, Relaxed).is_ok() {
        if let Some(handler) = HANDLER.get() {
            handler(cause);
        }
    }
    #[cfg(target_arch = "wasm32")]
    core::arch::wasm32::unreachable();
    #[cfg(not(target_arch = "wasm32"))]
    std::process::abort();
}

pub fn panic_text() -> String {
    PANIC_TEXT.lock().map(|text| text.clone()).unwrap_or_default()
}

/// Keeps the text that the worker would send in `JobError` (its `stringify_panic_payload`), then ends the job.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|info| {
        tracking::lift_limit();
        let payload = info.payload();
        let text = match (payload.downcast_ref::<&'static str>(), payload.downcast_ref::<String>()) {
            (Some(text), _) => text.to_string(),
            (None, Some(text)) => text.clone(),
            (None, None) => "unknown panic payload".to_string(),
        };
        if let Ok(mut kept) = PANIC_TEXT.lock() {
            *kept = text;
        }
        end(PANICKED)
    }));
}
