import { openSync, readSync } from 'node:fs';

/** CPU time that the calling thread has used, in milliseconds, from wherever the clock began. */
export type CpuClock = () => number;

interface ThreadUsage {
  /** Node 23.9 and later. */
  threadCpuUsage?(): { user: number; system: number };
}

export function threadCpuClock(): CpuClock {
  return schedulerClock() ?? nodeClock();
}

/** Linux tells it per thread, in nanoseconds; the file stays open and is told anew at each read. */
function schedulerClock(): CpuClock | undefined {
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r');
    const buffer = Buffer.alloc(64);
    const clock = () => Number(buffer.toString('latin1', 0, readSync(file, buffer, 0, 64, 0)).split(' ', 1)[0]) / 1e6;
    // A kernel without scheduler statistics says 0 for ever.
    return clock() > 0 ? clock : undefined;
  } catch {
    return undefined;
  }
}

/** Where Node can't tell it of a thread, that of the whole process stands in: too much when there are several threads. */
function nodeClock(): CpuClock {
  const usage = (process as ThreadUsage).threadCpuUsage?.bind(process) ?? (() => process.cpuUsage());
  return () => {
    const { user, system } = usage();
    return (user + system) / 1000;
  };
}
