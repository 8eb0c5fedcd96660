//! What ends the process early: its CPU limit, and the end of the one that started it.

use crate::{answer, cpu_time};
use pvf_engine::status;
use std::time::Duration;

/// How late the limit may be noticed, as wall time. Polkadot's own monitor leaves itself 50 ms too.
const SLACK: Duration = Duration::from_millis(50);

/// Answers `TimedOut` when the process, all its threads together, has used the limit.
pub fn cpu_limit(limit: Duration, threads: usize) {
    let watch = move || loop {
        let Some(used) = cpu_time::micros().map(Duration::from_micros) else { return };
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
pub fn input_end() {
    start(|| {
        let mut input = std::io::stdin();
        let _ = std::io::copy(&mut input, &mut std::io::sink());
        std::process::exit(3);
    });
}

fn start(action: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().spawn(action).expect("threads can be made");
}
