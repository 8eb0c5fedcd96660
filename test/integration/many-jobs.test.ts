/** 300 jobs in a row leave everything as it was before the first. */
import assert from 'node:assert/strict';
import { footprint } from '../support/leaks.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { jobFor, withHost, withWorkbench } from '../support/workbench.ts';

const JOBS = 300;
const WARM_UP = 50;

describeWithOfficialWorker('many jobs on one worker', (program) => {
  it(`${JOBS} in a row leak no process, file, socket or memory`, async function () {
    this.timeout(120_000);
    await withWorkbench(async (bench) => {
      await using directories = await bench.openHostDirectories();
      const worker = await bench.examine(program, directories);
      await withHost(bench, worker, async ({ host }) => {
        for (let n = 0; n < WARM_UP; n += 1) await host.prepare(jobFor());
        const before = footprint(bench.folder);
        const heapBefore = heapUsed();
        for (let n = 0; n < JOBS; n += 1) {
          const { outcome } = await host.prepare(jobFor());
          assert.equal(outcome.kind, 'concluded');
        }
        assert.deepEqual(footprint(bench.folder), before);
        const growth = heapUsed() - heapBefore;
        // A job that kept only its own 13 kB artifact in memory would grow it by 4 MB.
        assert(growth < 2 * 1024 * 1024, `the heap grew by ${growth} bytes`);
      });
      const left = footprint(bench.folder);
      assert.deepEqual(left.processes, []);
      assert.deepEqual(
        left.files.filter((file) => /worker-dir|\.tmp$|check-can/.test(file)),
        [],
      );
    });
  });
});

/** Live heap, after a collection. */
function heapUsed(): number {
  assert(global.gc, 'mocha must run with --expose-gc');
  global.gc();
  global.gc();
  return process.memoryUsage().heapUsed;
}
