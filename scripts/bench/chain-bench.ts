/** Checks a relay chain that has every PVF of the corpus, and predicts a chain with many more. Linux only. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatBytes, formatMillis } from '../../src/base/units.ts';
import { readRuntime } from '../../src/runtime/blob.ts';
import type { Corpus, CorpusBlob } from '../../test/support/corpus.ts';
import { startRelayChain } from '../../test/support/relay-chain.ts';
import { table } from './statistics.ts';

export interface ChainBench {
  readonly root: string;
  readonly corpus: string;
  /** Receives what the runs print, because they take minutes. */
  readonly log: (line: string) => void;
}

/** Preparations at once. */
const POOLS = [1, 2] as const;

/** About what all relay chains of the ecosystem have together, with pending codes. */
const PREDICTED_CODES = 700;

const MACHINES = [1, 4, 16] as const;

const SAMPLE_MS = 250;

interface Measured {
  readonly jobs: number;
  readonly wallMs: number;
  readonly peakBytes: number;
}

/** Two tables: wall time and peak memory of the whole check, and the prediction. */
export async function benchChain({ root, corpus, log }: ChainBench): Promise<string> {
  const manifest = path.join(corpus, 'manifest.json');
  if (!existsSync(manifest)) return 'not measured: there is no corpus';
  const { blobs } = JSON.parse(readFileSync(manifest, 'utf8')) as Pick<Corpus, 'blobs'>;
  const pvfs = blobs.filter(({ group }) => group === 'pvf');
  const stored = await Promise.all(pvfs.map(({ file }) => readRuntime(path.join(corpus, file))));
  await using chain = await startRelayChain({
    paras: stored.map((blob, at) => ({ id: 2000 + at, code: blob.stored })),
  });
  const measured: Measured[] = [];
  for (const jobs of POOLS) {
    log(`${pvfs.length} codes, ${jobs} at once`);
    measured.push(await measure(jobs, root, [path.join(root, 'dist/cli.cjs'), 'chain', '--rpc', chain.url]));
  }
  return [tableOf(measured, pvfs), prediction(measured, pvfs)].join('\n\n');
}

/** With a cache folder of its own, so that no function and no result of an earlier run helps. */
async function measure(jobs: number, root: string, command: readonly string[]): Promise<Measured> {
  const cache = await mkdtemp(path.join(tmpdir(), 'pvf-chain-bench-'));
  try {
    const started = performance.now();
    const args = [...command, '--worker', 'portable', '--jobs', `${jobs}`, '--timeout', '1800', '--json'];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, PVF_CACHE_DIR: cache },
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    let peakBytes = 0;
    const timer = setInterval(() => {
      peakBytes = Math.max(peakBytes, residentBytes(child.pid));
    }, SAMPLE_MS);
    const code = await new Promise((resolve) => child.once('close', resolve));
    clearInterval(timer);
    if (code !== 0 && code !== 1) throw new Error(`pvf chain ended with ${code}`);
    return { jobs, wallMs: performance.now() - started, peakBytes };
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

/** The resident memory of the process and all that it has started. Pages that several have count once for each. */
function residentBytes(root: number | undefined): number {
  const processes = readdirSync('/proc').flatMap((name) => processOf(name) ?? []);
  const wanted = new Set([root]);
  // A child may have a lower number than its parent.
  for (let before = 0; before !== wanted.size; ) {
    before = wanted.size;
    for (const { pid, parent } of processes) if (wanted.has(parent)) wanted.add(pid);
  }
  return processes.filter(({ pid }) => wanted.has(pid)).reduce((sum, { resident }) => sum + resident, 0);
}

function processOf(name: string): { pid: number; parent: number; resident: number } | undefined {
  if (!/^\d+$/.test(name)) return undefined;
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8');
    const number = (member: string) => Number(new RegExp(`^${member}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { pid: Number(name), parent: number('PPid'), resident: number('VmRSS') * 1024 };
  } catch {
    return undefined;
  }
}

function tableOf(measured: readonly Measured[], pvfs: readonly CorpusBlob[]): string {
  const rows = measured.map(({ jobs, wallMs, peakBytes }) => [
    `${jobs}`,
    formatMillis(wallMs),
    formatBytes(peakBytes),
    formatMillis(wallMs / (rawBytes(pvfs) / 1_000_000)),
  ]);
  const title = `${pvfs.length} codes, ${formatBytes(rawBytes(pvfs))} raw`;
  return `${title}\n${table([['at once', 'wall', 'peak memory', 'wall per MB raw'], ...rows])}`;
}

/** As if the codes were like those of the corpus, and every machine like this one, with a cold cache. */
function prediction(measured: readonly Measured[], pvfs: readonly CorpusBlob[]): string {
  const rows = measured.map(({ jobs, wallMs }) => [
    `${jobs}`,
    ...MACHINES.map((machines) => formatMillis((wallMs / pvfs.length) * (PREDICTED_CODES / machines))),
  ]);
  const head = ['at once', ...MACHINES.map((machines) => `${machines} machine${machines === 1 ? '' : 's'}`)];
  return `Predicted wall for ${PREDICTED_CODES} codes\n${table([head, ...rows])}`;
}

function rawBytes(pvfs: readonly CorpusBlob[]): number {
  return pvfs.reduce((sum, { raw_bytes: raw = 0 }) => sum + raw, 0);
}
