import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { durationFromMillis } from '../../../../src/polkadot/scale.ts';
import { HostMetrics } from '../../../../src/worker/host/metrics.ts';
import type { OpenedHost } from '../../../../src/worker/host/open-host.ts';
import type { Outcome } from '../../../../src/worker/host/outcome.ts';
import type { Preparation, PrepareHost } from '../../../../src/worker/host/prepare-host.ts';
import {
  errAnswer,
  type FakeAnswer,
  type FakeSpawn,
  type FakeWorker,
  installFakeWorker,
  okAnswer,
} from '../../../support/fake-worker.ts';
import { processesNaming, until } from '../../../support/leaks.ts';
import { tally } from '../../../support/tally.ts';
import { jobFor, type Workbench, withHost, withWorkbench } from '../../../support/workbench.ts';

/** A blob with a tag. It exceeds the socket's buffer if `bytes` is large. */
const blob = (tag: number, bytes = 4) => new Uint8Array(bytes).fill(tag);

const MIB = 1024 * 1024;

/** The tags of the blobs that the fake received, in order: the byte after the compact length of four bytes. */
const tagsSeen = (fake: FakeWorker) => fake.records('request').map(({ hex }) => Number.parseInt(hex.slice(2, 4), 16));

const kinds = (preparations: readonly Preparation[]) => preparations.map(({ outcome }) => outcome.kind);

const livePids = (fake: FakeWorker) => processesNaming(fake.program);

/** A counter of 0 is absent from the exposition. */
async function metric(metrics: HostMetrics, name: string): Promise<number> {
  const line = (await metrics.exposition()).split('\n').find((text) => text.startsWith(`${name}`));
  return Number(line?.split(' ').at(-1) ?? 0);
}

/** Runs a test with a fake worker that answers Ok by default. */
function withFake(
  spawns: readonly FakeSpawn[] | undefined,
  options: Parameters<typeof withHost>[3],
  test: (host: PrepareHost, fake: FakeWorker, more: { bench: Workbench; metrics: HostMetrics }) => Promise<void>,
): Promise<void> {
  return withWorkbench(async (bench) => {
    const fake = installFakeWorker(bench.folder, { spawns: spawns ?? [{ jobs: [await okAnswer()] }] });
    const metrics = new HostMetrics();
    const use = ({ host }: OpenedHost) => test(host, fake, { bench, metrics });
    await withHost(bench, fake.examined, use, { observer: metrics, ...options });
  });
}

describe('PrepareHost', () => {
  it('spawns a worker for the first job and keeps it warm', () =>
    withFake(undefined, {}, async (host, fake) => {
      assert.deepEqual(fake.records('spawn'), []);
      const preparations: Preparation[] = [];
      for (let job = 0; job < 3; job += 1) preparations.push(await host.prepare(jobFor()));
      assert.deepEqual(kinds(preparations), ['concluded', 'concluded', 'concluded']);
      assert.deepEqual(
        preparations.map(({ spawnMs }) => spawnMs > 0),
        [true, false, false],
      );
      assert.equal(fake.records('spawn').length, 1);
      assert.equal(new Set(fake.records('request').map(({ pid }) => pid)).size, 1);
    }));

  it('spawns no more workers than allowed', async () => {
    const slow = { jobs: [{ ...(await okAnswer()), delayMs: 60 }] };
    await withFake([slow], { maxWorkers: 2 }, async (host, fake) => {
      const jobs = Array.from({ length: 6 }, (_, tag) => host.prepare(jobFor(blob(tag))));
      assert.deepEqual(new Set(kinds(await Promise.all(jobs))), new Set(['concluded']));
      assert.equal(fake.records('spawn').length, 2);
      assert.deepEqual(tagsSeen(fake).sort(), [0, 1, 2, 3, 4, 5]);
    });
  });

  it('runs jobs in order of arrival', async () => {
    const slow = { jobs: [{ ...(await okAnswer()), delayMs: 30 }] };
    await withFake([slow], {}, async (host, fake) => {
      await Promise.all([1, 2, 3, 4, 5].map((tag) => host.prepare(jobFor(blob(tag)))));
      assert.deepEqual(tagsSeen(fake), [1, 2, 3, 4, 5]);
    });
  });

  it('skips a cancelled waiting job', async () => {
    const slow = { jobs: [{ ...(await okAnswer()), delayMs: 60 }] };
    await withFake([slow], {}, async (host, fake) => {
      const cancel = new AbortController();
      const jobs = [1, 2, 3].map((tag) => host.prepare(jobFor(blob(tag)), tag === 2 ? { signal: cancel.signal } : {}));
      await until('the first job', () => fake.records('request').length === 1);
      cancel.abort();
      assert.deepEqual(kinds(await Promise.all(jobs)), ['concluded', 'cancelled', 'concluded']);
      assert.deepEqual(tagsSeen(fake), [1, 3]);
    });
  });

  it('answers each of several requests for one blob, with one artifact', () =>
    withFake(undefined, { maxWorkers: 2 }, async (host, _, { bench }) => {
      const preparations = await Promise.all([1, 2, 3].map(() => host.prepare(jobFor(tally.stored()))));
      assert.deepEqual(kinds(preparations), ['concluded', 'concluded', 'concluded']);
      const artifacts = readdirSync(join(bench.cacheFolder, 'artifacts')).filter((name) => name.endsWith('.pvf'));
      assert.equal(artifacts.length, 1);
    }));

  it('tries a failed job again when asked again', async () => {
    const jobs = [errAnswer({ tag: 'Preparation', value: 'bad' }), await okAnswer()];
    await withFake([{ jobs }], {}, async (host) => {
      const [first, second] = [await host.prepare(jobFor()), await host.prepare(jobFor())];
      assert.deepEqual(first.outcome, { kind: 'concluded', error: { tag: 'Preparation', value: 'bad' } });
      assert(second.outcome.kind === 'concluded' && 'prepared' in second.outcome);
    });
  });
});

/** Ends of a job that cost the worker. */
const fatalAnswers: readonly (readonly [outcome: Outcome['kind'], answer: FakeAnswer])[] = [
  ['io-error', { after: 'die' }],
  ['timed-out', {}],
  ['out-of-memory', errAnswer({ tag: 'OutOfMemory', value: undefined })],
  ['job-died', errAnswer({ tag: 'JobDied', value: { err: 'received signal: SIGKILL', jobPid: 42 } })],
];

describe('PrepareHost with dying workers', () => {
  it('finishes the waiting jobs when all busy workers die at once', async () => {
    const busy: FakeSpawn = { jobs: [{}] };
    const healthy: FakeSpawn = { jobs: [await okAnswer()] };
    await withFake([busy, busy, healthy], { maxWorkers: 2 }, async (host, fake) => {
      const jobs = Array.from({ length: 5 }, () => host.prepare(jobFor(tally.stored())));
      await until('two jobs', () => fake.records('request').length === 2);
      for (const { pid } of fake.records('request')) process.kill(pid, 'SIGKILL');
      assert.deepEqual(kinds(await Promise.all(jobs)), ['io-error', 'io-error', 'concluded', 'concluded', 'concluded']);
      assert(fake.records('spawn').length <= 4);
    });
  });

  it('runs new jobs after all idle workers died at once', async () => {
    const slow = { jobs: [{ ...(await okAnswer()), delayMs: 200 }] };
    await withFake([slow], { maxWorkers: 2 }, async (host, fake, { bench }) => {
      const prepareTwo = () => Promise.all([1, 2].map((tag) => host.prepare(jobFor(blob(tag)))));
      await prepareTwo();
      await until('two idle workers', () => fake.records('handshake').length === 2);
      for (const { pid } of fake.records('handshake')) process.kill(pid, 'SIGKILL');
      await until('the warnings', () => bench.logged.filter(({ level }) => level === 'warn').length === 2);
      assert.deepEqual(kinds(await prepareTwo()), ['concluded', 'concluded']);
    });
  });

  for (const [kind, answer] of fatalAnswers) {
    it(`spawns no other worker after "${kind}" if no job waits`, () =>
      withFake([{ jobs: [answer] }], {}, async (host, fake, { metrics }) => {
        const prepTimeout = durationFromMillis(kind === 'timed-out' ? 50 : 60_000);
        assert.deepEqual(kinds([await host.prepare(jobFor(undefined, { prepTimeout }))]), [kind]);
        assert.equal(await metric(metrics, 'polkadot_pvf_worker_retired'), 1);
        assert.equal(await metric(metrics, 'polkadot_pvf_worker_spawning'), 1);
        assert.deepEqual(livePids(fake), []);
      }));
  }

  it('detects a dead idle worker and spawns another for the next job', () =>
    withFake(undefined, {}, async (host, fake, { bench, metrics }) => {
      await host.prepare(jobFor());
      const [pid] = livePids(fake);
      process.kill(pid ?? 0, 'SIGKILL');
      await until('the warning', () => bench.logged.some(({ level }) => level === 'warn'));
      assert.deepEqual(
        bench.logged.filter(({ level }) => level === 'warn').map(({ message }) => message),
        [`The idle worker ${pid} exited.`],
      );
      assert.equal(await metric(metrics, 'polkadot_pvf_worker_retired'), 1);
      assert.deepEqual(kinds([await host.prepare(jobFor())]), ['concluded']);
      assert.equal(fake.records('spawn').length, 2);
    }));

  it('retries a job when its worker disconnected before it', async () => {
    const answer = await okAnswer();
    await withFake(
      [{ jobs: [{ ...answer, after: 'close' }] }, { jobs: [answer] }],
      {},
      async (host, fake, { metrics }) => {
        await host.prepare(jobFor());
        await until('the end of the stream', () => fake.records('closed').length === 1);
        assert.deepEqual(kinds([await host.prepare(jobFor(blob(2)))]), ['concluded']);
        assert.equal(fake.records('spawn').length, 2);
        assert.equal(await metric(metrics, 'polkadot_pvf_prepare_enqueued'), 2);
        assert.equal(await metric(metrics, 'polkadot_pvf_prepare_concluded'), 2);
      },
    );
  });

  it('does not assign a job to a worker that ended after its last job', async () => {
    const answer = await okAnswer();
    await withFake([{ jobs: [{ ...answer, after: 'exit' }] }], {}, async (host, fake, { metrics }) => {
      for (let job = 0; job < 3; job += 1) {
        const { outcome } = await host.prepare(jobFor());
        assert.equal(outcome.kind, 'concluded', inspect(outcome));
        // Reaped, so the host has received the exit event.
        const pid = fake.records('spawn').at(-1)?.pid;
        await until('the end of the worker', () => !existsSync(`/proc/${pid}`));
      }
      // No job was started twice.
      assert.equal(await metric(metrics, 'polkadot_pvf_preparation_time_count'), 3);
      assert.equal(fake.records('spawn').length, 3);
    });
  });

  it('replaces a worker that sends unrequested bytes', async () => {
    const { bytes, artifact } = await okAnswer();
    const twice = { jobs: [{ bytes: bytes + bytes, artifact }] };
    await withFake([twice], {}, async (host, fake) => {
      for (let job = 0; job < 2; job += 1) {
        assert.deepEqual(kinds([await host.prepare(jobFor())]), ['concluded']);
      }
      assert.equal(fake.records('spawn').length, 2);
    });
  });

  it('gives up after three workers that read no request', () =>
    withFake([{ reads: false }], { sendTimeoutMs: 50 }, async (host, fake) => {
      const { outcome } = await host.prepare(jobFor(blob(1, MIB)));
      assert.deepEqual(outcome, { kind: 'unreachable', message: 'no answer within 50 ms' });
      assert.equal(fake.records('spawn').length, 3);
      assert.deepEqual(livePids(fake), []);
    }));

  it('retries a job before later jobs', async () => {
    const spawns = [{ reads: false }, { jobs: [await okAnswer()] }];
    await withFake(spawns, { sendTimeoutMs: 300 }, async (host, fake) => {
      await Promise.all([host.prepare(jobFor(blob(1, MIB))), host.prepare(jobFor(blob(2)))]);
      assert.deepEqual(
        fake.records('request').map(({ bytes }) => bytes > MIB),
        [true, false],
      );
    });
  });

  it('does not retry a cancelled job', async () => {
    await withFake([{ reads: false, ignoresTerm: true }], { sendTimeoutMs: 50 }, async (host, fake) => {
      const cancel = new AbortController();
      const preparation = host.prepare(jobFor(blob(1, MIB)), { signal: cancel.signal });
      await until('the end of the worker', () => fake.records('ignored').length === 1);
      cancel.abort();
      assert.deepEqual((await preparation).outcome, { kind: 'cancelled', by: 'caller' });
      assert.equal(fake.records('spawn').length, 1);
    });
  });
});

describe('PrepareHost with failing spawns', () => {
  it('fails every waiting job', () =>
    withFake([{ start: 'exit', status: 7, stderr: 'bad luck\n' }], {}, async (host, fake) => {
      const preparations = await Promise.all([host.prepare(jobFor(blob(1))), host.prepare(jobFor(blob(2)))]);
      for (const { outcome } of preparations) {
        assert(outcome.kind === 'not-spawned');
        assert.equal(outcome.cause, 'exited');
        assert.match(outcome.message, /exited with status 7 before it connected\nbad luck$/);
      }
      assert.equal(fake.records('spawn').length, 2);
    }));

  it('retries once when a worker does not connect in time', async () => {
    const spawns: FakeSpawn[] = [{ start: 'stay' }, { jobs: [await okAnswer()] }];
    await withFake(spawns, { spawnTimeoutMs: 1500 }, async (host, fake) => {
      assert.equal((await host.prepare(jobFor())).outcome.kind, 'concluded');
      assert.equal(fake.records('spawn').length, 2);
    });
  });

  it('gives up after one retry', () =>
    withFake([{ start: 'stay' }], { spawnTimeoutMs: 100 }, async (host, _, { metrics }) => {
      const { outcome } = await host.prepare(jobFor());
      assert(outcome.kind === 'not-spawned');
      assert.equal(outcome.cause, 'accept-timeout');
      assert.equal(await metric(metrics, 'polkadot_pvf_worker_spawning'), 2);
      assert.equal(await metric(metrics, 'polkadot_pvf_worker_spawned'), 0);
    }));
});
