/** Measures the host's overhead: warm jobs, spawning, throughput, and its share of the time for a real runtime. */
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { blake2b256, twox256Factory } from '../../src/base/hash.ts';
import { silentLog } from '../../src/base/log.ts';
import { sandboxFeatures } from '../../src/model/workers.ts';
import { durationFromMillis, durationToMillis } from '../../src/polkadot/scale.ts';
import { readRuntime } from '../../src/runtime/blob.ts';
import type { HostDirectories } from '../../src/worker/host/host-directories.ts';
import type { PrepareJob } from '../../src/worker/host/job.ts';
import { openHost, openSession } from '../../src/worker/host/open-host.ts';
import type { Preparation, PrepareHost } from '../../src/worker/host/prepare-host.ts';
import type { Promote } from '../../src/worker/host/session.ts';
import type { ExaminedWorker, OfficialWorker } from '../../src/worker/probe/examined-worker.ts';
import { tinyPvf } from '../../src/worker/probe/tiny-pvf.ts';
import { median, quantile, table } from './statistics.ts';

const WARM_JOBS = 300;
const SPAWNS = 15;

/** An artifact key that no real artifact has. */
const BENCH_KEY = '0'.repeat(64);

/** Polkadot's Rust host on 2 cores, measured for issue 3. Building it takes too long for this benchmark. */
const rustHost = { warmWallMs: '8 to 10', jobsPerSecond: { one: 114, two: 174 } };

interface Timing {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly spawnMs: number;
}

export interface BenchSetting {
  readonly worker: ExaminedWorker;
  readonly directories: HostDirectories;
  readonly spawnTimeoutMs: number;
  readonly guard: ExitGuard;
  /** A real runtime of about 5 MB raw, if the corpus is there. */
  readonly realRuntime: string | undefined;
}

export async function benchHost(setting: BenchSetting): Promise<string> {
  const unsandboxed = { ...setting, worker: withoutSandbox(setting.worker) };
  const parts = [
    'Warm 86-byte job, one worker (ms)',
    table([
      ['sandbox', 'wall median', 'wall p95', 'worker CPU', 'overhead median', 'Rust host wall'],
      await warmRow('as probed', setting),
      await warmRow('none', unsandboxed),
    ]),
    '\nSpawn to idle (ms)',
    table([['sandbox', 'median', 'p95'], await spawnRow('as probed', setting), await spawnRow('none', unsandboxed)]),
    '\nJobs per second, 86-byte module',
    table([
      ['sandbox', 'one worker', 'two workers', 'ratio to Rust host, one', 'two'],
      await throughputRow('as probed', setting),
      await throughputRow('none', unsandboxed),
    ]),
    '\nOverhead on a real runtime',
    await realRuntimeTable(setting),
  ];
  return parts.join('\n');
}

function withoutSandbox(worker: ExaminedWorker): ExaminedWorker {
  if (worker.kind === 'portable') return worker;
  const off = { available: false, reason: 'switched off by the benchmark' } as const;
  const security = Object.fromEntries(
    sandboxFeatures.map((name) => [name, off]),
  ) as unknown as OfficialWorker['security'];
  return { ...worker, security };
}

async function withHost<T>(
  { worker, directories, spawnTimeoutMs, guard }: BenchSetting,
  maxWorkers: number,
  use: (host: PrepareHost) => Promise<T>,
): Promise<T> {
  const opened = await openHost({
    worker,
    directories,
    maxWorkers,
    spawnTimeoutMs,
    logDirectives: '',
    log: silentLog,
    guard,
  });
  await using host = opened.host;
  return await use(host);
}

function jobOf(code: Uint8Array): PrepareJob {
  const limits = { executorParams: [], bombLimit: 30 * 1024 * 1024, prepTimeout: durationFromMillis(60_000) };
  return { code, codeHash: blake2b256(code), kind: 'Prechecking', ...limits };
}

function timing({ outcome, wallMs, spawnMs }: Preparation): Timing {
  if (outcome.kind !== 'concluded' || !('prepared' in outcome)) throw new Error(`the job ended as ${outcome.kind}`);
  return { wallMs, spawnMs, cpuMs: durationToMillis(outcome.prepared.stats.cpuTimeElapsed) };
}

async function warmRow(name: string, setting: BenchSetting): Promise<string[]> {
  const timings = await withHost(setting, 1, async (host) => {
    const job = jobOf(tinyPvf);
    for (let n = 0; n < 20; n += 1) await host.prepare(job);
    const measured: Timing[] = [];
    for (let n = 0; n < WARM_JOBS; n += 1) measured.push(timing(await host.prepare(job)));
    return measured;
  });
  const walls = timings.map(({ wallMs }) => wallMs);
  return [
    name,
    median(walls).toFixed(2),
    quantile(walls, 0.95).toFixed(2),
    median(timings.map(({ cpuMs }) => cpuMs)).toFixed(2),
    median(timings.map(({ wallMs, cpuMs }) => wallMs - cpuMs)).toFixed(2),
    rustHost.warmWallMs,
  ];
}

async function spawnRow(name: string, setting: BenchSetting): Promise<string[]> {
  const times: number[] = [];
  for (let n = 0; n < SPAWNS; n += 1) {
    const first = await withHost(setting, 1, (host) => host.prepare(jobOf(tinyPvf)));
    times.push(timing(first).spawnMs);
  }
  return [name, median(times).toFixed(1), quantile(times, 0.95).toFixed(1)];
}

async function throughputRow(name: string, setting: BenchSetting): Promise<string[]> {
  const one = await jobsPerSecond(setting, 1);
  const two = await jobsPerSecond(setting, 2);
  const { jobsPerSecond: rust } = rustHost;
  return [name, one.toFixed(0), two.toFixed(0), (one / rust.one).toFixed(2), (two / rust.two).toFixed(2)];
}

function jobsPerSecond(setting: BenchSetting, workers: number): Promise<number> {
  return withHost(setting, workers, async (host) => {
    const job = jobOf(tinyPvf);
    await Promise.all(Array.from({ length: workers * 10 }, () => host.prepare(job)));
    const started = performance.now();
    const all = await Promise.all(Array.from({ length: WARM_JOBS }, () => host.prepare(job)));
    const seconds = (performance.now() - started) / 1000;
    for (const each of all) timing(each);
    return WARM_JOBS / seconds;
  });
}

/**
 * Prepares a real runtime in one session and records when the request was sent and when the response was received. The
 * time before and after is the host's. The worker also spends time outside its job's CPU time: its parent process reads
 * 28 MB from a pipe, hashes and writes them.
 */
async function realRuntimeTable(setting: BenchSetting): Promise<string> {
  const { worker, directories, spawnTimeoutMs, guard, realRuntime } = setting;
  if (realRuntime === undefined) return 'not measured: there is no corpus';
  const job = jobOf((await readRuntime(realRuntime)).stored);
  const opened = { worker, directories, spawnTimeoutMs, logDirectives: '', log: silentLog, guard };
  const { signal } = new AbortController();
  await using open = await openSession(opened, await twox256Factory(), signal);
  const { stream } = open.worker;
  const moments = { sent: 0, answered: 0 };
  const send = stream.send.bind(stream);
  const receive = stream.receive.bind(stream);
  stream.send = async (payload) => {
    await send(payload);
    moments.sent = performance.now();
  };
  stream.receive = async () => {
    const payload = await receive();
    moments.answered = performance.now();
    return payload;
  };
  const promote: Promote = (artifact, success) =>
    directories.artifacts.promote(BENCH_KEY, artifact, { success, wallMs: 0 });
  const started = performance.now();
  const { outcome } = await open.startWork(job, promote, signal);
  const wallMs = performance.now() - started;
  const { cpuMs } = timing({ outcome, wallMs, spawnMs: 0 });
  const hostMs = wallMs - (moments.answered - moments.sent);
  return table([
    ['runtime', 'wall s', 'worker CPU s', 'worker beyond CPU', 'host', 'share of wall', 'aim'],
    [
      realRuntime.replace(/.*[\\/]/, ''),
      (wallMs / 1000).toFixed(2),
      (cpuMs / 1000).toFixed(2),
      `${(wallMs - hostMs - cpuMs).toFixed(0)} ms`,
      `${hostMs.toFixed(0)} ms`,
      `${((hostMs / wallMs) * 100).toFixed(2)} %`,
      '2 %',
    ],
  ]);
}
