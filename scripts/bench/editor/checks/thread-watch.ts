import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ThreadFigures } from '../figures.ts';

/** A timer comes that much late even on a thread that does nothing. */
const RESOLUTION_MS = 1;

/** How long the host's thread keeps others waiting while the work is done, which others do for it. */
export async function watchThread(work: () => PromiseLike<unknown>): Promise<ThreadFigures> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const before = performance.now();
  const loopBefore = performance.eventLoopUtilization();
  delays.enable();
  await work();
  delays.disable();
  const wall = performance.now() - before;
  const { active } = performance.eventLoopUtilization(loopBefore);
  return { wall, active, longestDelay: delays.max / 1e6, delayP99: delays.percentile(99) / 1e6 };
}
