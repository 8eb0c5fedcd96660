//! Progress and cancel: a call for each function of the code, from inside the compiler.
//!
//! Cranelift's pass timer is the hook. It must be set in wasm in any case: the default one reads a clock that isn't there.

use crate::status;
use cranelift_codegen::timing::{self, Pass, Profiler};
use std::any::Any;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// Gets `(done, total)` in functions; anything but 0 ends the job. Total counts the instrumented code's functions.
pub type Callback = fn(u32, u32) -> i32;

static DONE: AtomicU32 = AtomicU32::new(0);
static TOTAL: AtomicU32 = AtomicU32::new(0);

struct Hook(Callback);

impl Profiler for Hook {
    fn start_pass(&self, pass: Pass) -> Box<dyn Any> {
        if pass == Pass::wasm_translate_function {
            let done = DONE.fetch_add(1, Relaxed);
            if (self.0)(done, TOTAL.load(Relaxed)) != 0 {
                status::end(status::CANCELLED);
            }
        }
        Box::new(())
    }
}

/// Sets the callback of the calling thread.
pub fn install(callback: Callback) {
    timing::set_thread_profiler(Box::new(Hook(callback)));
}

pub fn start(total: u32) {
    DONE.store(0, Relaxed);
    TOTAL.store(total, Relaxed);
}

pub fn done() -> u32 {
    DONE.load(Relaxed)
}

pub fn total() -> u32 {
    TOTAL.load(Relaxed)
}
