//! The lines on standard output, one JSON object each: `{"progress":[done,total]}` and, last, the result.

use crate::cpu_time;
use pvf_engine::error::PrepareError;
use pvf_engine::{status, tracking};
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::Mutex;
use std::time::Instant;

/// What a finished job says of itself, beside the artifact.
pub struct Done {
    pub code_length: usize,
    pub functions: usize,
    pub instrumented_length: usize,
    pub artifact_length: usize,
    /// Functions that the store had, and those it had not.
    pub stored: [u32; 2],
}

static ANSWERED: AtomicBool = AtomicBool::new(false);
static STEPS: Mutex<Vec<(&'static str, u128)>> = Mutex::new(Vec::new());
static PERCENT: AtomicU64 = AtomicU64::new(0);

/// Keeps how long a step took.
pub fn timed<T>(name: &'static str, action: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = action();
    if let Ok(mut steps) = STEPS.lock() {
        steps.push((name, start.elapsed().as_micros()));
    }
    result
}

/// For `progress::install`: a line for each percent.
pub fn report(done: u32, total: u32) -> i32 {
    let percent = u64::from(done) * 100 / u64::from(total.max(1)) + 1;
    if PERCENT.load(Relaxed) < percent && PERCENT.fetch_max(percent, Relaxed) < percent {
        say(&format!("{{\"progress\":[{done},{total}]}}"));
    }
    0
}

pub fn decompressed(bytes: usize) {
    say(&format!("{{\"decompressed\":{bytes}}}"));
}

pub fn done(done: &Done) -> ! {
    let [hits, misses] = done.stored;
    finish(&format!(
        "\"ok\":{{\"code_length\":{},\"functions\":{},\"instrumented_length\":{},\"artifact_length\":{},\
         \"store_hits\":{hits},\"store_misses\":{misses}}}",
        done.code_length, done.functions, done.instrumented_length, done.artifact_length
    ))
}

pub fn refused(error: &PrepareError) -> ! {
    problem(error.code(), error.text())
}

/// The end of a job from inside: memory limit, CPU limit or panic. For `status::set_handler`.
pub fn ended(cause: i32) -> ! {
    let text = if cause == status::PANICKED { status::panic_text() } else { String::new() };
    problem(cause, &text)
}

pub fn problem(code: i32, text: &str) -> ! {
    finish(&format!("\"err\":{{\"code\":{code},\"text\":{}}}", quoted(text)))
}

/// The first answer is the answer; another thread that has one too waits for the end of the process.
fn finish(result: &str) -> ! {
    let peak = tracking::end().max(0);
    if ANSWERED.swap(true, Relaxed) {
        loop {
            std::thread::park();
        }
    }
    let cpu = cpu_time::micros().map_or("null".to_string(), |micros| micros.to_string());
    let steps: Vec<String> = match STEPS.try_lock() {
        Ok(steps) => steps.iter().map(|(name, micros)| format!("\"{name}\":{micros}")).collect(),
        Err(_) => Vec::new(),
    };
    say(&format!("{{{result},\"cpu_micros\":{cpu},\"peak_tracked_alloc\":{peak},\"step_micros\":{{{}}}}}", steps.join(",")));
    std::process::exit(0)
}

/// Whoever listened is gone when it can't be said, and wants no answer.
fn say(line: &str) {
    let mut output = std::io::stdout().lock();
    if writeln!(output, "{line}").and_then(|()| output.flush()).is_err() {
        std::process::exit(3);
    }
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

#[cfg(test)]
mod tests {
    #[test]
    fn text_is_quoted_as_json() {
        assert_eq!(super::quoted("a\"b\\c\n\u{e9}"), "\"a\\\"b\\\\c\\u000a\u{e9}\"");
    }
}
