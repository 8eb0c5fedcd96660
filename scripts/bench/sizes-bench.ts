/** `pvf inspect` on the largest runtime of the corpus against `twiggy top` on the same module, side by side. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decompress } from '../../src/runtime/compression.ts';
import { inspect } from '../../src/runtime/inspect.ts';
import { median, table } from './statistics.ts';
import { twiggy, twiggyTotal } from './twiggy.ts';

const LARGEST = 'hydration-hydradx-408.compact.compressed.wasm';
const RUNS = 9;
const WARM_RUNS = 15;
/** Before the engine has optimised the code. */
const COLD_RUNS = 3;
const BOMB_LIMIT = 64 * 1024 * 1024;

/** @param root with dist/ */
export async function benchSizes(root: string, corpus: string): Promise<string> {
  const blob = path.join(corpus, LARGEST);
  const stored = await readFile(blob);
  const decompressed = await decompress(stored, BOMB_LIMIT);
  assert(decompressed.kind === 'ok');
  const folder = await mkdtemp(path.join(tmpdir(), 'pvf-bench-sizes-'));
  try {
    const module = path.join(folder, 'module.wasm');
    await writeFile(module, decompressed.raw);
    const program = twiggy();
    const cli = path.join(root, 'dist/cli.cjs');
    const commands = {
      pvf: () => timed(process.execPath, [cli, 'inspect', '--no-progress', blob]),
      twiggy: () => timed(program, ['top', module]),
    };
    const runs = Array.from({ length: RUNS }, () => ({ pvf: commands.pvf(), twiggy: commands.twiggy() }));
    const warm = await warmCalls(stored);
    assert.equal(ownTotal(cli, blob), twiggyTotal(program, module), 'twiggy has another total');
    const reference = median(runs.map((run) => run.twiggy));
    const row = (name: string, ms: number) => [name, ms.toFixed(0), (ms / reference).toFixed(2)];
    return table([
      [`${LARGEST}, ${decompressed.raw.length} bytes`, 'median ms', 'ratio'],
      row('twiggy top, from the decompressed module', reference),
      row('pvf inspect, from the compressed blob', median(runs.map((run) => run.pvf))),
      row('the same facts, warm call in one process', warm),
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function timed(program: string, args: readonly string[]): number {
  const before = performance.now();
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const ms = performance.now() - before;
  if (status !== 0) throw new Error(`${program} ended with status ${status}: ${stderr}`);
  return ms;
}

function ownTotal(cli: string, blob: string): number {
  const args = [cli, 'inspect', '--json', '--no-progress', blob];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const report = JSON.parse(stdout) as { readonly sizes?: { readonly tree: { readonly bytes: number } } };
  return report.sizes?.tree.bytes ?? 0;
}

/** Median milliseconds of an inspection with sizes in a process that did it before, as the check thread does. */
async function warmCalls(stored: Uint8Array): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < WARM_RUNS; run += 1) {
    const before = performance.now();
    await inspect(stored, BOMB_LIMIT, { sizes: { depth: 'crates' } });
    times.push(performance.now() - before);
  }
  return median(times.slice(COLD_RUNS));
}
