import { openSync, readSync } from 'node:fs';

/** Returns the CPU time of the calling thread, in milliseconds. Only differences are meaningful. */
type CpuClock = () => number;

interface ThreadUsage {
  /** Node 23.9 and later. */
  threadCpuUsage?(): { user: number; system: number };
}

export function threadCpuClock(): CpuClock {
  return schedulerClock() ?? nodeClock();
}

/** Linux reports nanoseconds for each thread. The file stays open. Each read returns the current value. */
function schedulerClock(): CpuClock | undefined {
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r');
    const buffer = Buffer.alloc(64);
    const clock = () => Number(buffer.toString('latin1', 0, readSync(file, buffer, 0, 64, 0)).split(' ', 1)[0]) / 1e6;
    // A kernel without scheduler statistics always reports 0.
    return clock() > 0 ? clock : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Nanoseconds, of which only differences count: precise for times that are short for a `CpuClock`, which Linux updates every
 * few milliseconds. Wall-clock time without the time in which the thread waited for a processor, as far as the system
 * reports that. Opens a file at the first call.
 */
export function preciseClock(): () => number {
  let waited: (() => number) | undefined;
  return () => {
    waited ??= waitClock();
    return performance.now() * 1e6 - waited();
  };
}

/** Nanoseconds in which this thread was ready but another one ran. Always 0 where the system does not report them. */
function waitClock(): () => number {
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r');
    const buffer = Buffer.alloc(64);
    const clock = () => Number(buffer.toString('latin1', 0, readSync(file, buffer, 0, 64, 0)).split(' ', 2)[1]);
    return Number.isFinite(clock()) ? clock : () => 0;
  } catch {
    return () => 0;
  }
}

/** Falls back to the CPU time of the process, which is too high with several threads. */
function nodeClock(): CpuClock {
  const usage = (process as ThreadUsage).threadCpuUsage?.bind(process) ?? (() => process.cpuUsage());
  return () => {
    const { user, system } = usage();
    return (user + system) / 1000;
  };
}
