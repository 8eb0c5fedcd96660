import assert from 'node:assert/strict';
import { durationFromMillis } from '../../../../src/polkadot/scale.ts';
import type { PortableWorker } from '../../../../src/worker/probe/examined-worker.ts';
import { readVersion } from '../../../../src/worker/probe/version.ts';
import type { Program } from '../../../../src/worker/process/program.ts';
import { type FakeBehaviour, type FakeWorker, installFakeWorker, okAnswer } from '../../../support/fake-worker.ts';
import { jobFor, type Workbench, withHost, withWorkbench } from '../../../support/workbench.ts';

/** A fake that starts like the built-in worker: by another program, with arguments before those of the protocol. */
function throughNode({ folder }: Workbench, behaviour: FakeBehaviour): { fake: FakeWorker; worker: PortableWorker } {
  const fake = installFakeWorker(folder, behaviour);
  const program: Program = {
    file: process.execPath,
    leadingArgs: ['--no-warnings', fake.program],
    env: { ELECTRON_RUN_AS_NODE: '1' },
    name: 'the fake',
  };
  const { security: _, ...common } = fake.examined;
  const target = { cpu: 'x86-64-v3', features: [] } as const;
  return {
    fake,
    worker: { ...common, kind: 'portable', program, engine: 'none', target, figures: 'estimated', costs: false },
  };
}

describe('a worker run by another program', () => {
  it("gets its own arguments first, and its program's variables", () =>
    withWorkbench(async (bench) => {
      const { fake, worker } = throughNode(bench, { spawns: [{ jobs: [await okAnswer()] }] });
      await withHost(
        bench,
        worker,
        async ({ host }) => {
          const { outcome } = await host.prepare(jobFor());
          assert.equal(outcome.kind, 'concluded');
        },
        { logDirectives: 'a=debug' },
      );
      const [spawned] = fake.records('spawn');
      assert.deepEqual(spawned?.argv.slice(0, 2), ['prepare-worker', '--socket-path']);
      assert.deepEqual(spawned?.env, { ELECTRON_RUN_AS_NODE: '1', RUST_LOG: 'a=debug' });
      assert.deepEqual(
        fake.records('handshake').map(({ hex }) => hex),
        ['0000000000'],
        'no sandbox is asked for',
      );
    }));

  it('prints its version', () =>
    withWorkbench(async (bench) => {
      const { fake, worker } = throughNode(bench, {});
      const { guard } = bench;
      const { signal } = new AbortController();
      assert.equal(await readVersion(worker.program, { deadlineMs: 15_000, guard, signal }), '1.25.1');
      assert.deepEqual(fake.records('word')[0]?.env, { ELECTRON_RUN_AS_NODE: '1' });
    }));

  it('appears by name in errors', () =>
    withWorkbench(async (bench) => {
      const { worker } = throughNode(bench, { spawns: [{ start: 'exit', status: 4 }] });
      await withHost(bench, worker, async ({ host }) => {
        const { outcome } = await host.prepare(jobFor());
        assert.ok(outcome.kind === 'not-spawned');
        assert.equal(outcome.message, 'the fake exited with status 4 before it connected');
      });
    }));
});

describe('the wall-clock limit', () => {
  /** A job of 10 ms of CPU time that takes far longer. */
  const outcomeWith = async (kind: 'official' | 'estimated' | 'measured') => {
    const seen: string[] = [];
    await withWorkbench(async (bench) => {
      const slow = { ...(await okAnswer({ cpuMs: 1 })), delayMs: 500 };
      const { fake, worker } = throughNode(bench, { spawns: [{ jobs: [slow] }] });
      const examined = kind === 'official' ? fake.examined : { ...worker, figures: kind };
      await withHost(bench, examined, async ({ host }) => {
        const { outcome } = await host.prepare(jobFor(undefined, { prepTimeout: durationFromMillis(10) }));
        seen.push(outcome.kind);
      });
    });
    return seen;
  };

  it("ends a job of Polkadot's worker", async () => assert.deepEqual(await outcomeWith('official'), ['timed-out']));

  it('ends a job of the built-in worker with a native helper', async () =>
    assert.deepEqual(await outcomeWith('measured'), ['timed-out']));

  it('does not end a job of the built-in worker, which estimates', async () =>
    assert.deepEqual(await outcomeWith('estimated'), ['concluded']));
});
