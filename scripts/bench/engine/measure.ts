/** One job in a fresh worker process: what it took of wall clock, CPU and memory, and where. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { twox256Factory } from '../../../src/base/hash.ts';
import { silentLog } from '../../../src/base/log.ts';
import { durationToMillis } from '../../../src/polkadot/scale.ts';
import type { PrepareJob } from '../../../src/worker/host/job.ts';
import { type HostOptions, openSession } from '../../../src/worker/host/open-host.ts';

export interface Measured {
  /** From the request to the answer. */
  readonly wallMs: number;
  /** Of all threads of the worker's process and of its children, from its start to the answer. */
  readonly processCpuMs: number;
  /** As the worker reports it. */
  readonly reportedCpuMs: number;
  /** From the spawn to the first function; absent where the worker doesn't tell. */
  readonly firstProgressMs: number | undefined;
  /** Largest resident set, bytes. */
  readonly peakResident: number;
  /** Milliseconds, as the built-in worker's log has them. */
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
  const outcome = await session.startWork(
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
  };
}

/** proc(5): utime, stime, and those of the children that were waited for. */
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
