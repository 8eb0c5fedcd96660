import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { durationFromMillis } from '../../../../src/polkadot/scale.ts';
import type { PrepareJob } from '../../../../src/worker/host/job.ts';
import { fateOfWorker, type Outcome } from '../../../../src/worker/host/outcome.ts';
import {
  errAnswer,
  type FakeAnswer,
  type FakeWorker,
  framed,
  installFakeWorker,
  okAnswer,
  twox256Of,
} from '../../../support/fake-worker.ts';
import { processesOfGroup, until } from '../../../support/leaks.ts';
import { jobFor, withHost, withWorkbench } from '../../../support/workbench.ts';

const millis = (ms: number): Partial<PrepareJob> => ({ prepTimeout: durationFromMillis(ms) });

/** Entries of the artifacts' folder other than artifacts and records: directories of living workers. */
const othersIn = (folder: string) =>
  readdirSync(folder).filter((name) => !/^(0x[0-9a-f]{128}\.pvf|[0-9a-f]{64}\.json)$/.test(name));

interface Row {
  readonly what: string;
  readonly answer: FakeAnswer | Promise<FakeAnswer>;
  readonly job?: Partial<PrepareJob>;
  /** Compared with `deepEqual`, or called. */
  readonly outcome: Outcome | ((outcome: Outcome, fake: FakeWorker) => void | Promise<void>);
}

const ioError = (message: string): Outcome => ({ kind: 'io-error', message });

const rows: readonly Row[] = [
  {
    what: 'an error of the runtime',
    answer: errAnswer({ tag: 'Prevalidation', value: 'bad' }),
    outcome: { kind: 'concluded', error: { tag: 'Prevalidation', value: 'bad' } },
  },
  {
    what: 'an I/O error of the worker',
    answer: errAnswer({ tag: 'IoErr', value: 'disk' }),
    outcome: { kind: 'concluded', error: { tag: 'IoErr', value: 'disk' } },
  },
  {
    what: 'no answer within four times the prep timeout',
    answer: {},
    job: millis(40),
    outcome: { kind: 'timed-out', clock: 'wall', limitMs: 160 },
  },
  {
    what: "the worker's own time-out",
    answer: errAnswer({ tag: 'TimedOut', value: undefined }),
    job: millis(5000),
    outcome: { kind: 'timed-out', clock: 'worker', limitMs: 5000 },
  },
  {
    what: 'an Ok with more CPU time than the prep timeout',
    answer: okAnswer({ cpuMs: 5001 }),
    job: millis(5000),
    outcome: { kind: 'timed-out', clock: 'cpu', limitMs: 5000 },
  },
  {
    what: 'an out-of-memory error',
    answer: errAnswer({ tag: 'OutOfMemory', value: undefined }),
    outcome: { kind: 'out-of-memory' },
  },
  {
    what: 'a job that died',
    answer: errAnswer({ tag: 'JobDied', value: { err: 'received signal: SIGKILL', jobPid: 77 } }),
    outcome: { kind: 'job-died', message: 'received signal: SIGKILL', jobPid: 77 },
  },
  { what: 'the death of the worker', answer: { after: 'die' }, outcome: ioError('early eof') },
  { what: 'the end of the stream', answer: { after: 'close' }, outcome: ioError('early eof') },
  {
    what: 'half a frame before the end of the stream',
    answer: { bytes: '5300000000000000' + '00ff', after: 'close' },
    outcome: ioError('early eof'),
  },
  {
    what: 'only half a frame',
    answer: { bytes: '5300000000000000' + '00ff' },
    job: millis(40),
    outcome: { kind: 'timed-out', clock: 'wall', limitMs: 160 },
  },
  {
    what: 'a length of 2^63',
    answer: { bytes: '0000000000000080' + '00' },
    outcome: ioError('a frame announces 9223372036854775808 bytes; at most 67108864 are accepted'),
  },
  {
    what: 'an answer that is not a prepare result',
    answer: { bytes: framed(Buffer.from('7fdeadbeefcafe', 'hex')) },
    outcome: (outcome, { program }) =>
      assert.deepEqual(outcome, {
        kind: 'unsupported-worker',
        message: `${program} (version 1.25.1) sent an invalid answer: 7 bytes that begin 0x7fdeadbe are not a prepare result of wire revision 26.0.0`,
      }),
  },
  {
    what: 'an empty answer',
    answer: { bytes: framed(new Uint8Array(0)) },
    outcome: ({ kind }) => assert.equal(kind, 'unsupported-worker'),
  },
  {
    what: 'an artifact that differs from its checksum',
    answer: okAnswer({ artifact: '0102', checksumOf: '0103' }),
    outcome: ioErrorAbout('0102', '0103'),
  },
  {
    what: 'an Ok without an artifact',
    answer: okAnswer().then(({ bytes }) => ({ bytes })),
    outcome: ioErrorAbout('', '0a0b0c'),
  },
];

function ioErrorAbout(found: string, reported: string): Row['outcome'] {
  return async (outcome) => {
    const [onDisk, announced] = await Promise.all([twox256Of(found), twox256Of(reported)]);
    assert.deepEqual(
      outcome,
      ioError(`the artifact on disk has the hash ${onDisk}, but the worker reported ${announced}`),
    );
  };
}

describe('the outcome of a job', () => {
  for (const { what, answer, job, outcome } of rows) {
    it(`is correct when the worker sends ${what}`, () =>
      withWorkbench(async (bench) => {
        const jobs = [{ litter: 'left-over', ...(await answer) }, await okAnswer()];
        const fake = installFakeWorker(bench.folder, {
          spawns: [{ jobs, grandchild: true }, { jobs: jobs.slice(1) }],
        });
        await withHost(bench, fake.examined, async ({ host }, { artifacts }) => {
          const preparation = await host.prepare(jobFor(undefined, job));
          if (typeof outcome === 'function') await outcome(preparation.outcome, fake);
          else assert.deepEqual(preparation.outcome, outcome);

          const pid = fake.records('spawn')[0]?.pid ?? 0;
          if (fateOfWorker(preparation.outcome) === 'killed') {
            await until('the end of the worker and its job', () => processesOfGroup(pid).length === 0);
            assert.deepEqual(readdirSync(artifacts.folder), [], 'files are left');
          } else {
            const [dir] = othersIn(artifacts.folder);
            assert.deepEqual(readdirSync(join(artifacts.folder, dir ?? '')), [], 'the worker directory is not cleared');
          }
          // The next job succeeds in any case.
          assert.equal((await host.prepare(jobFor())).outcome.kind, 'concluded');
          const isNew = fake.records('request').at(-1)?.pid !== pid;
          assert.equal(isNew, fateOfWorker(preparation.outcome) === 'killed');
        });
      }));
  }

  it('contains the artifact under its checksum', () =>
    withWorkbench(async (bench) => {
      const memory = { memoryTrackerStats: { resident: 3n, allocated: 2n }, maxRss: 9n, peakTrackedAlloc: 4n };
      const answer = await okAnswer({ artifact: 'c0ffee', cpuMs: 1500, memory });
      const fake = installFakeWorker(bench.folder, { spawns: [{ jobs: [answer] }] });
      await withHost(bench, fake.examined, async ({ host }, { artifacts }) => {
        const { outcome, wallMs } = await host.prepare(jobFor());
        assert(outcome.kind === 'concluded' && 'prepared' in outcome);
        const { path, ...rest } = outcome.prepared;
        assert.deepEqual(rest, {
          artifactBytes: 3,
          checksum: { algorithm: 'twox-256', hex: await twox256Of('c0ffee') },
          stats: { cpuTimeElapsed: { secs: 1n, nanos: 500_000_000 }, memoryStats: memory, observedWasmCodeLen: 86 },
        });
        assert.equal(dirname(path), artifacts.folder);
        assert.equal(readFileSync(path).toString('hex'), 'c0ffee');
        assert(wallMs > 0);
      });
    }));

  it('ignores bytes after the answer', () =>
    withWorkbench(async (bench) => {
      const { bytes, artifact } = await okAnswer();
      const payload = Buffer.from(bytes, 'hex').subarray(8);
      const longer = { bytes: framed(Buffer.concat([payload, Buffer.from('0102030405', 'hex')])), artifact };
      const fake = installFakeWorker(bench.folder, { spawns: [{ jobs: [longer] }] });
      await withHost(bench, fake.examined, async ({ host }) => {
        for (let job = 0; job < 2; job += 1) assert.equal((await host.prepare(jobFor())).outcome.kind, 'concluded');
        assert.equal(fake.records('spawn').length, 1);
      });
    }));
});

describe('the outcome of a job whose files fail', () => {
  it('is create-tmp-file and keeps the worker', () =>
    withWorkbench(async (bench) => {
      const fake = installFakeWorker(bench.folder, { spawns: [{ jobs: [await okAnswer()] }] });
      await withHost(bench, fake.examined, async ({ host }, { artifacts }) => {
        await host.prepare(jobFor());
        const [dir] = othersIn(artifacts.folder);
        const inTheWay = join(artifacts.folder, dir ?? '', 'tmp-artifact');
        mkdirSync(inTheWay);
        const { outcome } = await host.prepare(jobFor());
        assert(outcome.kind === 'create-tmp-file');
        assert.match(outcome.message, /EISDIR/);
        rmdirSync(inTheWay);
        assert.equal((await host.prepare(jobFor())).outcome.kind, 'concluded');
        assert.equal(fake.records('spawn').length, 1);
      });
    }));

  it('is rename-tmp-file and keeps the worker', () =>
    withWorkbench(async (bench) => {
      const fake = installFakeWorker(bench.folder, { spawns: [{ jobs: [await okAnswer()] }] });
      await withHost(bench, fake.examined, async ({ host }, { artifacts }) => {
        const first = await host.prepare(jobFor());
        assert(first.outcome.kind === 'concluded' && 'prepared' in first.outcome);
        const { path } = first.outcome.prepared;
        rmSync(path);
        mkdirSync(path);
        const [dir] = othersIn(artifacts.folder);
        const source = join(artifacts.folder, dir ?? '', 'tmp-artifact');
        const { outcome } = await host.prepare(jobFor());
        assert(outcome.kind === 'rename-tmp-file');
        assert.equal(outcome.source, source);
        assert.match(outcome.message, /rename/);
        rmdirSync(path);
        assert.equal((await host.prepare(jobFor())).outcome.kind, 'concluded');
        assert.equal(fake.records('spawn').length, 1);
      });
    }));

  it('is clear-worker-dir and kills the worker', () =>
    withWorkbench(async (bench) => {
      const answer = { ...errAnswer({ tag: 'Preparation', value: 'bad' }), delayMs: 200 };
      const fake = installFakeWorker(bench.folder, { spawns: [{ jobs: [answer] }] });
      await withHost(bench, fake.examined, async ({ host }, { artifacts }) => {
        const preparation = host.prepare(jobFor());
        await until('the request', () => fake.records('request').length === 1);
        const [dir] = othersIn(artifacts.folder);
        rmSync(join(artifacts.folder, dir ?? ''), { recursive: true });
        writeFileSync(join(artifacts.folder, dir ?? ''), 'no directory');
        const { outcome } = await preparation;
        assert(outcome.kind === 'clear-worker-dir');
        assert.match(outcome.message, /ENOTDIR/);
        assert.deepEqual(readdirSync(artifacts.folder), []);
      });
    }));

  it('comes from another worker when the directory of the first is missing', () =>
    withWorkbench(async (bench) => {
      const fake = installFakeWorker(bench.folder, { spawns: [{ jobs: [await okAnswer()] }] });
      await withHost(bench, fake.examined, async ({ host }, { artifacts }) => {
        await host.prepare(jobFor());
        const [dir] = othersIn(artifacts.folder);
        rmSync(join(artifacts.folder, dir ?? ''), { recursive: true });
        assert.equal((await host.prepare(jobFor())).outcome.kind, 'concluded');
        assert.equal(fake.records('spawn').length, 2);
      });
    }));
});
