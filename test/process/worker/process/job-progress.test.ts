import assert from 'node:assert/strict';
import type { JobProgress } from '../../../../src/worker/process/job-progress.ts';
import { progressIn } from '../../../../src/worker/process/job-progress.ts';
import { installFakeWorker, okAnswer } from '../../../support/fake-worker.ts';
import { until } from '../../../support/leaks.ts';
import { jobFor, withHost, withWorkbench } from '../../../support/workbench.ts';

const head = '2026-11-24T14:31:03.123456Z DEBUG parachain::pvf-prepare-worker: ';

describe('progressIn', () => {
  const rows: readonly (readonly [line: string, progress: JobProgress | undefined])[] = [
    [`${head}compiled 120 of 3196 functions`, { done: 120, total: 3196 }],
    [`${head}compiled 0 of 0 functions`, { done: 0, total: 0 }],
    [`${head}compiled 121 of 120 functions`, undefined],
    [`${head}compiled 120 of 3196 functions and more`, undefined],
    [`${head}compiled -1 of 3196 functions`, undefined],
    [`${head}compiled 12 functions`, undefined],
    [`${head}plan whole, instances 1`, undefined],
    ['compiled 120 of 3196 functions', undefined],
    ['', undefined],
  ];
  for (const [line, progress] of rows) {
    it(`${progress ? 'accepts' : 'rejects'} ${JSON.stringify(line.replace(head, '…'))}`, () =>
      assert.deepEqual(progressIn(line), progress));
  }
});

describe("a job's progress", () => {
  const lines = (...done: number[]) => done.map((one) => `${head}compiled ${one} of 9 functions\n`).join('');

  it('is reported to the running job', () =>
    withWorkbench(async (bench) => {
      const ok = await okAnswer();
      const slow = { ...ok, delayMs: 400 };
      const jobs = [
        { ...slow, stderr: lines(1, 9) },
        { ...slow, stderr: `${lines(2)}a line\n` },
      ];
      const fake = installFakeWorker(bench.folder, { spawns: [{ stderr: lines(7), jobs }] });
      await withHost(bench, fake.examined, async ({ host }) => {
        const reported: JobProgress[][] = [[], []];
        for (const list of reported) {
          const { outcome } = await host.prepare(jobFor(), { onProgress: (progress) => list.push(progress) });
          assert.equal(outcome.kind, 'concluded');
        }
        const done = reported.map((list) => list.map((one) => one.done).filter((count) => count !== 7));
        assert.deepEqual(done, [[1, 9], [2]]);
        await until('the line', () => bench.logged.some(({ message }) => message.endsWith('a line')));
        assert.ok(
          bench.logged.some(({ level, message }) => level === 'debug' && message.endsWith('compiled 9 of 9 functions')),
        );
      });
    }));

  it('is not part of the error of a dead worker', () =>
    withWorkbench(async (bench) => {
      const spawns = [{ start: 'exit' as const, status: 3, stderr: `${lines(1, 2)}broken\n` }];
      const fake = installFakeWorker(bench.folder, { spawns });
      await withHost(bench, fake.examined, async ({ host }) => {
        const { outcome } = await host.prepare(jobFor());
        assert.ok(outcome.kind === 'not-spawned');
        assert.match(outcome.message, /before it connected\nbroken$/);
      });
    }));
});
