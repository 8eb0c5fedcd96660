//! What each function of the code costs: the time to compile it, and the bytes of its machine code.
//!
//! Asked for with `costs=true`. Functions are those of the code as it came in, by their place among those with a body:
//! instrumentation keeps their order and appends thunks. A function's cost holds that of its own body, of the thunk that
//! the stack limiter makes for it, and of the trampolines through which the host calls either. What all functions share is
//! nobody's cost: parsing, linking, and trampolines for calls from the code to the host.
//!
//! Nothing is taken from a store when costs are asked for, since it would have no time. See `Store::look_up`.

use crate::{shard, tracking};
use std::cell::Cell;
use std::sync::{Mutex, OnceLock};
use wasmtime_internal_cranelift::observer::{self, Event};

/// Nanoseconds, of which only differences count. The CPU time of the calling thread, as well as it is known.
pub type Clock = fn() -> u64;

#[derive(Clone, Copy, Default)]
struct Cost {
    nanos: u64,
    bytes: u32,
}

/// Bytes of an encoded cost: nanoseconds as u64, then bytes of machine code as u32, little-endian.
const COST: usize = 12;

static CLOCK: OnceLock<Clock> = OnceLock::new();
/// Two for each function of the instrumented code: its body, then its trampoline. 0 bytes: not compiled.
static PARTS: Mutex<Vec<Cost>> = Mutex::new(Vec::new());

thread_local! {
    /// The part that this thread compiles, and when it began.
    static CURRENT: Cell<Option<(usize, u64)>> = const { Cell::new(None) };
}

/// Once per process or instance, before any job.
pub fn set_clock(clock: Clock) {
    let _ = CLOCK.set(clock);
}

/// Measures from here on. Keeps what was measured before, by a shard of the same code.
pub fn measure(functions: usize) {
    let mut parts = PARTS.lock().expect("no panic while locked");
    if parts.is_empty() {
        *parts = vec![Cost::default(); 2 * functions];
        tracking::disown(size_of_val(&parts[..]));
    }
    observer::set(observe);
}

fn observe(event: Event) {
    match event {
        Event::Body(function) => begin(2 * function as usize),
        Event::Trampoline(function) => begin(2 * function as usize + 1),
        Event::Finished(bytes) => finish(bytes),
    }
}

fn begin(part: usize) {
    CURRENT.set(Some((part, now())));
}

fn finish(bytes: usize) {
    let Some((part, begun)) = CURRENT.take() else { return };
    let nanos = now().saturating_sub(begun);
    keep(&mut PARTS.lock().expect("no panic while locked"), part, Cost { nanos, bytes: bytes as u32 });
}

/// The last pass of a sharded job looks up trampolines that a shard compiled. Their first cost is the real one.
fn keep(parts: &mut [Cost], part: usize, cost: Cost) {
    if let Some(place) = parts.get_mut(part) {
        if place.bytes == 0 {
            *place = cost;
        }
    }
}

fn now() -> u64 {
    CLOCK.get().map_or(0, |clock| clock())
}

/// Drops what was measured of functions of other shares: those were stubs.
pub fn keep_share(code: &[u8], index: usize, count: usize) {
    let shares = shard::shares(code, count).unwrap_or_default();
    let mut parts = PARTS.lock().expect("no panic while locked");
    for (function, costs) in parts.chunks_exact_mut(2).enumerate() {
        if shares.get(function) != Some(&index) {
            costs.fill(Cost::default());
        }
    }
}

/// The parts, for `import` in another instance.
pub fn export() -> Vec<u8> {
    PARTS.lock().expect("no panic while locked").iter().flat_map(encode).collect()
}

/// Takes in what another instance with the same code exported.
pub fn import(bytes: &[u8]) {
    let mut parts = PARTS.lock().expect("no panic while locked");
    for (part, cost) in bytes.chunks_exact(COST).map(decode).enumerate() {
        keep(&mut parts, part, cost);
    }
}

/// How many functions the code had before instrumentation.
#[derive(Clone, Copy)]
pub struct Original {
    pub imports: u32,
    pub bodies: u32,
}

/// The counts of imported functions and of bodies (u32 each), then the cost of each body.
pub fn by_function(code: &[u8], original: Original) -> Vec<u8> {
    let Original { imports, bodies } = original;
    let thunks = shard::thunk_callees(code, bodies as usize).unwrap_or_default();
    let parts = PARTS.lock().expect("no panic while locked");
    let mut costs = vec![Cost::default(); bodies as usize];
    for (function, parts) in parts.chunks_exact(2).enumerate() {
        let caused_by = match function.checked_sub(bodies as usize) {
            None => Some(function),
            Some(thunk) => thunks.get(thunk).and_then(|callee| callee.checked_sub(imports)).map(|body| body as usize),
        };
        let Some(cost) = caused_by.and_then(|body| costs.get_mut(body)) else { continue };
        for part in parts {
            cost.nanos += part.nanos;
            cost.bytes = cost.bytes.saturating_add(part.bytes);
        }
    }
    let counts = [imports, bodies].into_iter().flat_map(u32::to_le_bytes);
    counts.chain(costs.iter().flat_map(encode)).collect()
}

fn encode(cost: &Cost) -> [u8; COST] {
    let mut bytes = [0; COST];
    bytes[..8].copy_from_slice(&cost.nanos.to_le_bytes());
    bytes[8..].copy_from_slice(&cost.bytes.to_le_bytes());
    bytes
}

fn decode(bytes: &[u8]) -> Cost {
    Cost {
        nanos: u64::from_le_bytes(bytes[..8].try_into().expect("8 bytes")),
        bytes: u32::from_le_bytes(bytes[8..].try_into().expect("4 bytes")),
    }
}
