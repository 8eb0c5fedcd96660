//! The exports and imports of the wasm32 build. One instance does one job; make a fresh one for the next.
//!
//! Imports, module `host`:
//!   progress(done: u32, total: u32) -> i32   before each function is compiled; anything but 0 ends the job
//!   now() -> f64                             nanoseconds of CPU time of this thread; only for costs
//!   log(pointer, length)                     a line for developers, UTF-8
//!
//! Exports, besides `memory`. Lengths and pointers are u32. A step gives >= 0 (what it says) or -1: then the code
//! in pvf_stat(1) is the discriminant of `PrepareError`, and buffer 0 its text. A trap ends the job: pvf_stat(0) then says why.
//!   pvf_init()                      once, first
//!   pvf_input(length) -> pointer    makes the input buffer (kept until the next call); the host writes into it
//!   pvf_options() -> 0 | -1         takes the input buffer as option lines (see options.rs)
//!   pvf_start()                     starts tracking memory, with the limit of the options. The blob must be in the input
//!   pvf_decompress()                -> bytes of the code
//!   pvf_prevalidate()               -> functions
//!   pvf_instrument()                -> bytes
//!   pvf_compile()                   -> bytes of the artifact
//!   pvf_construct()                 -> 0; for the Prechecking kind, after pvf_compile
//!   pvf_end() -> peak               stops tracking; bytes, may be negative
//!   pvf_set_instrumented()          takes the input buffer as instrumented code, in place of the steps before compile
//!   pvf_compile_share(k, n)         -> ; compiles the functions with index % n == k into the store
//!   pvf_store_import()              -> entries taken from the input buffer; damaged ones are left out
//!   pvf_store_export(what) -> bytes into buffer 3; what: 0 entries made here, 1 those and all that were used
//!   pvf_costs_import()              takes the costs that another instance measured from the input buffer
//!   pvf_costs_export(what) -> bytes into buffer 4; what: 0 for another instance, 1 by function (see costs.rs)
//!   pvf_pointer(buffer), pvf_length(buffer)   0 error or panic text, 1 instrumented code, 2 artifact, 3 store export, 4 costs
//!   pvf_stat(which)                 0 status, 1 error code, 2 peak bytes, 3 current bytes, 4 functions done,
//!                                   5 functions in all, 6 store hits, 7 store misses
//! Status: -1 none, 3 panic, 4 cancelled, 8 memory limit, 100 no more memory to have.

use crate::error::PrepareError;
use crate::job::Job;
use crate::options::Options;
use crate::store::Selection;
use crate::{costs, progress, status, tracking};
use std::cell::RefCell;

mod host {
    #[link(wasm_import_module = "host")]
    unsafe extern "C" {
        pub fn progress(done: u32, total: u32) -> i32;
        pub fn now() -> f64;
        pub fn log(pointer: *const u8, length: usize);
    }
}

#[derive(Default)]
struct State {
    job: Job,
    error_code: i32,
    text: Vec<u8>,
    export: Vec<u8>,
    costs: Vec<u8>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::new(State { error_code: -1, ..State::default() });
}

fn with<T>(action: impl FnOnce(&mut State) -> T) -> T {
    STATE.with(|state| action(&mut state.borrow_mut()))
}

fn step(action: impl FnOnce(&mut Job) -> Result<usize, PrepareError>) -> i32 {
    with(|state| match action(&mut state.job) {
        Ok(number) => number as i32,
        Err(error) => {
            tracking::lift_limit();
            state.error_code = error.code();
            state.text = error.text().as_bytes().to_vec();
            -1
        }
    })
}

fn report(done: u32, total: u32) -> i32 {
    // SAFETY: the host's function takes two numbers.
    unsafe { host::progress(done, total) }
}

fn now() -> u64 {
    // SAFETY: the host's function takes nothing.
    unsafe { host::now() as u64 }
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_init() {
    status::install_panic_hook();
    progress::install(report);
    costs::set_clock(now);
    let line = concat!("pvf-engine ", env!("CARGO_PKG_VERSION"));
    // SAFETY: pointer and length are those of a string.
    unsafe { host::log(line.as_ptr(), line.len()) }
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_input(length: usize) -> *mut u8 {
    with(|state| {
        state.job.input = Vec::new();
        state.job.input = vec![0; length];
        state.job.input.as_mut_ptr()
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_options() -> i32 {
    with(|state| {
        let input = std::mem::take(&mut state.job.input);
        match Options::parse(&String::from_utf8_lossy(&input)) {
            Ok(options) => {
                state.job.options = options;
                0
            }
            Err(text) => {
                state.text = text.into_bytes();
                -1
            }
        }
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_start() {
    status::reset();
    tracking::start(with(|state| state.job.options.allocation_limit()));
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_end() -> isize {
    tracking::end()
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_decompress() -> i32 {
    step(Job::decompress)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_prevalidate() -> i32 {
    step(Job::prevalidate)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_instrument() -> i32 {
    step(Job::instrument)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_compile() -> i32 {
    step(Job::compile)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_construct() -> i32 {
    step(|job| job.construct())
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_set_instrumented() {
    with(|state| {
        let code = std::mem::take(&mut state.job.input);
        state.job.take_instrumented(code);
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_compile_share(index: usize, count: usize) -> i32 {
    step(|job| job.compile_share(index, count))
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_store_import() -> u32 {
    with(|state| {
        let bytes = std::mem::take(&mut state.job.input);
        state.job.store().import(&bytes).0
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_store_export(what: u32) -> usize {
    with(|state| {
        let selection = if what == 0 { Selection::New } else { Selection::Needed };
        state.export = state.job.store().export(selection);
        state.export.len()
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_costs_import() {
    with(|state| costs::import(&std::mem::take(&mut state.job.input)))
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_costs_export(what: u32) -> usize {
    with(|state| {
        state.costs = if what == 0 { costs::export() } else { state.job.costs() };
        state.costs.len()
    })
}

fn buffer<T>(which: u32, read: impl FnOnce(&[u8]) -> T) -> T {
    if which == 0 && status::status() == status::PANICKED {
        let text = status::panic_text();
        return with_text(text.into_bytes(), read);
    }
    with(|state| match which {
        0 => read(&state.text),
        1 => read(&state.job.instrumented),
        2 => read(&state.job.artifact),
        3 => read(&state.export),
        _ => read(&state.costs),
    })
}

/// A panic leaves the state borrowed; its text then stays in memory of its own, once.
fn with_text<T>(text: Vec<u8>, read: impl FnOnce(&[u8]) -> T) -> T {
    read(text.leak())
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_pointer(which: u32) -> *const u8 {
    buffer(which, <[u8]>::as_ptr)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_length(which: u32) -> usize {
    buffer(which, <[u8]>::len)
}

#[unsafe(no_mangle)]
pub extern "C" fn pvf_stat(which: u32) -> i32 {
    match which {
        0 => status::status(),
        1 => with(|state| state.error_code),
        2 => tracking::peak() as i32,
        3 => tracking::current() as i32,
        4 => progress::done() as i32,
        5 => progress::total() as i32,
        6 => with(|state| state.job.store().hits() as i32),
        _ => with(|state| state.job.store().misses() as i32),
    }
}
