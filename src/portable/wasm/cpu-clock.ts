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
  const times = threadTimes();
  return times && (() => times().ran / 1e6);
}

/** Nanoseconds, as Linux counts them for a thread. */
interface ThreadTimes {
  /** On a processor. Updated when the thread stops, and else every few milliseconds. */
  readonly ran: number;
  /** Ready, while another thread had the processor. */
  readonly waited: number;
}

/**
 * Nanoseconds of CPU time, of which only differences count: precise for times that are too short for a `CpuClock`. Follows the
 * wall clock without the time in which the thread waited for a processor, and never leaves the CPU time that Linux counts by
 * more than its step: so it leaves out the time in which the thread slept. Elsewhere it is the wall clock.
 */
export function preciseClock(): () => number {
  let clock: (() => number) | undefined;
  // Opens a file, which most threads never need.
  return () => {
    clock ??= linuxClock() ?? (() => performance.now() * 1e6);
    return clock();
  };
}

/** The longest step of Linux's counter, at 100 Hz. */
const STEP_NS = 10e6;

function linuxClock(): (() => number) | undefined {
  const times = threadTimes();
  if (times === undefined) return undefined;
  /** Nanoseconds on the wall clock in which the thread neither ran nor waited. */
  let slept = 0;
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const { wall, ran, waited } = readTogether(times);
    const awake = wall - waited;
    const value = awake - slept;
    if (value < ran || value > ran + STEP_NS) slept = awake - Math.max(ran, last);
    last = Math.max(awake - slept, last);
    return last;
  };
}

/** A reading takes a few microseconds. A thread that loses its processor waits longer. */
const MAX_READING_MS = 0.05;
const MAX_READINGS = 10;

/** Reads again if another thread ran between the two readings, because they do not belong together then. */
function readTogether(times: () => ThreadTimes): ThreadTimes & { readonly wall: number } {
  for (let attempt = 1; ; attempt += 1) {
    const start = performance.now();
    const read = times();
    if (performance.now() - start < MAX_READING_MS || attempt === MAX_READINGS) return { ...read, wall: start * 1e6 };
  }
}

/** Undefined where the system does not count the times of threads. */
function threadTimes(): (() => ThreadTimes) | undefined {
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r');
    const buffer = Buffer.alloc(64);
    const read = () => {
      const [ran, waited] = buffer.toString('latin1', 0, readSync(file, buffer, 0, 64, 0)).split(' ', 2);
      return { ran: Number(ran), waited: Number(waited) };
    };
    const { ran, waited } = read();
    return ran > 0 && waited >= 0 ? read : undefined;
  } catch {
    return undefined;
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
