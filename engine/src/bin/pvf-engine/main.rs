//! The native helper: one job per process, the same steps at native speed, the functions compiled in several threads.
//!
//! `pvf-engine OPTIONS BLOB ARTIFACT [--kind prechecking|compilation] [--threads N] [--store FILE] [--costs FILE]
//!            [--cpu-limit-ms N]`
//!   OPTIONS   a file of option lines (see options.rs), or `-` for none: then the flags of this machine are used
//!   BLOB      the code as it is on chain, or `-` for standard input: there its length comes first (u64, little-endian),
//!             and the end of the input means that nobody wants the answer any more
//!   ARTIFACT  where the artifact goes; written only when the job succeeds
//!   --threads as many as there are processors, unless told. With one, memory is what the official worker's is
//!   --store   a store of compiled functions: read if it is there, written anew after success
//!   --costs   what each function cost (see costs.rs); written after success. Then the store is neither read nor written
//! Standard output has one JSON object per line (see answer.rs); the last is the result. The exit status is 0 whenever
//! there is a result, be it an error of the code; 2 when the call itself is wrong, 3 when nobody listens.
//! `pvf-engine --version` prints the engine's version.

mod answer;
mod call;
mod cpu_time;
mod watch;

use answer::{timed, Done};
use call::{read_call, Call};
use pvf_engine::error::PrepareError;
use pvf_engine::job::Job;
use pvf_engine::store::Selection;
use pvf_engine::{costs, progress, status, tracking};

/// Room for the recursion of compiler and parser; touched only where it is needed.
const STACK_BYTES: usize = 64 << 20;
/// `PrepareError::IoErr`: the artifact can't be written.
const IO_ERROR: i32 = 5;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words == ["--version"] {
        println!("pvf-engine {}", env!("CARGO_PKG_VERSION"));
        return;
    }
    let call = read_call(&words).unwrap_or_else(|text| {
        eprintln!("pvf-engine: {text}");
        std::process::exit(2)
    });
    status::install_panic_hook();
    status::set_handler(answer::ended);
    if let Some(limit) = call.cpu_limit {
        watch::cpu_limit(limit, call.threads);
    }
    if call.tied {
        watch::input_end();
    }
    // The main thread's stack is the system's choice.
    let job = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || work(call));
    let _ = job.expect("threads can be made").join();
}

fn work(call: Call) -> ! {
    progress::install(answer::report);
    let path = call.artifact.clone();
    match run(call) {
        Ok((done, artifact)) => match std::fs::write(path, artifact) {
            Ok(()) => answer::done(&done),
            Err(error) => answer::problem(IO_ERROR, &error.to_string()),
        },
        Err(error) => answer::refused(&error),
    }
}

fn run(call: Call) -> Result<(Done, Vec<u8>), PrepareError> {
    let mut job = Job::new(call.options, call.blob);
    job.options.costs |= call.costs.is_some();
    costs::set_clock(cpu_time::thread_nanos);
    let store = call.store.filter(|_| !job.options.costs);
    let old = store.as_ref().and_then(|path| std::fs::read(path).ok());
    tracking::start(job.options.allocation_limit());
    if let Some(bytes) = old {
        timed("import", || job.store().import(&bytes));
    }
    job.options.store |= store.is_some();
    job.options.parallel = call.threads > 1;
    let code_length = timed("decompress", || job.decompress())?;
    answer::decompressed(code_length);
    let functions = timed("prevalidate", || job.prevalidate())?;
    let instrumented_length = timed("instrument", || job.instrument())?;
    timed("compile", || in_threads(call.threads, || job.compile()))?;
    if call.prechecking {
        timed("construct", || job.construct())?;
    }
    let stored = if job.options.store { [job.store().hits(), job.store().misses()] } else { [0, 0] };
    if let Some(path) = store {
        // A store that can't be written costs time on the next run, nothing else.
        timed("export", || std::fs::write(path, job.store().export(Selection::Needed)).ok());
    }
    if let Some(path) = call.costs {
        // The caller sees that there are none.
        timed("costs", || std::fs::write(path, job.costs()).ok());
    }
    let artifact = std::mem::take(&mut job.artifact);
    Ok((Done { code_length, functions, instrumented_length, artifact_length: artifact.len(), stored }, artifact))
}

/// Wasmtime compiles functions in the pool that it is called in.
fn in_threads<T: Send>(count: usize, action: impl FnOnce() -> T + Send) -> T {
    if count == 1 {
        return action();
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(count)
        .stack_size(STACK_BYTES)
        .start_handler(|_| progress::install(answer::report))
        .build()
        .expect("threads can be made")
        .install(action)
}
