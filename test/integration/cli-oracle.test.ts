/**
 * The verdict of the built CLI beside that of an oracle that shares no code with it, on the blobs of the corpus that are
 * small or rejected. (test/integration/corpus-verdicts.test.ts has them all.)
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Report } from '../../src/model/report.ts';
import { type Corpus, type CorpusBlob, describeWithCorpus } from '../support/corpus.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { needBuiltCli, reportsOf, withCli } from '../support/run-cli.ts';
import { askDirectly, type DirectAnswer } from '../support/wire-by-hand.ts';

const MIB = 1024 * 1024;

/** `PrepareError` by discriminant (protocol, 4.2). */
const variants = [
  ...['Prevalidation', 'Preparation', 'RuntimeConstruction', 'JobError', 'TimedOut', 'IoErr', 'CreateTmpFile'],
  ...['RenameTmpFile', 'OutOfMemory', 'ClearWorkerDir', 'JobDied', 'Kernel', 'CouldNotDecompressCodeBlob'],
];

/** Below 1 MiB of raw code, or without any: what can't be decompressed, and what is no wasm. */
const isCheap = ({ raw_bytes }: CorpusBlob) => raw_bytes === undefined || raw_bytes < MIB;

/** What both must agree on. */
type Essence = readonly [vote: string, ...rest: (string | undefined)[]];

function essenceOf({ vote, outcome, stats }: Report): Essence {
  const { error } = outcome ?? {};
  return error ? [vote, error.variant, error.message] : [vote, stats?.artifactChecksum];
}

function essenceOfAnswer(answer: DirectAnswer): Essence {
  if (answer.kind === 'ok') return ['accept', answer.checksum];
  return ['reject', variants[answer.discriminant], answer.text];
}

function printTable(reports: readonly Report[], essences: readonly Essence[]): void {
  const mib = (bytes: number | undefined) => (bytes === undefined ? '' : (bytes / MIB).toFixed(1));
  const rows = reports.map(({ runtime, vote, outcome, stats }, at) => [
    (runtime.path.split('/').at(-1) ?? '').slice(0, 58).padEnd(58),
    vote.padEnd(7),
    (essences[at]?.[0] ?? '').padEnd(7),
    (stats?.cpuTimeMs === undefined ? '' : (stats.cpuTimeMs / 1000).toFixed(2)).padStart(5),
    mib(stats?.memory?.peakTrackedAlloc).padStart(6),
    mib(stats?.artifactBytes).padStart(6),
    outcome?.error?.variant ?? stats?.artifactChecksum?.slice(0, 18) ?? '',
  ]);
  const head = ['file'.padEnd(58), 'vote   ', 'oracle ', 'CPU s', 'pk MiB', 'a. MiB', 'error or checksum'];
  process.stdout.write(`${[head, ...rows].map((row) => `      ${row.join('  ')}`).join('\n')}\n`);
}

describeWithOfficialWorker('the verdicts of pvf prepare', (worker) => {
  describeWithCorpus('on the small and the rejected blobs of the corpus', (corpus: Corpus) => {
    before(needBuiltCli);

    it('are those of the worker itself, with the same error and the same artifact', async function () {
      this.timeout(300_000);
      const files = corpus.blobs.filter(isCheap).map(({ file }) => corpus.path(file));
      assert.ok(files.length >= 4, 'the corpus has such blobs');
      await withCli(async (cli) => {
        const ended = await cli.run(['prepare', '--json', '--worker', worker, ...files]);
        const reports = reportsOf(ended);
        const essences: Essence[] = [];
        for (const file of files) essences.push(essenceOfAnswer(await askDirectly(worker, readFileSync(file))));
        printTable(reports, essences);
        assert.deepEqual(reports.map(essenceOf), essences);
        assert.deepEqual(
          new Set(essences.map(([vote]) => vote)),
          new Set(['accept', 'reject']),
          'both verdicts are among them',
        );
        assert.equal(ended.code, 1);
      });
    });
  });
});
