/** Limit profiles through the built CLI: the list, the share of `--near`, and scheduled limits at real runtimes. */
import assert from 'node:assert/strict';
import { describeWithCorpus } from '../support/corpus.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { type Ended, needBuiltCli, reportOf, withCli } from '../support/run-cli.ts';

const profile = { name: 'mine', source: 'a test', date: '2026-11-23', maxCodeSize: 3 * 1024 * 1024 };
const withPending = (...pending: object[]) => JSON.stringify({ ...profile, pending });

describe('pvf limits', () => {
  before(needBuiltCli);

  it('lists the built-in profiles', () =>
    withCli(async (cli) => {
      const { code, stdout, stderr } = await cli.run(['limits']);
      assert.deepEqual([code, stderr], [0, '']);
      assert.deepEqual(stdout.match(/^\S.*$/gm), ['relay-3mib', 'relay-5mib']);
    }));

  it('lists that of --profile alone', () =>
    withCli(async (cli) => {
      cli.write('p.json', withPending({ fromSession: 1234, maxCodeSize: 5 * 1024 * 1024 }));
      const { code, stdout, stderr } = await cli.run(['limits', '--profile', './p.json']);
      assert.deepEqual([code, stderr], [0, '']);
      assert.deepEqual(stdout.match(/^\S.*$/gm), ['mine']);
      assert.match(stdout, /^ {2}Code size +3\.00 MiB \(3 145 728 B\) +5\.00 MiB \(5 242 880 B\)$/m);
    }));

  it('lists the named ones alone, as JSON', () =>
    withCli(async (cli) => {
      cli.write('p.json', withPending({ fromSession: 1234, votingTtl: 3 }));
      const { code, stdout } = await cli.run(['limits', 'list', './p.json', 'relay-5mib', '--json']);
      assert.equal(code, 0);
      const [mine, other] = JSON.parse(stdout);
      assert.deepEqual([mine.name, other.name], ['mine', 'relay-5mib']);
      const ttl = mine.values.find(({ id }: { readonly id: string }) => id === 'voting-ttl');
      assert.deepEqual(ttl.active, { text: 'not known' });
      assert.deepEqual(ttl.pending, [{ fromSession: 1234, value: 3, text: '3 sessions' }]);
    }));

  it('reads a host configuration of other tools', () =>
    withCli(async (cli) => {
      const config = { maxCodeSize: '3,145,728', maxPovSize: '10,485,760', executorParams: [] };
      cli.write('c.json', JSON.stringify({ activeConfig: config, pendingConfigs: [['7', config]] }));
      const { code, stdout } = await cli.run(['limits', 'list', './c.json']);
      assert.equal(code, 0);
      assert.match(stdout, /In force +From session 7\n/);
      assert.match(stdout, /^ {2}PoV size +10\.00 MiB \(10 485 760 B\) +=$/m);
    }));

  for (const [what, args, cause] of [
    ['an unknown name', ['limits', 'list', 'kusama'], /Unknown profile kusama\. Use relay-3mib/],
    ['a missing file', ['limits', 'list', './none.json'], /none\.json: the profile can't be read/],
    ['a share of nothing', ['inspect', '--near', '0', 'a.wasm'], /--near 0: give a percentage above 0, at most 100\./],
    ['a share of more than all', ['inspect', '--near', '101', 'a.wasm'], /--near 101: give a percentage/],
    ['a share in words', ['inspect', '--near', '80%', 'a.wasm'], /--near 80%: give a percentage/],
  ] as const) {
    it(`rejects ${what} in one sentence`, () =>
      withCli(async (cli) => {
        cli.write('a.wasm', plainPvf);
        const { code, stdout, stderr } = await cli.run(args);
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(stderr, cause);
      }));
  }

  it('warns from the percentage of --near on', () =>
    withCli(async (cli) => {
      cli.write('p.json', JSON.stringify({ ...profile, maxCodeSize: plainPvf.length * 2 }));
      cli.write('a.wasm', plainPvf);
      const inspect = (...near: string[]) => cli.run(['inspect', '--json', '--profile', './p.json', ...near, 'a.wasm']);
      const level = async (...near: string[]) => reportOf(await inspect(...near)).limits.items[0]?.level;
      assert.deepEqual(
        [await level(), await level('--near', '50'), await level('--near', '50.1')],
        ['ok', 'near', 'ok'],
      );
    }));
});

describeWithCorpus('scheduled limits at a real runtime', (corpus) => {
  before(needBuiltCli);
  const runtime = corpus.path('shell-2.compact.compressed.wasm');

  it('refuse an inspected blob that is too large for them', () =>
    withCli(async (cli) => {
      cli.write('p.json', withPending({ fromSession: 9, maxCodeSize: 300_000 }));
      const ended = await cli.run(['inspect', '--json', '--profile', './p.json', runtime]);
      const { limits, conclusion } = reportOf(ended);
      assert.equal(ended.code, 1);
      assert.deepEqual(conclusion.because, ['pending-limits']);
      assert.deepEqual(
        limits.pending?.map(({ items, vote }) => [items.map(({ id, level }) => `${id} ${level}`), vote]),
        [[['code-size over', 'raw-code-size ok'], undefined]],
      );
    }));

  it('and the limits of its upgrade in practice are warnings', () =>
    withCli(async (cli) => {
      cli.write('p.json', JSON.stringify({ ...profile, maxPovSize: 600_000, blockLength: 400_000 }));
      const options = ['--json', '--profile', './p.json', '--baseline-is', 'chain'];
      const older = corpus.path('glutton-kusama-1300-1.compact.compressed.wasm');
      const ended = await cli.run(['inspect', ...options, '--baseline', older, runtime]);
      const found = reportOf(ended).findings.filter(({ id }) => id.startsWith('upgrade-'));
      assert.deepEqual(
        found.map(({ id, severity, data }) => [id, severity, data]),
        [
          ['upgrade-proof-size', 'warning', { newBytes: 347_071, oldBytes: 391_842, maxPovSize: 600_000 }],
          ['upgrade-block-length', 'warning', { newBytes: 347_071, blockLength: 400_000 }],
        ],
      );
    }));
});

describeWithOfficialWorker('scheduled limits at a real runtime, prepared', (worker) => {
  before(needBuiltCli);
  describeWithCorpus('of the corpus', (corpus) => {
    const shell = corpus.path('shell-2.compact.compressed.wasm');
    const timeout = (value: number) => ({ executorParams: [{ name: 'PvfPrepTimeout', kind: 'Precheck', value }] });
    const prepare = (runtime: string, limits: string, ...options: string[]) =>
      withCliResult(limits, ['prepare', '--json', '--worker', worker, '--profile', './p.json', ...options, runtime]);

    it('give a vote each', async () => {
      const ended = await prepare(
        shell,
        withPending(
          { fromSession: 5, maxCodeSize: 5 * 1024 * 1024 },
          { fromSession: 6, ...timeout(20) },
          { fromSession: 7, executorParams: [], bombLimit: 400_000 },
          { fromSession: 8, bombLimit: 50 * 1024 * 1024, votingTtl: 4 },
        ),
      );
      const { vote, limits, conclusion } = reportOf(ended);
      assert.equal(ended.code, 1);
      assert.equal(vote, 'accept');
      assert.deepEqual(
        limits.pending?.map((pending) => [pending.fromSession, pending.vote]),
        [
          [5, 'accept'],
          [6, 'reject'],
          [7, 'reject'],
          [8, 'accept'],
        ],
      );
      assert.match(
        conclusion.reason,
        /must not ship: The relay chain changes its limits in session 6, and then refuses/,
      );
    }).timeout(120_000);

    it('may accept what is refused now', async () => {
      const limits = JSON.stringify({ ...profile, ...timeout(20), pending: [{ fromSession: 6, ...timeout(60_000) }] });
      const ended = await prepare(shell, limits);
      const { vote, conclusion, findings } = reportOf(ended);
      assert.deepEqual([ended.code, vote], [1, 'reject']);
      assert.match(conclusion.reason, / The relay chain would accept it with the limits from session 6 on\.$/);
      assert.ok(!findings.some(({ id }) => id === 'pending-limits'));
    }).timeout(120_000);

    it('do not matter where the user sets time and memory', async () => {
      const limits = withPending({ fromSession: 6, ...timeout(20) });
      const ended = await prepare(shell, limits, '--timeout', '60');
      assert.equal(ended.code, 0, ended.stdout);
      assert.deepEqual(reportOf(ended).limits.pending?.[0]?.vote, 'accept');
    }).timeout(120_000);

    it('refuse a large runtime with the smallest memory limit that a relay chain can set', async () => {
      const hydration = corpus.path('hydration-hydradx-408.compact.compressed.wasm');
      const memory = { name: 'PrecheckingMaxMemory', value: String(256 * 1024 * 1024) };
      const ended = await prepare(hydration, withPending({ fromSession: 6, executorParams: [memory] }));
      const { vote, limits, conclusion } = reportOf(ended);
      assert.deepEqual([ended.code, vote, limits.pending?.[0]?.vote], [1, 'accept', 'reject']);
      assert.match(conclusion.reason, /Memory of the preparation will be above its limit: .* of 256\.00 MiB/);
    }).timeout(600_000);
  });

  async function withCliResult(limits: string, args: readonly string[]) {
    let ended: Ended | undefined;
    await withCli(async (cli) => {
      cli.write('p.json', limits);
      ended = await cli.run(args);
    });
    assert.ok(ended !== undefined);
    return ended;
  }
});
