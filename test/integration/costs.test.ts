/** What the built-in worker says each function costs, against the artifact and the CPU time of the same run. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { durationFromMillis } from '../../src/polkadot/scale.ts';
import { readRuntime } from '../../src/runtime/blob.ts';
import { decompress } from '../../src/runtime/compression.ts';
import { Cursor } from '../../src/wasm/cursor.ts';
import type { FunctionCosts } from '../../src/wasm/function-costs.ts';
import { readModule } from '../../src/wasm/module.ts';
import { type Section, sectionId } from '../../src/wasm/sections.ts';
import { builtInWorker } from '../../src/worker/built-in/built-in-worker.ts';
import { builtInOptions, ownPackage } from '../support/built-in.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { elfSymbols } from '../support/elf-symbols.ts';
import { describeWithNativeEngine } from '../support/native-engine.ts';
import { needPortableWorker } from '../support/portable-worker.ts';
import { tally } from '../support/tally.ts';
import { jobFor, withHost, withWorkbench } from '../support/workbench.ts';

const MINUTES = 60_000;
const BOMB_LIMIT = 50 * 1024 * 1024;

interface Run {
  readonly costs: FunctionCosts | undefined;
  readonly artifact: Buffer;
  readonly cpuMs: number;
}

interface Way {
  readonly instances: number;
  readonly costs?: boolean;
  readonly nativeEngine?: string;
}

describe('the costs of a real runtime', function () {
  this.timeout(10 * MINUTES);
  before(needPortableWorker);

  it('are the same functions and bytes with one and with two instances, and change no artifact', () =>
    testWays(tally.stored(), [{ instances: 1 }, { instances: 2 }]));

  describeWithNativeEngine('from the native helper', (program) => {
    it('have the same shape, with one and with two threads', () =>
      testWays(tally.stored(), [
        { instances: 1, nativeEngine: program() },
        { instances: 2, nativeEngine: program() },
      ]));
  });

  describeWithCorpus('of the corpus', (corpus) => {
    for (const name of ['shell-2', 'bridge-hub-polkadot-9382']) {
      it(`hold for ${name}`, async () => {
        const { stored } = await readRuntime(corpus.path(`${name}.compact.compressed.wasm`));
        await testWays(stored, [{ instances: 1 }, { instances: 3 }]);
      });
    }
  });
});

/** Runs a blob in each way with costs, and once without. All runs must agree, except on times. */
async function testWays(stored: Uint8Array, ways: readonly [Way, ...Way[]]): Promise<void> {
  const plain = await run(stored, { ...ways[0], costs: false });
  assert.equal(plain.costs, undefined);
  const expected = codeBytesOf(plain.artifact, await moduleOf(stored));
  for (const way of ways) {
    const { costs, artifact, cpuMs } = await run(stored, { ...way, costs: true });
    const about = JSON.stringify(way);
    assert(costs !== undefined, about);
    assert.equal(sha256(artifact), sha256(plain.artifact), about);
    assert.equal(costs.imports, expected.imports, about);
    assert.equal(costs.micros.length, expected.functions, about);
    for (const [at, bytes] of costs.machineCodeBytes.entries()) {
      const own = expected.ownBytes[at] ?? 0;
      const isAlone = !expected.reachable.has(at);
      const isRight = isAlone ? bytes === own : bytes > own;
      assert(own > 0 && isRight, `${about}: function ${at} has ${bytes} bytes, ${own} of its body`);
    }
    // The clock of a busy machine may stand still for a moment.
    const timeless = costs.micros.filter((micros) => micros === 0).length;
    assert(timeless <= costs.micros.length / 50, `${about}: ${timeless} functions took no time`);
    assert.equal(sum(costs.machineCodeBytes), expected.allBytes, about);
    const share = sum(costs.micros) / 1000 / costs.engineCpuMs;
    assert(share > 0.4 && share < 1.05, `${about}: the functions took ${share} of the engine's CPU time`);
    if (way.nativeEngine !== undefined) assert(Math.abs(costs.engineCpuMs / cpuMs - 1) < 0.01, about);
  }
}

async function run(stored: Uint8Array, way: Way): Promise<Run> {
  const runs: Run[] = [];
  await withWorkbench(async (bench) => {
    const storeFolder = path.join(bench.folder, 'store');
    const worker = await builtInWorker(builtInOptions(ownPackage, { storeFolder, ...way }));
    await withHost(bench, worker, async ({ host }) => {
      const job = jobFor(stored, { bombLimit: BOMB_LIMIT, prepTimeout: durationFromMillis(360_000) });
      const { outcome, costs } = await host.prepare(job);
      assert(outcome.kind === 'concluded' && 'prepared' in outcome, JSON.stringify(outcome.kind));
      const { path: file, stats } = outcome.prepared;
      const { secs, nanos } = stats.cpuTimeElapsed;
      runs.push({ costs, artifact: readFileSync(file), cpuMs: Number(secs) * 1000 + nanos / 1e6 });
    });
  });
  const [only] = runs;
  assert(only !== undefined);
  return only;
}

interface ModuleFacts {
  readonly imports: number;
  readonly functions: number;
  /** Places of the functions that are exported or in a table, and so have a thunk or a trampoline. */
  readonly reachable: ReadonlySet<number>;
}

async function moduleOf(stored: Uint8Array): Promise<ModuleFacts> {
  const raw = await decompress(stored, BOMB_LIMIT);
  assert(raw.kind === 'ok');
  const module = readModule(raw.raw);
  const imports = module.imports.filter(({ kind }) => kind === 'function').length;
  const exported = module.exports.filter(({ kind }) => kind === 'function').map(({ index }) => index);
  const reachable = [...exported, ...tableFunctions(raw.raw, module.sections)].map((index) => index - imports);
  return { imports, functions: module.functionTypes.length, reachable: new Set(reachable) };
}

/** In segments of the first version of wasm: table 0, an offset `i32.const`, and indices. */
function tableFunctions(raw: Uint8Array, sections: readonly Section[]): readonly number[] {
  const section = sections.find(({ id }) => id === sectionId('element'));
  if (section === undefined) return [];
  const cursor = new Cursor(raw, section.start, section.start + section.bytes);
  return cursor
    .list(() => {
      assert.deepEqual([cursor.byte(), cursor.byte()], [0x00, 0x41]);
      cursor.u32();
      assert.equal(cursor.byte(), 0x0b);
      return cursor.list(() => cursor.u32());
    })
    .flat();
}

/** Machine code by the symbols of the artifact, where the functions of instrumentation follow those of the module. */
function codeBytesOf(artifact: Buffer, { imports, functions, reachable }: ModuleFacts) {
  const ownBytes = Array<number>(functions).fill(0);
  let allBytes = 0;
  for (const { name, bytes } of elfSymbols(artifact)) {
    const found = /^wasm\[0\]::(function|array_to_wasm_trampoline)\[(\d+)\]/.exec(name);
    if (found === null) continue;
    allBytes += bytes;
    const at = Number(found[2]) - imports;
    if (found[1] === 'function' && at < functions) ownBytes[at] = bytes;
  }
  return { imports, functions, reachable, ownBytes, allBytes };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
