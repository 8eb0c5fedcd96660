/** What `--costs` takes, and how much of the CPU time its functions account for. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readRuntime } from '../../../src/runtime/blob.ts';
import type { PortableWorker } from '../../../src/worker/probe/examined-worker.ts';
import { median, table } from '../statistics.ts';
import { benchJob, type EngineBench } from './engine-bench.ts';
import { type Measured, measureJob } from './measure.ts';
import { builtIn, copyOfStore, newStore } from './setups.ts';

const runtimes = ['shell-2', 'bridge-hub-polkadot-9382', 'interlay-kintsugi-1020000'];

/** Alternating, so that both sides see the same machine. */
const REPEATS = 3;

export async function benchCosts(bench: EngineBench): Promise<string> {
  const rows: string[][] = [];
  const store = newStore(bench.scratch);
  for (const name of runtimes) {
    const file = path.join(bench.corpus, `${name}.compact.compressed.wasm`);
    if (!existsSync(file)) continue;
    const { stored } = await readRuntime(file);
    // Fills the store with V8's machine code of the engine.
    await measure(await builtIn(bench, { instances: 1, storeFolder: store }), stored, bench);
    for (const [way, worker] of waysOf(store, bench)) rows.push([name, way, ...(await compare(stored, worker, bench))]);
  }
  if (rows.length === 0) return 'not measured: there is no corpus';
  return table([['', '', 'CPU s', 'with costs', 'ratio', 'functions, of CPU', 'bytes'], ...rows]);
}

type WorkerFor = (costs: boolean) => Promise<PortableWorker>;

/** V8's machine code of the engine is warm, and the store has no functions. */
function waysOf(store: string, bench: EngineBench): (readonly [string, WorkerFor])[] {
  const built = (instances: number, nativeEngine?: string): WorkerFor => {
    const given = nativeEngine === undefined ? {} : { nativeEngine };
    return (costs) => {
      const storeFolder = copyOfStore(store, bench.scratch, 'code-only');
      return builtIn(bench, { instances, costs, storeFolder, ...given });
    };
  };
  const { nativeEngine } = bench;
  return [
    ['1 instance', built(1)],
    ['2 instances', built(2)],
    ...(nativeEngine === undefined ? [] : ([['native helper, 2 threads', built(2, nativeEngine)]] as const)),
  ];
}

async function compare(stored: Uint8Array, worker: WorkerFor, bench: EngineBench): Promise<string[]> {
  const [plain, costly]: [Measured[], Measured[]] = [[], []];
  const run = async (costs: boolean) => measure(await worker(costs), stored, bench);
  for (let round = 0; round < REPEATS; round += 1) {
    plain.push(await run(false));
    costly.push(await run(true));
  }
  const [before, after] = [plain, costly].map((runs) => median(runs.map(cpuMs))) as [number, number];
  const hashes = new Set([...plain, ...costly].map(({ artifactSha256 }) => artifactSha256));
  return [
    (before / 1000).toFixed(2),
    (after / 1000).toFixed(2),
    (after / before).toFixed(3),
    median(costly.map(shareOfFunctions)).toFixed(2),
    hashes.size === 1 ? 'equal' : 'DIFFER',
  ];
}

function measure(worker: PortableWorker, code: Uint8Array, { setting }: EngineBench): Promise<Measured> {
  return measureJob({ ...setting, worker }, benchJob(code));
}

const cpuMs = ({ processCpuMs }: Measured) => processCpuMs;

function shareOfFunctions({ costs }: Measured): number {
  if (costs === undefined) return Number.NaN;
  return costs.micros.reduce((sum, micros) => sum + micros, 0) / 1000 / costs.engineCpuMs;
}
