/** Every blob of the corpus through the built CLI: the verdict of the real worker, and the facts of the manifest. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Report } from '../../src/model/report.ts';
import { type Corpus, describeWithCorpus } from '../support/corpus.ts';
import { findOfficialWorker } from '../support/official-worker.ts';
import { skipBecause } from '../support/skip.ts';

const cli = path.join(import.meta.dirname, '../../dist/cli.cjs');
const MINUTES = 60_000;

/**
 * What a real worker of node 1.25.1 says of the blobs that are no good PVF; all others it prepares. (It prepares a
 * relay chain's and a solo chain's runtime as well: pre-checking does not look for `validate_block`.)
 */
const rejected: Readonly<Record<string, string>> = {
  'negative/moonbeam-genesis-corrupt-zstd.compact.compressed.wasm': 'CouldNotDecompressCodeBlob',
  'negative/polkavm-contract-testing.polkavm': 'Prevalidation',
};

describeWithCorpus('the corpus through `pvf prepare`', (corpus) => {
  it('gets the verdict of the real worker for every blob', async function () {
    this.timeout(20 * MINUTES);
    const worker = findOfficialWorker();
    if ('why' in worker) return skipBecause(this, worker.why);
    const files = filesOf(corpus);
    const reports = await prepareAll(worker.program, files.map(corpus.path));
    printTable(reports);
    assert.equal(reports.length, files.length);
    for (const [at, file] of files.entries()) checkReport(corpus, file, reports[at]);
  });
});

function filesOf({ blobs, pairs, containers }: Corpus): string[] {
  const files = [...blobs.map(({ file }) => file), ...pairs.flatMap(({ older, newer }) => [older, newer])];
  return [...new Set([...files, ...containers.map(({ file }) => file)])];
}

async function prepareAll(worker: string, files: readonly string[]): Promise<Report[]> {
  const cache = mkdtempSync(path.join(tmpdir(), 'pvf-test-'));
  try {
    const env = { ...process.env, PVF_CACHE_DIR: cache };
    const args = [cli, 'prepare', '--json', '--worker', worker, ...files];
    // The blobs that are rejected make the exit status 1.
    const run = promisify(execFile)(process.execPath, args, { env, maxBuffer: 64 * 1024 * 1024 });
    const { stdout } = await run.catch((error: { code: unknown; stdout: string; stderr: string }) => {
      assert.equal(error.code, 1, error.stderr);
      return error;
    });
    return JSON.parse(stdout) as Report[];
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

function checkReport(corpus: Corpus, file: string, report: Report | undefined): void {
  const variant = rejected[file];
  assert.equal(report?.vote, variant === undefined ? 'accept' : 'reject', file);
  assert.equal(report?.outcome?.error?.variant, variant, file);
  const blob = corpus.blobs.find((one) => one.file === file);
  if (!blob) return;
  assert.equal(report?.runtime.codeHash, blob.blake2b_256 ?? report?.runtime.codeHash, file);
  assert.equal(report?.runtime.storedBytes, readFileSync(corpus.path(file)).length, file);
  // The worker's own count after decompression.
  if (variant === undefined) assert.equal(report?.stats?.observedCodeBytes, blob.raw_bytes, file);
}

function printTable(reports: readonly Report[]): void {
  const mebibytes = (bytes: number | undefined) => (bytes === undefined ? '' : (bytes / 1024 ** 2).toFixed(1));
  const rows = reports.map(({ runtime, vote, outcome, stats }) => [
    path.basename(runtime.path).slice(0, 58).padEnd(58),
    vote.padEnd(7),
    (stats?.cpuTimeMs === undefined ? '' : (stats.cpuTimeMs / 1000).toFixed(2)).padStart(6),
    mebibytes(stats?.memory?.peakTrackedAlloc).padStart(6),
    mebibytes(stats?.artifactBytes).padStart(6),
    outcome?.error?.variant ?? '',
  ]);
  const head = ['file'.padEnd(58), 'vote   ', ' CPU s', 'pk MiB', 'a. MiB', 'error'];
  process.stdout.write(`${[head, ...rows].map((row) => `      ${row.join('  ')}`).join('\n')}\n`);
}
