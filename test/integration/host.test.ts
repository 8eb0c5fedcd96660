/** The host with Polkadot's own worker, where that does not simply answer. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describeWithCorpus } from '../support/corpus.ts';
import { footprint, processesNaming, processesOfGroup, until } from '../support/leaks.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { jobFor, withWorkbench } from '../support/workbench.ts';

describeWithOfficialWorker("a host and Polkadot's worker", (program) => {
  it('fail with an older wire revision, and work again with the right one', () =>
    withWorkbench(async (bench) => {
      await using directories = await bench.openHostDirectories();
      for (const forcedRevision of ['8.0.0', '16.0.0'] as const) {
        const old = await bench.examine(program, directories, { forcedRevision });
        const { host } = await bench.openHost(old, directories);
        await using _host = host;
        const { outcome } = await host.prepare(jobFor());
        assert.deepEqual(outcome, { kind: 'io-error', message: 'early eof' }, forcedRevision);
      }
      const { host } = await bench.openHost(await bench.examine(program, directories), directories);
      await using _host = host;
      assert.equal((await host.prepare(jobFor())).outcome.kind, 'concluded');
    }));

  it('have a cached result for the same job only', () =>
    withWorkbench(async (bench) => {
      await using directories = await bench.openHostDirectories();
      const worker = await bench.examine(program, directories);
      const { host, findCached } = await bench.openHost(worker, directories);
      await using _host = host;
      assert.equal(await findCached(jobFor()), undefined);
      const { outcome, wallMs } = await host.prepare(jobFor());
      assert(outcome.kind === 'concluded' && 'prepared' in outcome);

      const later = await bench.openHost(worker, directories);
      const kept = await later.findCached(jobFor());
      assert.deepEqual(kept?.outcome, outcome);
      assert(kept.wallMs > 0 && kept.wallMs <= wallMs, 'the time of then');
      assert.equal(await later.findCached(jobFor(undefined, { kind: 'Compilation' })), undefined);
      assert.equal(await later.findCached(jobFor(undefined, { prepTimeout: { secs: 0n, nanos: 1 } })), undefined);
      // The worker refuses that, though the artifact would be the same.
      const noStack = jobFor(undefined, { executorParams: [{ tag: 'StackNativeMax', value: 0 }] });
      assert.equal(await later.findCached(noStack), undefined);
    }));

  describeWithCorpus('at work on a real runtime', ({ blobs, path }) => {
    const blob = blobs.find(({ file }) => file.startsWith('hydration-hydradx'));

    it('stop at once when the job is cancelled, and leave neither process nor file', () =>
      withWorkbench(async (bench) => {
        assert(blob);
        const code = readFileSync(path(blob.file));
        await using directories = await bench.openHostDirectories();
        const worker = await bench.examine(program, directories);
        const { host } = await bench.openHost(worker, directories);
        await using _host = host;
        const before = footprint(bench.folder);
        const caller = new AbortController();
        const preparation = host.prepare(jobFor(code), { signal: caller.signal });
        // The worker, and its job, which is a child of it and of the same group.
        await until('the job', () => processesNaming(bench.folder).length === 2);
        const [leader = 0] = processesNaming(bench.folder);
        assert.equal(processesOfGroup(leader).length, 2);
        await delay(300);
        caller.abort();
        assert.deepEqual((await preparation).outcome, { kind: 'cancelled', by: 'caller' });
        await until('the end of the group', () => processesOfGroup(leader).length === 0);
        await until('the end of its pipes', () => footprint(bench.folder).openFiles <= before.openFiles);
        assert.deepEqual(footprint(bench.folder).files, before.files);
        assert.deepEqual(readdirSync(directories.artifacts.folder), []);
      }));
  });
});
