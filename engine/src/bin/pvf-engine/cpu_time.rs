//! CPU time: of this process, all its threads together, in microseconds; of the calling thread, in nanoseconds.

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

/// User and system time of the calling thread; only differences count.
#[cfg(unix)]
pub fn thread_nanos() -> u64 {
    // SAFETY: `time` is plain data that the call fills. It stays 0 if the system has no such clock.
    let time = unsafe {
        let mut time: libc::timespec = std::mem::zeroed();
        libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time);
        time
    };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// Windows counts a thread's CPU time in steps of 16 ms. That is longer than most functions take, so this is wall time.
#[cfg(windows)]
pub fn thread_nanos() -> u64 {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_nanos() as u64
}
