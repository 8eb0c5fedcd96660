/** Ctrl-C and its like in each phase, through the built CLI: exit code 130, and nothing is left. */
import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import {
  type FakeBehaviour,
  type FakeRecord,
  type FakeWorker,
  installFakeWorker,
  okAnswer,
} from '../support/fake-worker.ts';
import { processesNaming, until } from '../support/leaks.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { type CliBench, needBuiltCli, type Running, withCli } from '../support/run-cli.ts';
import { tally } from '../support/tally.ts';

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

interface Phase {
  readonly behaviour: FakeBehaviour;
  /** What the fake has done when the phase has begun. */
  readonly begun: (fake: FakeWorker) => boolean;
}

const count = (fake: FakeWorker, kind: FakeRecord['kind']) => fake.records(kind).length;

const phases: Readonly<Record<string, Phase>> = {
  'looking for the worker': {
    behaviour: { version: { hangs: true } },
    begun: (fake) => count(fake, 'word') === 1,
  },
  'asking for the sandbox': {
    behaviour: { probe: { hangs: true } },
    begun: (fake) => count(fake, 'word') === 5,
  },
  'spawning the worker': {
    behaviour: { spawns: [{ start: 'stay' }] },
    begun: (fake) => count(fake, 'spawn') === 1,
  },
  'waiting for its answer': {
    behaviour: { spawns: [{ jobs: [{}], grandchild: true }] },
    begun: (fake) => count(fake, 'request') === 1,
  },
};

async function interrupt(running: Running, signal: NodeJS.Signals): Promise<void> {
  running.signal(signal);
  const ended = await running.ended;
  assert.equal(ended.code, 130, ended.stderr);
  assert.equal(ended.stdout, '');
  assert.equal(ended.stderr, `interrupted by ${signal}; nothing was decided.\n`);
}

function openFilesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => linkTarget(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function linkTarget(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

/** A file so large that reading it takes some time. */
function largeFile(cli: CliBench): string {
  const path = cli.write('large.wasm', '');
  const file = openSync(path, 'r+');
  ftruncateSync(file, 250 * 1024 * 1024);
  closeSync(file);
  return path;
}

describe('pvf prepare, interrupted', () => {
  before(needBuiltCli);

  for (const [name, { behaviour, begun }] of Object.entries(phases)) {
    for (const signal of signals) {
      it(`by ${signal} while ${name}`, () =>
        withCli(async (cli) => {
          const fake = installFakeWorker(cli.folder, behaviour);
          const runtime = cli.write('a.wasm', plainPvf);
          const kept = ['--keep-artifact', 'kept.pvf', '--metrics', 'metrics.txt', '--output', 'report.txt'];
          const running = cli.start(['prepare', '--worker', fake.program, ...kept, runtime]);
          await until(name, () => begun(fake));
          await interrupt(running, signal);
        }));
    }
  }

  for (const signal of signals) {
    it(`by ${signal} while reading`, () =>
      withCli(async (cli) => {
        const file = largeFile(cli);
        const running = cli.start(['prepare', file]);
        await until('the file is open', () => openFilesOf(running.pid).includes(file));
        await interrupt(running, signal);
      }));
  }

  it('prints no report when interrupted between two runtimes', () =>
    withCli(async (cli) => {
      const fake = installFakeWorker(cli.folder, { spawns: [{ jobs: [await okAnswer(), {}] }] });
      const [first, second] = ['a.wasm', 'b.wasm'].map((name) => cli.write(name, plainPvf)) as [string, string];
      const running = cli.start(['prepare', '--worker', fake.program, first, second]);
      await until('the second request', () => count(fake, 'request') === 2);
      await interrupt(running, 'SIGINT');
    }));

  it('ends a worker that ignores SIGTERM', () =>
    withCli(async (cli) => {
      const spawns = [{ ignoresTerm: true, grandchild: true, jobs: [{}] }];
      const fake = installFakeWorker(cli.folder, { spawns });
      const running = cli.start(['prepare', '--worker', fake.program, cli.write('a.wasm', plainPvf)]);
      await until('the request', () => count(fake, 'request') === 1);
      await interrupt(running, 'SIGINT');
      assert.equal(count(fake, 'ignored'), 1);
    }));

  it('ends at once on a second signal', () =>
    withCli(async (cli) => {
      const spawns = [{ ignoresTerm: true, grandchild: true, jobs: [{}] }];
      const fake = installFakeWorker(cli.folder, { spawns });
      const running = cli.start(['prepare', '--worker', fake.program, cli.write('a.wasm', plainPvf)]);
      await until('the request', () => count(fake, 'request') === 1);
      running.signal('SIGINT');
      await until('the worker was asked to end', () => count(fake, 'ignored') === 1);
      running.signal('SIGINT');
      const ended = await running.ended;
      assert.equal(ended.code, 130);
      assert.equal(ended.stdout, '');
      assert.equal(ended.stderr, '', 'there was no time for words');
    }));

  it('leaves no worker after SIGKILL, and the next run removes the folders', () =>
    withCli(async (cli) => {
      const fake = installFakeWorker(cli.folder, { spawns: [{ jobs: [{}] }, { jobs: [await okAnswer()] }] });
      const prepare = ['prepare', '--worker', fake.program, cli.write('a.wasm', plainPvf)];
      const running = cli.start(prepare);
      await until('the request', () => count(fake, 'request') === 1);
      running.signal('SIGKILL');
      assert.equal((await running.ended).code, undefined);
      await until('the end of the worker', () => processesNaming(cli.folder).length === 0);
      assert.equal(readdirSync(cli.temp).length, 1);
      assert.equal(readdirSync(`${cli.cache}/artifacts`).filter((name) => name.startsWith('worker-dir-')).length, 1);
      // `withCli` finds nothing left.
      assert.equal((await cli.run(prepare)).code, 0);
    }));
});

describeWithOfficialWorker('pvf prepare with the official worker, interrupted', (worker) => {
  describe('at a real runtime', () => {
    before(needBuiltCli);

    for (const signal of signals) {
      it(`by ${signal}, with its job`, () =>
        withCli(async (cli) => {
          const running = cli.start(['prepare', '--worker', worker, tally.path]);
          // The worker, and the job that it has forked.
          await until('the job', () => processesNaming(`${cli.cache}/artifacts/worker-dir-prepare-`).length === 2);
          await interrupt(running, signal);
        }));
    }
  });
});
