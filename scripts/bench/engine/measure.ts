/** Measures one job in a new worker process: wall-clock time, CPU time, memory and steps. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { twox256Factory } from '../../../src/base/hash.ts';
import { silentLog } from '../../../src/base/log.ts';
import { durationToMillis } from '../../../src/polkadot/scale.ts';
import type { FunctionCosts } from '../../../src/wasm/function-costs.ts';
import type { PrepareJob } from '../../../src/worker/host/job.ts';
import { type HostOptions, openSession } from '../../../src/worker/host/open-host.ts';

export interface Measured {
  readonly costs?: FunctionCosts;
  /** From the request to the response. */
  readonly wallMs: number;
  /** CPU time of the worker's process and its children, from its start to the response. */
  readonly processCpuMs: number;
  /** CPU time that the worker reports. */
  readonly reportedCpuMs: number;
  /** From the spawn to the first compiled function; undefined when the worker does not report progress. */
  readonly firstProgressMs: number | undefined;
  /** Largest resident set, bytes. */
  readonly peakResident: number;
  /** Milliseconds by step, from the built-in worker's log. */
  readonly steps: ReadonlyMap<string, number>;
  readonly artifactSha256: string;
}

export type Setting = Omit<HostOptions, 'limits' | 'log' | 'logDirectives'>;

const TICK_MS = 10;

export async function measureJob(setting: Setting, job: PrepareJob): Promise<Measured> {
  const steps = new Map<string, number>();
  let firstProgressAt: number | undefined;
  const spawnedAt = performance.now();
  const follow = (text: string) => {
    if (text.includes(': compiled ')) firstProgressAt ??= performance.now();
    const step = /: step (.+) took ([\d.]+) ms$/.exec(text);
    if (step) steps.set(step[1] ?? '', Number(step[2]));
  };
  const options = { ...setting, log: { ...silentLog, debug: follow }, logDirectives: 'parachain=debug' };
  const { signal } = new AbortController();
  await using session = await openSession(options, await twox256Factory(), signal);
  const { pid = 0 } = session.worker.process;
  let artifactSha256 = '';
  const startedAt = performance.now();
  const { outcome, costs } = await session.startWork(
    job,
    async ({ path }) => {
      artifactSha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
      return path;
    },
    signal,
  );
  const wallMs = performance.now() - startedAt;
  if (outcome.kind !== 'concluded' || !('prepared' in outcome)) {
    throw new Error(`the job ended as ${outcome.kind}: ${JSON.stringify(outcome)}`);
  }
  return {
    wallMs,
    processCpuMs: processCpuMs(pid),
    reportedCpuMs: durationToMillis(outcome.prepared.stats.cpuTimeElapsed),
    firstProgressMs: firstProgressAt === undefined ? undefined : firstProgressAt - spawnedAt,
    peakResident: peakResident(pid),
    steps,
    artifactSha256,
    ...(costs && { costs }),
  };
}

/** utime, stime, and the same of reaped children; see proc(5). */
function processCpuMs(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? '';
  return afterName
    .split(' ')
    .slice(11, 15)
    .reduce((sum, ticks) => sum + Number(ticks) * TICK_MS, 0);
}

function peakResident(pid: number): number {
  const found = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
  return Number(found?.[1] ?? 0) * 1024;
}

/** How the worker's log names the CPU time of one share. */
const share = /^share \d+ of \d+$/;

/**
 * Predicts the wall-clock time in milliseconds with a core for each share: the serial steps plus the slowest share.
 * Takes the CPU time of shares, because they were measured on fewer cores. Ignores contention for memory and caches.
 */
export function predictedMs(steps: ReadonlyMap<string, number>): number | undefined {
  const shares = [...steps].filter(([name]) => share.test(name)).map(([, ms]) => ms);
  if (shares.length === 0) return undefined;
  const serial = [...steps].filter(([name]) => !share.test(name) && name !== 'all threads');
  return serial.reduce((sum, [, ms]) => sum + ms, 0) + Math.max(...shares);
}
