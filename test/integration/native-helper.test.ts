/** The native helper as it is built from engine/: through its driver, through the built-in worker, and by itself. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeEngine } from '../../src/portable/native/native-engine.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { describeWithNativeEngine } from '../support/native-engine.ts';
import { runJob } from '../support/native-jobs.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { needPortableWorker, withPortableWorker } from '../support/portable-worker.ts';
import { asExpected, requestCases } from '../support/protocol-case-request.ts';
import { tally } from '../support/tally.ts';
import { jobFor, withHost, withWorkbench } from '../support/workbench.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describeWithNativeEngine('the native helper', (program) => {
  const threads = (instances: number) => new NativeEngine({ program: program(), instances });

  describe('behind the built-in worker', () => {
    before(needPortableWorker);

    it('has the same result as the official worker in every protocol case', async () => {
      const own = ['--native', program(), '--instances', '2'];
      await withPortableWorker(
        async (worker) => {
          worker.shakeHands();
          for (const { name, request, expected } of requestCases) {
            assert.deepEqual(asExpected(await worker.prepare(request)), expected, name);
          }
        },
        { own },
      );
    });
  });

  describe('with a real runtime', () => {
    const code = tally.stored();

    it('ends a job at its CPU limit, and reports it', async () => {
      const error = await runJob(threads(2), { code, cpuLimitMs: 300 }, ({ answer }) => answer);
      assert.ok(error.kind === 'refused' && error.error.tag === 'TimedOut');
      assert.ok(error.cpuMs >= 300);
    });

    it('ends a job at its memory limit, but not with a slightly higher limit', async () => {
      const { answer } = await runJob(threads(1), { code }, (ran) => ran);
      assert.ok(answer.kind === 'prepared');
      const peak = BigInt(answer.peakBytes);
      const tagWith = (memoryLimit: bigint) =>
        runJob(threads(2), { code, memoryLimit }, ({ answer: one }) =>
          one.kind === 'refused' ? one.error.tag : one.kind,
        );
      assert.equal(await tagWith(peak / 2n), 'OutOfMemory');
      assert.equal(await tagWith(peak + peak / 50n), 'prepared');
    });

    it('reports its steps and progress', async () => {
      const { progress } = await runJob(threads(2), { code }, (ran) => ran);
      const steps = progress.flatMap((one) => (one.kind === 'timed' ? [one.step] : []));
      assert.deepEqual(steps, ['decompress', 'prevalidate', 'instrument', 'compile', 'construct']);
      const done = progress.flatMap((one) => (one.kind === 'compiled' ? [one.done] : []));
      assert.ok(done.length > 20);
      // Two threads may say their lines in another order than they counted, but not by much.
      assert.ok(done.every((count, at) => count >= (done[at - 2] ?? 0)));
    });

    it('ends when its parent is gone', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'pvf-native-'));
      try {
        const head = Buffer.alloc(8);
        head.writeUInt32LE(code.length);
        const child = spawn(program(), ['-', '-', path.join(folder, 'artifact')], {
          stdio: ['pipe', 'pipe', 'ignore'],
        });
        const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
        child.stdin.write(head);
        child.stdin.end(code);
        assert.equal(await Promise.race([ended, sleep(20_000, 'still there')]), 3);
        assert.ok(!existsSync(path.join(folder, 'artifact')));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('makes the same bytes from a store, warm or damaged', () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'pvf-native-'));
      try {
        const [store, artifact] = [path.join(folder, 'store'), path.join(folder, 'artifact')];
        const run = (...words: string[]) => {
          const args = ['-', tally.path, artifact, ...words];
          const output = execFileSync(program(), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
          const { ok } = JSON.parse(output.trim().split('\n').at(-1) ?? '');
          return { sum: sha256(readFileSync(artifact)), misses: ok.store_misses as number };
        };
        const plain = run('--threads', '1');
        const filled = run('--threads', '2', '--store', store);
        const warm = run('--threads', '2', '--store', store);
        assert.deepEqual([filled.sum, warm.sum], [plain.sum, plain.sum]);
        assert.ok(filled.misses > 0 && warm.misses < filled.misses / 10, `${filled.misses}, then ${warm.misses}`);
        const bytes = readFileSync(store);
        for (let at = 100; at < bytes.length; at += 50_000) bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        writeFileSync(store, bytes);
        assert.equal(run('--threads', '1', '--store', store).sum, plain.sum);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('rejects unknown arguments', () => {
      const call = (...args: string[]) => spawnSync(program(), args, { encoding: 'utf8', input: '' });
      assert.match(call('--version').stdout, /^pvf-engine \d/);
      for (const args of [[], ['-', 'x'], ['-', tally.path, '/dev/null', '--fast', 'yes']]) {
        const { status, stderr } = call(...args);
        assert.equal(status, 2);
        assert.match(stderr, /^pvf-engine: /);
      }
    });
  });

  describeWithOfficialWorker('beside the official worker', (official) => {
    describeWithCorpus('with real runtimes', (corpus) => {
      const files = [
        'shell-2.compact.compressed.wasm',
        'asset-hub-kusama-genesis-uncompressed.wasm',
        'zeitgeist-genesis-own-memory.compact.compressed.wasm',
        'bridge-hub-polkadot-9382.compact.compressed.wasm',
      ];
      for (const file of files) {
        it(`makes the same artifact of ${file}, with 1 and with 2 threads`, async function () {
          this.timeout(240_000);
          const code = readFileSync(corpus.path(file));
          const expected = await officialArtifact(official, code);
          for (const instances of [1, 2]) {
            const ran = await runJob(threads(instances), { code }, ({ answer, artifact }) => ({
              answer,
              sum: sha256(artifact),
            }));
            assert.equal(ran.sum, expected.sum, `${instances} threads`);
            assert.ok(ran.answer.kind === 'prepared');
            const { peakBytes, codeLength } = ran.answer;
            assert.equal(codeLength, expected.codeLength);
            if (instances === 1) assert.ok(Math.abs(peakBytes / expected.peakBytes - 1) < 0.02, `${peakBytes} bytes`);
          }
        });
      }
    });
  });
});

async function officialArtifact(program: string, code: Uint8Array) {
  const found: { sum: string; peakBytes: number; codeLength: number }[] = [];
  await withWorkbench(async (bench) => {
    await using directories = await bench.openHostDirectories();
    const worker = await bench.examine(program, directories);
    await withHost(bench, worker, async ({ host }) => {
      const { outcome } = await host.prepare(jobFor(code, { prepTimeout: { secs: 600n, nanos: 0 } }));
      assert.ok(outcome.kind === 'concluded' && 'prepared' in outcome, JSON.stringify(outcome.kind));
      const { path: file, stats } = outcome.prepared;
      const peakBytes = Number(stats.memoryStats?.peakTrackedAlloc ?? 0);
      found.push({ sum: sha256(readFileSync(file)), peakBytes, codeLength: stats.observedWasmCodeLen ?? 0 });
    });
  });
  const [first] = found;
  assert.ok(first);
  return first;
}
