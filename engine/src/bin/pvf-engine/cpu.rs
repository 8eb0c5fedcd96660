//! CPU time of this process, and its limit.

use crate::answer;
use pvf_engine::status;
use std::time::Duration;

/// How late the limit may be noticed, as wall time. Polkadot's own monitor leaves itself 50 ms too.
const SLACK: Duration = Duration::from_millis(50);

/// Answers `TimedOut` when the process, all its threads together, has used the limit.
pub fn watch(limit: Duration, threads: usize) {
    let watch = move || loop {
        let Some(used) = micros().map(Duration::from_micros) else { return };
        if used >= limit {
            // Not `status::end`: the limit may be passed while another end is on its way, which then is the answer.
            answer::problem(status::CANCELLED, "");
        }
        // So many threads use the rest that much sooner.
        std::thread::sleep((limit - used) / threads as u32 + SLACK / threads as u32);
    };
    start(watch);
}

/// Ends this process, without an answer, when the one that started it is gone.
pub fn end_with_input() {
    start(|| {
        let mut input = std::io::stdin();
        let _ = std::io::copy(&mut input, &mut std::io::sink());
        std::process::exit(3);
    });
}

fn start(action: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().spawn(action).expect("threads can be made");
}

/// User and system time of this process.
#[cfg(unix)]
pub fn micros() -> Option<u64> {
    // SAFETY: `usage` is plain data that the call fills.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        (libc::getrusage(libc::RUSAGE_SELF, &mut usage) == 0).then_some(usage)?
    };
    let micros = |time: libc::timeval| time.tv_sec as u64 * 1_000_000 + time.tv_usec as u64;
    Some(micros(usage.ru_utime) + micros(usage.ru_stime))
}

#[cfg(windows)]
pub fn micros() -> Option<u64> {
    use windows_sys::Win32::Foundation::FILETIME;
    use windows_sys::Win32::System::Threading::{GetCurrentProcess, GetProcessTimes};
    let zero = FILETIME { dwLowDateTime: 0, dwHighDateTime: 0 };
    let (mut made, mut exited, mut kernel, mut user) = (zero, zero, zero, zero);
    // SAFETY: four places for the answer, of this process.
    let ok = unsafe { GetProcessTimes(GetCurrentProcess(), &mut made, &mut exited, &mut kernel, &mut user) };
    let micros = |time: FILETIME| (u64::from(time.dwHighDateTime) << 32 | u64::from(time.dwLowDateTime)) / 10;
    (ok != 0).then(|| micros(kernel) + micros(user))
}
