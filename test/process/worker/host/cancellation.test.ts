import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { durationFromMillis } from '../../../../src/polkadot/scale.ts';
import type { ArtifactStore } from '../../../../src/worker/artifacts/artifact-store.ts';
import type { CachedAnswer } from '../../../../src/worker/artifacts/cached-answer.ts';
import type { HostDirectories } from '../../../../src/worker/host/host-directories.ts';
import type { OpenedHost } from '../../../../src/worker/host/open-host.ts';
import type { Outcome } from '../../../../src/worker/host/outcome.ts';
import {
  errAnswer,
  type FakeSpawn,
  type FakeWorker,
  installFakeWorker,
  okAnswer,
} from '../../../support/fake-worker.ts';
import { processesNaming, until } from '../../../support/leaks.ts';
import { jobFor, type Workbench, withWorkbench } from '../../../support/workbench.ts';

const MIB = 1024 * 1024;

/** Delays every promotion until it is opened. */
class Gate {
  reached = false;
  private readonly hinge = new AbortController();

  open(): void {
    this.hinge.abort();
  }

  /** Wraps the store's `promote`. */
  before(store: ArtifactStore<CachedAnswer>): ArtifactStore<CachedAnswer> {
    const promote: typeof store.promote = async (...args) => {
      this.reached = true;
      await new Promise((resolve) => this.hinge.signal.addEventListener('abort', resolve));
      return store.promote(...args);
    };
    return Object.create(store, { promote: { value: promote } }) as ArtifactStore<CachedAnswer>;
  }
}

interface Scene extends OpenedHost {
  readonly bench: Workbench;
  readonly fake: FakeWorker;
  readonly directories: HostDirectories;
  readonly gate: Gate;
}

async function withScene(spawns: readonly FakeSpawn[], test: (scene: Scene) => Promise<void>): Promise<void> {
  await withWorkbench(async (bench) => {
    const fake = installFakeWorker(bench.folder, { spawns });
    {
      await using directories = await bench.openHostDirectories();
      const gate = new Gate();
      const artifacts = gate.before(directories.artifacts);
      const opened = await bench.openHost(fake.examined, { ...directories, artifacts });
      await using _host = opened.host;
      await test({ ...opened, bench, fake, directories, gate });
    }
  });
}

/** The progress of a job at its cancellation. */
interface State {
  readonly name: string;
  readonly spawns: readonly FakeSpawn[];
  /** Size of the blob. */
  readonly bytes?: number;
  /** Whether another job occupies the only worker. */
  readonly isSecond?: boolean;
  reached(scene: Scene, started: boolean): boolean;
  /** A job that is promoting its artifact concludes. */
  readonly ends?: Outcome['kind'];
}

const isBusy = ({ fake }: Scene) => fake.records('request').length === 1;

const states = async (): Promise<readonly State[]> => [
  { name: 'queued', spawns: [{ jobs: [{}] }], isSecond: true, reached: isBusy },
  {
    name: 'waiting for its worker',
    spawns: [{ start: 'stay' }],
    reached: ({ fake }) => fake.records('spawn').length === 1,
  },
  {
    name: 'being written to its worker',
    spawns: [{ reads: false }],
    bytes: 4 * MIB,
    reached: (_, started) => started,
  },
  { name: 'busy', spawns: [{ jobs: [{}], grandchild: true }], reached: isBusy },
  {
    name: 'promoting its artifact',
    spawns: [{ jobs: [await okAnswer()] }],
    reached: ({ gate }) => gate.reached,
    ends: 'concluded',
  },
];

const workerDirs = ({ directories }: Scene) =>
  readdirSync(directories.artifacts.folder).filter((name) => name.startsWith('worker-dir'));

for (const state of await states()) {
  describe(`a job that is ${state.name}`, () => {
    /** Runs a job up to the state, and ends it. */
    const endedBy = (end: (scene: Scene, caller: AbortController) => Promise<void>, by: 'caller' | 'shutdown') =>
      withScene(state.spawns, async (scene) => {
        if (state.isSecond) void scene.host.prepare(jobFor());
        const caller = new AbortController();
        let started = false;
        const onStart = () => {
          started = true;
        };
        const job = jobFor(new Uint8Array(state.bytes ?? 8));
        const preparation = scene.host.prepare(job, { signal: caller.signal, onStart });
        await until(state.name, () => state.reached(scene, started));
        const ended = end(scene, caller);
        scene.gate.open();
        await ended;
        const { outcome } = await preparation;
        if (state.ends) assert.equal(outcome.kind, state.ends);
        else assert.deepEqual(outcome, { kind: 'cancelled', by });
        // Its worker has ended.
        const wasAtWork = started && !state.ends;
        if (wasAtWork || by === 'shutdown') assert.deepEqual(workerDirs(scene), []);
        if (by === 'shutdown') await until('no process', () => processesNaming(scene.bench.folder).length === 0);
      });

    it('can be cancelled', () => endedBy(async (_, caller) => caller.abort(), 'caller'));

    it('is cancelled when the host is disposed of', () =>
      endedBy(async ({ host }) => host[Symbol.asyncDispose](), 'shutdown'));
  });
}

describe('a finished job whose worker is ending', () => {
  const timedOut: Outcome = { kind: 'timed-out', clock: 'wall', limitMs: 40 };
  const spawns: FakeSpawn[] = [{ jobs: [{}], ignoresTerm: true }];
  const shortJob = () => jobFor(undefined, { prepTimeout: durationFromMillis(10) });
  const isBeingEnded = ({ fake }: Scene) => fake.records('ignored').length > 0;

  it('keeps its outcome when the caller cancels', () =>
    withScene(spawns, async (scene) => {
      const caller = new AbortController();
      const preparation = scene.host.prepare(shortJob(), { signal: caller.signal });
      await until('the end of the job', () => isBeingEnded(scene));
      caller.abort();
      assert.deepEqual((await preparation).outcome, timedOut);
      assert.deepEqual(workerDirs(scene), []);
    }));

  it('delays the disposal of the host', () =>
    withScene(spawns, async (scene) => {
      const preparation = scene.host.prepare(shortJob());
      await until('the end of the job', () => isBeingEnded(scene));
      await scene.host[Symbol.asyncDispose]();
      assert.deepEqual(workerDirs(scene), []);
      assert.deepEqual((await preparation).outcome, timedOut);
    }));
});

describe('a host', () => {
  it('ends its idle worker and rejects jobs after its disposal', () =>
    withScene([{ jobs: [errAnswer({ tag: 'Preparation', value: 'bad' })] }], async (scene) => {
      const { host } = scene;
      assert.equal((await host.prepare(jobFor())).outcome.kind, 'concluded');
      assert.equal(workerDirs(scene).length, 1);
      await host[Symbol.asyncDispose]();
      assert.deepEqual(workerDirs(scene), []);
      assert.deepEqual((await host.prepare(jobFor())).outcome, { kind: 'cancelled', by: 'shutdown' });
      await host[Symbol.asyncDispose]();
    }));

  it('does not start a job that is already cancelled', () =>
    withScene([{}], async ({ host, fake }) => {
      const { outcome } = await host.prepare(jobFor(), { signal: AbortSignal.abort() });
      assert.deepEqual(outcome, { kind: 'cancelled', by: 'caller' });
      assert.deepEqual(fake.records('spawn'), []);
    }));
});
