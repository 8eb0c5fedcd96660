//! How much memory a job has allocated: the arithmetic of staging-tracking-allocator, which the allocator feeds.
//!
//! Every request counts with the size that was asked for; `peak` is the largest sum since `start`. Memory that was there
//! before `start` (the input) isn't counted, as in the worker, which receives its request before it starts tracking.
//!
//! Deviation: counters are atomics instead of fields under a spin lock. A job runs in one thread, so sums are the same.

use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

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

/// Counts an allocation, or as a negative change what is freed. `false`: that passes the limit.
#[inline]
pub fn count(change: isize) -> bool {
    let current = CURRENT.fetch_add(change, Relaxed) + change;
    if current > PEAK.load(Relaxed) {
        PEAK.store(current, Relaxed);
        let limit = LIMIT.load(Relaxed);
        return limit == 0 || current <= limit;
    }
    true
}
