/**
 * Every blob of the corpus through Polkadot's own worker and through the built-in one, in each way in which that makes an
 * artifact: the same verdict, the same text, the same bytes.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { withChangedData, withChangedFunction } from '../../scripts/bench/engine/edits.ts';
import { display } from '../../src/polkadot/prepare-error.ts';
import { durationFromMillis } from '../../src/polkadot/scale.ts';
import { readRuntime } from '../../src/runtime/blob.ts';
import { decompress } from '../../src/runtime/compression.ts';
import { builtInWorker } from '../../src/worker/built-in/built-in-worker.ts';
import type { HostDirectories } from '../../src/worker/host/host-directories.ts';
import type { PrepareJob } from '../../src/worker/host/job.ts';
import type { Outcome } from '../../src/worker/host/outcome.ts';
import type { ExaminedWorker } from '../../src/worker/probe/examined-worker.ts';
import { builtInOptions, ownPackage } from '../support/built-in.ts';
import { type Corpus, describeWithCorpus } from '../support/corpus.ts';
import { findOfficialWorker } from '../support/official-worker.ts';
import { skipBecause } from '../support/skip.ts';
import { tally } from '../support/tally.ts';
import { jobFor, type Workbench, withWorkbench } from '../support/workbench.ts';

const MINUTES = 60_000;
const BOMB_LIMIT = 50 * 1024 * 1024;
/** Never reached; a job with a memory limit is compiled whole, by one instance and without a store. */
const whole = { executorParams: [{ tag: 'PrecheckingMaxMemory', value: 16n * 1024n ** 3n }] } as const;

describeWithCorpus('the built-in worker on the corpus', (corpus) => {
  for (const file of filesOf(corpus)) {
    it(`has the artifact and response of the official worker: ${file}`, async function () {
      this.timeout(15 * MINUTES);
      const official = findOfficialWorker();
      if ('why' in official) return skipBecause(this, official.why);
      const { stored } = await readRuntime(corpus.path(file));
      await withWorkbench(async (bench) => {
        await using directories = await bench.openHostDirectories();
        const expected = await answerOf(
          await bench.examine(official.program, directories),
          bench,
          directories,
          jobOf(stored),
        );
        for (const [way, worker, job] of await waysOf(bench, stored)) {
          const found = await answerOf(worker, bench, directories, job);
          assert.deepEqual(found, expected, `${file}, ${way}`);
        }
      });
    });
  }
});

describe('the built-in worker on a real runtime', () => {
  it('does not let stored functions of another build change an artifact', async function () {
    this.timeout(5 * MINUTES);
    const stored = tally.stored();
    const raw = await decompress(stored, BOMB_LIMIT);
    assert(raw.kind === 'ok');
    await withWorkbench(async (bench) => {
      await using directories = await bench.openHostDirectories();
      const filled = await builtIn(bench, 1, 'edited');
      await answerOf(filled, bench, directories, jobOf(stored));
      for (const edited of [withChangedFunction(raw.raw), withChangedData(raw.raw)]) {
        const afresh = await answerOf(await builtIn(bench, 1, 'fresh'), bench, directories, {
          ...jobOf(edited),
          ...whole,
        });
        assert.deepEqual(await answerOf(filled, bench, directories, jobOf(edited)), afresh);
      }
    });
  });
});

function filesOf({ blobs, pairs }: Corpus): string[] {
  return [...new Set([...blobs.map(({ file }) => file), ...pairs.flatMap(({ older, newer }) => [older, newer])])];
}

type Way = readonly [name: string, worker: ExaminedWorker, job: PrepareJob];

async function waysOf(bench: Workbench, code: Uint8Array): Promise<Way[]> {
  const job = jobOf(code);
  return [
    ['whole', await builtIn(bench, 1, 'whole'), { ...job, ...whole }],
    ['two shares', await builtIn(bench, 2, 'shared'), job],
    ['from the store', await builtIn(bench, 1, 'shared'), job],
  ];
}

function builtIn(bench: Workbench, instances: number, store: string): Promise<ExaminedWorker> {
  const storeFolder = path.join(bench.folder, store);
  return builtInWorker(builtInOptions(ownPackage, { storeFolder, instances }));
}

function jobOf(code: Uint8Array): PrepareJob {
  return jobFor(code, { bombLimit: BOMB_LIMIT, prepTimeout: durationFromMillis(360_000) });
}

/** All that must not depend on who answers. */
async function answerOf(worker: ExaminedWorker, bench: Workbench, directories: HostDirectories, job: PrepareJob) {
  const { host } = await bench.openHost(worker, directories);
  await using open = host;
  return factsOf((await open.prepare(job)).outcome);
}

function factsOf(outcome: Outcome): unknown {
  assert(outcome.kind === 'concluded', inspect(outcome));
  if (!('prepared' in outcome)) return { error: display(outcome.error) };
  const { path: artifact, checksum, artifactBytes, stats } = outcome.prepared;
  return {
    artifactBytes,
    sha256: createHash('sha256').update(readFileSync(artifact)).digest('hex'),
    checksum: checksum?.hex,
    observedWasmCodeLen: stats.observedWasmCodeLen,
  };
}
