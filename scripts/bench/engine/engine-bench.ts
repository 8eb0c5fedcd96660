/** Compares the built-in worker with the official one: five runtimes, each prepared in every way. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { blake2b256 } from '../../../src/base/hash.ts';
import { durationFromMillis } from '../../../src/polkadot/scale.ts';
import { readRuntime } from '../../../src/runtime/blob.ts';
import { decompress } from '../../../src/runtime/compression.ts';
import type { PrepareJob } from '../../../src/worker/host/job.ts';
import type { ExaminedWorker } from '../../../src/worker/probe/examined-worker.ts';
import { table } from '../statistics.ts';
import { withChangedData, withChangedFunction } from './edits.ts';
import { type Measured, measureJob, predictedMs, type Setting } from './measure.ts';
import { builtIn, copyOfStore, newStore, type SetupOptions } from './setups.ts';

/** From 1 to 15 MB raw. */
const runtimes = [
  'shell-2',
  'bridge-hub-polkadot-9382',
  'interlay-kintsugi-1020000',
  'bridge-hub-paseo-2000006',
  'hydration-hydradx-408',
];

const MANY_CORES = 8;
export const BOMB_LIMIT = 50 * 1024 * 1024;

export interface EngineBench extends SetupOptions {
  readonly corpus: string;
  readonly official: ExaminedWorker | undefined;
  readonly setting: Omit<Setting, 'worker'>;
}

interface Row {
  readonly name: string;
  readonly measured: Measured;
  /** Wall-clock milliseconds predicted for eight cores from measured steps. */
  readonly predicted?: number | undefined;
}

export async function benchEngine(bench: EngineBench): Promise<string> {
  const parts: string[] = [];
  for (const name of runtimes) {
    const file = path.join(bench.corpus, `${name}.compact.compressed.wasm`);
    if (!existsSync(file)) continue;
    parts.push(await benchRuntime(name, file, bench));
  }
  return parts.length > 0 ? parts.join('\n\n') : 'not measured: there is no corpus';
}

async function benchRuntime(name: string, file: string, bench: EngineBench): Promise<string> {
  const { stored } = await readRuntime(file);
  const raw = await decompress(stored, BOMB_LIMIT);
  if (raw.kind !== 'ok') throw new Error(`${file} can't be decompressed`);
  const run = (worker: ExaminedWorker, code: Uint8Array) => measureJob({ ...bench.setting, worker }, benchJob(code));
  const official = bench.official && (await run(bench.official, stored));
  const rows = [...(await wasmRows(stored, raw.raw, run, bench)), ...(await nativeRows(stored, run, bench))];
  const [first] = rows;
  const same = rows.filter(({ name: way }) => !way.includes('change')).map(({ measured }) => measured.artifactSha256);
  const isEqual = official && same.every((sha256) => sha256 === official.artifactSha256);
  return [
    `${name}, ${(raw.raw.length / 1e6).toFixed(1)} MB raw; bytes ${isEqual ? 'equal' : official ? 'DIFFER' : 'not compared'}`,
    table([
      ['', 'wall s', 'CPU s', 'wall ratio', 'CPU ratio', `${MANY_CORES} cores, ratio`, 'first progress', 'resident'],
      ...(official ? [cells({ name: 'official worker', measured: official }, official)] : []),
      ...rows.map((row) => cells(row, official)),
    ]),
    ...(first && official
      ? [
          `CPU time of the official worker, estimated by the built-in one, to the reported: ${ratio(first.measured.reportedCpuMs, official.reportedCpuMs)}`,
        ]
      : []),
  ].join('\n');
}

type Run = (worker: ExaminedWorker, code: Uint8Array) => Promise<Measured>;

async function wasmRows(stored: Uint8Array, raw: Uint8Array, run: Run, bench: EngineBench): Promise<Row[]> {
  const store = newStore(bench.scratch);
  const cold = await run(await builtIn(bench, { instances: 1, storeFolder: store }), stored);
  /** Reuses the engine's machine code of the cold run, and with `functions` its compiled functions. */
  const warm = async (code: Uint8Array, instances: number, keep: 'functions' | 'code-only') => {
    const storeFolder = copyOfStore(store, bench.scratch, keep);
    return run(await builtIn(bench, { instances, storeFolder }), code);
  };
  const many = await warm(stored, MANY_CORES, 'code-only');
  return [
    { name: 'built-in, 1 instance', measured: await warm(stored, 1, 'code-only') },
    { name: 'built-in, 1 instance, first run ever', measured: cold },
    { name: 'built-in, 2 instances', measured: await warm(stored, 2, 'code-only'), predicted: predictedMs(many.steps) },
    { name: 'built-in, nothing changed', measured: await warm(stored, 1, 'functions') },
    { name: 'built-in, one-function change', measured: await warm(withChangedFunction(raw), 1, 'functions') },
    { name: 'built-in, data change', measured: await warm(withChangedData(raw), 1, 'functions') },
  ];
}

async function nativeRows(stored: Uint8Array, run: Run, bench: EngineBench): Promise<Row[]> {
  const { nativeEngine } = bench;
  if (nativeEngine === undefined) return [];
  const native = async (instances: number) => run(await builtIn(bench, { instances, nativeEngine }), stored);
  const many = await native(MANY_CORES);
  return [
    { name: 'native helper, 1 thread', measured: await native(1) },
    { name: 'native helper, 2 threads', measured: await native(2), predicted: predictedMs(many.steps) },
  ];
}

function cells({ name, measured, predicted }: Row, official: Measured | undefined): string[] {
  const { wallMs, processCpuMs, firstProgressMs, peakResident } = measured;
  // For the official worker only the job's reported time counts: its parent just waits, hashes and writes.
  const isOfficial = measured === official;
  const cpuMs = isOfficial ? measured.reportedCpuMs : processCpuMs;
  return [
    name,
    seconds(wallMs),
    seconds(cpuMs),
    ratio(wallMs, official?.wallMs),
    ratio(cpuMs, official?.reportedCpuMs),
    predicted === undefined ? '' : ratio(predicted, official?.wallMs),
    firstProgressMs === undefined ? '' : `${firstProgressMs.toFixed(0)} ms`,
    isOfficial ? '' : `${(peakResident / 2 ** 20).toFixed(0)} MiB`,
  ];
}

const seconds = (ms: number) => (ms / 1000).toFixed(2);

const ratio = (value: number, base: number | undefined) => (base === undefined ? '' : (value / base).toFixed(2));

export function benchJob(code: Uint8Array): PrepareJob {
  const limits = { executorParams: [], bombLimit: BOMB_LIMIT, prepTimeout: durationFromMillis(360_000) };
  return { code, codeHash: blake2b256(code), kind: 'Prechecking', ...limits };
}
