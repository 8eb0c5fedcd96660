//! The native helper: one job per process, the same steps at native speed.
//!
//! `pvf-engine OPTIONS BLOB ARTIFACT [--kind prechecking|compilation] [--threads N] [--store FILE]`
//!   OPTIONS   a file of option lines (see options.rs), or `-` for none: then the flags of this machine are used
//!   BLOB      the code as it is on chain, or `-` for standard input
//!   ARTIFACT  where the artifact goes; written only when the job succeeds
//!   --store   a store of compiled functions: read if it is there, written anew after success
//! Standard output has one JSON object per line: `{"progress":[done,total]}` and, last, the result. The exit status is 0
//! whenever there is a result, be it an error of the code; 2 when the call itself is wrong.

use pvf_engine::error::PrepareError;
use pvf_engine::job::Job;
use pvf_engine::options::Options;
use pvf_engine::store::{Selection, Store};
use pvf_engine::{allocator, progress, status};
use std::io::{Read, Write};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::Arc;
use std::time::Instant;

/// Fewer functions than this aren't worth a second thread: the last pass costs more than the shards save.
const THREADS_FROM: usize = 2000;

struct Call {
    options: Options,
    blob: Vec<u8>,
    artifact: String,
    prechecking: bool,
    threads: usize,
    store: Option<String>,
}

fn main() {
    let call = match read_call() {
        Ok(call) => call,
        Err(text) => {
            eprintln!("pvf-engine: {text}");
            std::process::exit(2);
        }
    };
    status::install_panic_hook();
    status::set_handler(ended);
    progress::install(report);
    let artifact = call.artifact.clone();
    let mut steps = Steps::default();
    match run(call, &mut steps) {
        Ok(done) => match std::fs::write(&artifact, &done.artifact) {
            Ok(()) => finish(&format!("\"ok\":{{\"code_length\":{},\"artifact_length\":{}}}", done.code, done.artifact.len()), &steps),
            Err(error) => finish(&problem(5, &error.to_string()), &steps),
        },
        Err(error) => finish(&problem(error.code(), error.text()), &steps),
    }
}

fn read_call() -> Result<Call, String> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [options, blob, artifact, rest @ ..] = words.as_slice() else {
        return Err("OPTIONS BLOB ARTIFACT are needed".into());
    };
    let options = match options.as_str() {
        "-" => Options { host_cpu: cfg!(all(target_arch = "x86_64", target_os = "linux")), ..Options::default() },
        path => Options::parse(&std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?)?,
    };
    let mut call = Call {
        options,
        blob: read_blob(blob)?,
        artifact: artifact.clone(),
        prechecking: true,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        store: None,
    };
    for pair in rest.chunks(2) {
        match pair {
            [word, kind] if word == "--kind" => call.prechecking = kind == "prechecking",
            [word, count] if word == "--threads" => call.threads = count.parse().map_err(|_| "--threads: not a number")?,
            [word, path] if word == "--store" => call.store = Some(path.clone()),
            _ => return Err(format!("unknown words: {}", pair.join(" "))),
        }
    }
    Ok(call)
}

fn read_blob(path: &str) -> Result<Vec<u8>, String> {
    if path != "-" {
        return std::fs::read(path).map_err(|error| format!("{path}: {error}"));
    }
    let mut blob = Vec::new();
    std::io::stdin().read_to_end(&mut blob).map_err(|error| error.to_string())?;
    Ok(blob)
}

struct Done {
    code: usize,
    artifact: Vec<u8>,
}

#[derive(Default)]
struct Steps(Vec<(&'static str, u128)>);

impl Steps {
    fn time<T>(&mut self, name: &'static str, action: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = action();
        self.0.push((name, start.elapsed().as_micros()));
        result
    }
}

fn run(call: Call, steps: &mut Steps) -> Result<Done, PrepareError> {
    let mut job = Job::new(call.options, call.blob);
    let old = call.store.as_ref().and_then(|path| std::fs::read(path).ok());
    allocator::start(job.options.allocation_limit());
    if let Some(bytes) = old {
        job.store().import(&bytes);
        drop(bytes);
    }
    job.options.store |= call.store.is_some();
    let code = steps.time("decompress", || job.decompress())?;
    let functions = steps.time("prevalidate", || job.prevalidate())?;
    steps.time("instrument", || job.instrument())?;
    if call.threads > 1 && functions >= THREADS_FROM {
        let store = job.store().clone();
        steps.time("shards", || shards(&job, &store, call.threads));
        job.options.store = true;
        FINAL.store(1, Relaxed);
    }
    steps.time("compile", || job.compile())?;
    if call.prechecking {
        steps.time("construct", || job.construct())?;
    }
    if let Some(path) = call.store {
        // A store that can't be written costs time on the next run, nothing else.
        let _ = std::fs::write(path, job.store().export(Selection::Needed));
    }
    Ok(Done { code, artifact: std::mem::take(&mut job.artifact) })
}

/// Compiles the shares in threads, all into one store. Errors are left to the last pass, which meets them in order.
fn shards(job: &Job, store: &Arc<Store>, count: usize) {
    std::thread::scope(|scope| {
        for index in 0..count {
            std::thread::Builder::new()
                .stack_size(64 << 20)
                .spawn_scoped(scope, move || {
                    progress::install(report_shard);
                    let _ = job.share(index, count, store);
                })
                .expect("threads can be made");
        }
    });
}

static LAST: AtomicU64 = AtomicU64::new(0);
/// 1 in the last pass after shards, which isn't reported: all functions were.
static FINAL: AtomicU32 = AtomicU32::new(0);

fn report_shard(done: u32, total: u32) -> i32 {
    // Each thread goes through all functions, stubs included; the count is shared.
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u32);
    report(done / threads.max(1), total)
}

/// A line for each percent.
fn report(done: u32, total: u32) -> i32 {
    let percent = u64::from(done) * 100 / u64::from(total.max(1)) + 1;
    if FINAL.load(Relaxed) == 0 && LAST.fetch_max(percent, Relaxed) < percent {
        println!("{{\"progress\":[{done},{total}]}}");
    }
    0
}

/// The end of a job from inside: memory limit or panic.
fn ended(cause: i32) -> ! {
    let text = if cause == status::PANICKED { status::panic_text() } else { String::new() };
    finish(&problem(cause, &text), &Steps::default())
}

fn problem(code: i32, text: &str) -> String {
    format!("\"err\":{{\"code\":{code},\"text\":{}}}", quoted(text))
}

fn finish(result: &str, steps: &Steps) -> ! {
    let peak = allocator::end().max(0);
    let cpu = cpu_micros().map_or("null".to_string(), |micros| micros.to_string());
    let steps: Vec<String> = steps.0.iter().map(|(name, micros)| format!("\"{name}\":{micros}")).collect();
    println!("{{{result},\"cpu_micros\":{cpu},\"peak_tracked_alloc\":{peak},\"step_micros\":{{{}}}}}", steps.join(","));
    let _ = std::io::stdout().flush();
    std::process::exit(0)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            sign if (sign as u32) < 0x20 => quoted += &format!("\\u{:04x}", sign as u32),
            sign => quoted.push(sign),
        }
    }
    quoted + "\""
}

/// User and system time of this process.
#[cfg(unix)]
fn cpu_micros() -> Option<u64> {
    // SAFETY: `usage` is plain data that the call fills.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        (libc::getrusage(libc::RUSAGE_SELF, &mut usage) == 0).then_some(usage)?
    };
    let micros = |time: libc::timeval| time.tv_sec as u64 * 1_000_000 + time.tv_usec as u64;
    Some(micros(usage.ru_utime) + micros(usage.ru_stime))
}

#[cfg(windows)]
fn cpu_micros() -> Option<u64> {
    use windows_sys::Win32::Foundation::FILETIME;
    use windows_sys::Win32::System::Threading::{GetCurrentProcess, GetProcessTimes};
    let zero = FILETIME { dwLowDateTime: 0, dwHighDateTime: 0 };
    let (mut made, mut exited, mut kernel, mut user) = (zero, zero, zero, zero);
    // SAFETY: four places for the answer, of this process.
    let ok = unsafe { GetProcessTimes(GetCurrentProcess(), &mut made, &mut exited, &mut kernel, &mut user) };
    let micros = |time: FILETIME| (u64::from(time.dwHighDateTime) << 32 | u64::from(time.dwLowDateTime)) / 10;
    (ok != 0).then(|| micros(kernel) + micros(user))
}
