/**
 * Damaged compression through Polkadot's own worker, the built-in one and inspection: the same vote, the same words.
 * A validator's vote on a damaged stream is whatever its libzstd makes of it.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { inspect } from 'node:util';
import { concat } from '../../src/base/bytes.ts';
import { display } from '../../src/polkadot/prepare-error.ts';
import { decompress } from '../../src/runtime/compression.ts';
import { COMPRESSED_MAGIC } from '../../src/runtime/magic.ts';
import { builtInWorker } from '../../src/worker/built-in/built-in-worker.ts';
import type { Outcome } from '../../src/worker/host/outcome.ts';
import type { ExaminedWorker } from '../../src/worker/probe/examined-worker.ts';
import { builtInOptions, ownPackage } from '../support/built-in.ts';
import { damagedFrame, type Random, randomFrom, wholeFrames } from '../support/damaged-frames.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { jobFor, type Workbench, withHost, withWorkbench } from '../support/workbench.ts';

/** Damaged ones; the whole ones come on top. */
const COUNT = 2000;
const SEED = 20_251_126;
/** Ample, and one that some of the streams exceed before the damage is met, others after. */
const BOMB_LIMITS = [1_000_000, 1_000_000, 1_000_000, 4000] as const;

interface Sample {
  readonly code: Uint8Array;
  readonly bombLimit: number;
}

/** How a worker answered, in words. */
type Answer = string;

describeWithOfficialWorker('damaged compression', (program) => {
  it(`gets the same answer from both workers and inspection, ${COUNT} blobs`, async function () {
    this.timeout(300_000);
    const samples = samplesFrom(randomFrom(SEED));
    const [official, builtIn] = await bothAnswers(program, samples);
    for (const [at, sample] of samples.entries()) {
      const where = `blob ${at}: ${Buffer.from(sample.code).toString('base64')}`;
      assert.equal(builtIn[at], official[at], where);
      assert.equal(await inspected(sample), decompressionOf(official[at]), where);
    }
    printTally(official);
  });
});

/** The frames as they are, then damaged ones; of some the blob's own prefix is damaged too. */
function samplesFrom(random: Random): Sample[] {
  const frames = [...wholeFrames().values()];
  const whole = frames.map((frame) => ({ code: concat(COMPRESSED_MAGIC, frame), bombLimit: BOMB_LIMITS[0] }));
  const damaged = Array.from({ length: COUNT }, () => {
    const code = concat(COMPRESSED_MAGIC, damagedFrame(frames, random));
    if (random(50) === 0) code[random(COMPRESSED_MAGIC.length)] = random(256);
    return { code, bombLimit: BOMB_LIMITS[random(BOMB_LIMITS.length)] ?? BOMB_LIMITS[0] };
  });
  return [...whole, ...damaged];
}

/** Both at the same time. A job takes the built-in worker several times as long, so there are two of them. */
async function bothAnswers(program: string, samples: readonly Sample[]): Promise<[Answer[], Answer[]]> {
  let answers: [Answer[], Answer[]] = [[], []];
  await withWorkbench(async (bench) => {
    await using directories = await bench.openHostDirectories();
    const official = await bench.examine(program, directories);
    const options = builtInOptions(ownPackage, { storeFolder: path.join(bench.folder, 'functions'), instances: 1 });
    const builtIn = await builtInWorker(options);
    answers = await Promise.all([answersOf(official, bench, samples, 1), answersOf(builtIn, bench, samples, 2)]);
  });
  return answers;
}

/** Runs the samples on warm workers. */
async function answersOf(
  worker: ExaminedWorker,
  bench: Workbench,
  samples: readonly Sample[],
  maxWorkers: number,
): Promise<Answer[]> {
  let answers: Answer[] = [];
  const options = { maxWorkers };
  const prepareAll: Parameters<typeof withHost>[2] = async ({ host }) => {
    const jobs = samples.map(({ code, bombLimit }) => host.prepare(jobFor(code, { bombLimit })));
    answers = (await Promise.all(jobs)).map(({ outcome }) => answerOf(outcome));
  };
  await withHost(bench, worker, prepareAll, options);
  return answers;
}

function answerOf(outcome: Outcome): Answer {
  assert(outcome.kind === 'concluded', inspect(outcome));
  if (!('prepared' in outcome)) return `${outcome.error.tag}: ${display(outcome.error)}`;
  const { artifactBytes, checksum, stats } = outcome.prepared;
  return `prepared ${stats.observedWasmCodeLen} ${artifactBytes} ${checksum?.hex}`;
}

/** The part of an answer that concerns decompression. */
function decompressionOf(answer: Answer | undefined): 'ok' | 'bomb' | 'damaged' {
  if (answer === undefined || !answer.startsWith('CouldNotDecompressCodeBlob')) return 'ok';
  return answer.includes('bomb') ? 'bomb' : 'damaged';
}

async function inspected({ code, bombLimit }: Sample): Promise<string> {
  return (await decompress(code, bombLimit)).kind;
}

function printTally(answers: readonly Answer[]): void {
  const kinds = answers.map((answer) => answer.split(/[: ]/, 1)[0] ?? '');
  const tally = new Map<string, number>();
  for (const kind of kinds) tally.set(kind, (tally.get(kind) ?? 0) + 1);
  process.stdout.write(`      ${[...tally].map(([kind, count]) => `${kind} ${count}`).join(', ')}\n`);
}
