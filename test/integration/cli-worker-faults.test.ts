/** Programs that are no worker, and workers that fail, through the built CLI: message, exit code, nothing left behind. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import {
  type BrokenWorker,
  installTalkativeWorker,
  programsThatAreNoWorker,
  workersThatAreOdd,
  workersThatFail,
} from '../support/broken-workers.ts';
import { errAnswer, installFakeWorker, okAnswer } from '../support/fake-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { needBuiltCli, reportOf, reportsOf, withCli } from '../support/run-cli.ts';

const exitCodes = { accept: 0, reject: 1, undecided: 3 } as const;

async function check({ install, args = [], vote, outcome, reason, hint }: BrokenWorker): Promise<void> {
  await withCli(async (cli) => {
    const runtime = cli.write('a.wasm', plainPvf);
    const worker = await install(cli.folder);
    const ended = await cli.run(['prepare', '--json', '--worker', worker, ...args, runtime]);
    const report = reportOf(ended);
    // Polkadot's own words are quoted after the reason.
    assert.match(`${report.conclusion.reason} ${report.outcome?.error?.message}`, reason);
    assert.equal(report.outcome?.kind, outcome);
    assert.equal(report.vote, vote);
    assert.equal(ended.code, exitCodes[vote]);
    const [finding] = report.findings;
    assert.equal(finding?.severity, 'error');
    assert.match(`${finding?.message} ${finding?.hint}`, hint ?? /\.$/);
    assert.equal(report.stats?.cpuTimeMs, undefined);
    if (outcome === 'unsupported-worker' && report.worker === undefined) {
      assert.match(ended.stderr, /^warn: Not taken as a worker: /);
      const lines = ended.stderr.split('\n');
      assert.ok(
        lines.every((line) => [...line].every((character) => character >= ' ')),
        'no control character',
      );
    }
    const artifacts = readdirSync(cli.cache, { recursive: true }).filter((name) => String(name).endsWith('.pvf'));
    assert.deepEqual(artifacts, [], 'no artifact is kept');
  });
}

describe('pvf prepare with a program that is no prepare worker', () => {
  before(needBuiltCli);
  for (const [name, broken] of Object.entries(programsThatAreNoWorker)) it(name, () => check(broken));

  it('explains how to get a worker when the requested one is missing', async () => {
    await withCli(async (cli) => {
      const runtime = cli.write('a.wasm', plainPvf);
      const ended = await cli.run(['prepare', '--worker', 'nowhere/worker', runtime]);
      assert.equal(ended.code, 3);
      assert.match(ended.stdout, /^UNDECIDED {2}/);
      assert.match(
        ended.stdout.replaceAll(/\s+/g, ' '),
        /nowhere\/worker can't be used as a prepare worker \(missing\)/,
      );
      assert.match(ended.stdout.replaceAll(/\s+/g, ' '), /`pvf workers build` builds the official worker/);
      assert.equal(ended.stderr, '');
    });
  });
});

describe('pvf prepare with a worker that', () => {
  before(needBuiltCli);
  for (const [name, broken] of Object.entries(workersThatFail)) it(name, () => check(broken));

  for (const [name, install] of Object.entries(workersThatAreOdd)) {
    it(`${name}: accepts`, () =>
      withCli(async (cli) => {
        const runtime = cli.write('a.wasm', plainPvf);
        const again = cli.write('b.wasm', plainPvf);
        const ended = await cli.run(['prepare', '--json', '--worker', await install(cli.folder), runtime, again]);
        assert.deepEqual(
          reportsOf(ended).map(({ vote }) => vote),
          ['accept', 'accept'],
        );
        assert.equal(ended.code, 0);
        assert.equal(ended.stderr, '');
      }));
  }

  it('sends garbage before the first request', () =>
    withCli(async (cli) => {
      const worker = await installTalkativeWorker(cli.folder);
      const ended = await cli.run(['prepare', '--json', '--worker', worker, cli.write('a.wasm', plainPvf)]);
      const { outcome, vote } = reportOf(ended);
      assert.equal(ended.code, 3);
      assert.equal(vote, 'undecided');
      // It depends on whether the garbage is there before the job is sent.
      assert.match(outcome?.error?.message ?? '', /bytes without a request|a frame announces/);
    }));

  it('fails for one runtime: prepares the others with another process', () =>
    withCli(async (cli) => {
      const ok = await okAnswer();
      const spawns = [{ jobs: [ok, { after: 'die' as const }] }, { jobs: [ok] }];
      const fake = installFakeWorker(cli.folder, { spawns });
      const files = ['a.wasm', 'b.wasm', 'c.wasm'].map((name) => cli.write(name, plainPvf));
      const ended = await cli.run(['prepare', '--json', '--worker', fake.program, ...files]);
      assert.deepEqual(
        reportsOf(ended).map(({ vote }) => vote),
        ['accept', 'undecided', 'accept'],
      );
      assert.equal(ended.code, 3);
      assert.equal(fake.records('spawn').length, 2);
    }));

  it('rejects one runtime: exits as rejected although another one is undecided', () =>
    withCli(async (cli) => {
      const outOfMemory = errAnswer({ tag: 'OutOfMemory', value: undefined });
      const spawns = [{ jobs: [{ after: 'die' as const }] }, { jobs: [outOfMemory] }];
      const { program } = installFakeWorker(cli.folder, { spawns });
      const files = ['a.wasm', 'b.wasm'].map((name) => cli.write(name, plainPvf));
      const ended = await cli.run(['prepare', '--json', '--worker', program, ...files]);
      assert.deepEqual(
        reportsOf(ended).map(({ vote }) => vote),
        ['undecided', 'reject'],
      );
      assert.equal(ended.code, 1);
    }));

  it('logs errors: shows them with --log debug', () =>
    withCli(async (cli) => {
      const ok = await okAnswer();
      const { program } = installFakeWorker(cli.folder, { spawns: [{ stderr: 'a word\u001b[2J\n', jobs: [ok] }] });
      const runtime = cli.write('a.wasm', plainPvf);
      const ended = await cli.run(['prepare', '--log', 'debug', '--worker', program, runtime]);
      assert.equal(ended.code, 0);
      assert.match(ended.stderr, /^debug: worker \d+: a word\\u\{1b\}\[2J$/m);
    }));
});
