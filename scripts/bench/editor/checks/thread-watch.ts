import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ThreadFigures } from '../figures.ts';
import { threadCpuMs } from '../thread-cpu.ts';

/** A timer is late by this much even on an idle thread. */
const RESOLUTION_MS = 1;
const TICK_MS = 5;

/** Measures how long the host's thread is busy while other threads and processes do the work. */
export async function watchThread(work: () => PromiseLike<unknown>): Promise<ThreadFigures> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const before = performance.now();
  const loopBefore = performance.eventLoopUtilization();
  const stretch = watchStretches();
  delays.enable();
  await work();
  delays.disable();
  const longestCpu = stretch.end();
  const wall = performance.now() - before;
  const { active } = performance.eventLoopUtilization(loopBefore);
  return {
    wall,
    active,
    longestDelay: delays.max / 1e6,
    delayP99: delays.percentile(99) / 1e6,
    ...(longestCpu === undefined ? {} : { longestCpu }),
  };
}

/**
 * The longest CPU time between two ticks of a timer. Unlike a delay, it does not count time spent waiting for a core.
 */
function watchStretches(): { end(): number | undefined } {
  let longest: number | undefined;
  let before = threadCpuMs();
  const timer = setInterval(() => {
    const now = threadCpuMs();
    if (now !== undefined && before !== undefined) longest = Math.max(longest ?? 0, now - before);
    before = now;
  }, TICK_MS);
  return {
    end() {
      clearInterval(timer);
      return longest;
    },
  };
}
