/** Time, memory, profile, budget and baseline through the built CLI, with Polkadot's own worker. */
import assert from 'node:assert/strict';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { type CliBench, needBuiltCli, reportOf, withCli } from '../support/run-cli.ts';
import { tally } from '../support/tally.ts';

const profile = { name: 'mine', source: 'a test', date: '2026-11-23', maxCodeSize: 1_000_000 };

describeWithOfficialWorker('pvf prepare with limits', (worker) => {
  before(needBuiltCli);

  const prepare = (cli: CliBench, runtime: string, ...args: string[]) =>
    cli.run(['prepare', '--json', '--worker', worker, ...args, runtime]);

  describe('of the worker, at a real runtime', () => {
    const runtime = tally.path;

    it('rejects when --timeout is too short', () =>
      withCli(async (cli) => {
        const ended = await prepare(cli, runtime, '--timeout', '0.05');
        const { vote, conclusion, outcome, stats, job, limits, findings } = reportOf(ended);
        assert.equal(ended.code, 1);
        assert.equal(vote, 'reject');
        assert.match(conclusion.reason, /50 ms of CPU time|200 ms of wall-clock time/);
        assert.equal(outcome?.kind, 'timed-out');
        assert.equal(outcome?.error?.variant, 'TimedOut');
        assert.equal(job?.prepTimeoutMs, 50);
        assert.equal(stats?.cpuTimeMs, undefined, 'how long it would have taken is not known');
        assert.ok(!limits.items.some(({ id }) => id === 'cpu-time'));
        assert.equal(findings[0]?.id, 'preparation-timeout');
      }));

    it('rejects when --memory-limit is too low', () =>
      withCli(async (cli) => {
        const ended = await prepare(cli, runtime, '--memory-limit', '16777216');
        const { vote, outcome, job, findings } = reportOf(ended);
        assert.equal(ended.code, 1);
        assert.equal(vote, 'reject');
        assert.equal(outcome?.kind, 'out-of-memory');
        assert.deepEqual(job?.executorParams, [{ name: 'PrecheckingMaxMemory', value: '16777216' }]);
        assert.equal(findings[0]?.id, 'preparation-out-of-memory');
      }));

    it('reports the share of a sufficient --memory-limit', () =>
      withCli(async (cli) => {
        const ended = await prepare(cli, runtime, '--memory-limit', String(2 ** 31));
        const { limits, stats } = reportOf(ended);
        assert.equal(ended.code, 0);
        const memory = limits.items.find(({ id }) => id === 'memory');
        assert.equal(memory?.limit, 2 ** 31);
        assert.equal(memory?.used, stats?.memory?.peakTrackedAlloc);
        assert.equal(memory?.level, 'ok');
      }));
  });

  it('allows more time with --kind compile, whose worker ignores the imports', () =>
    withCli(async (cli) => {
      // "function of another module" of protocol/cases.json: refused in pre-checking alone.
      const wasi = Buffer.from(
        'AGFzbQEAAAABCwJgAX8AYAJ/fwF+AiQBFndhc2lfc25hcHNob3RfcHJldmlldzEJcHJvY19leGl0AAADAgEBBQMBAAEHEgEOdmFsaWRhdGVfYmxvY2sAAQoGAQQAQgAL',
        'base64',
      );
      const runtime = cli.write('wasi.wasm', wasi);
      const precheck = await prepare(cli, runtime);
      const compile = await prepare(cli, runtime, '--kind', 'compile');
      assert.deepEqual([reportOf(precheck).vote, reportOf(compile).vote], ['reject', 'accept']);
      assert.equal(reportOf(precheck).findings[0]?.id, 'non-env-import');
      // Nodes refuse it all the same.
      const isAboutImports = ({ id }: { readonly id: string }) => id === 'unknown-imports';
      assert.deepEqual(
        [precheck, compile].map((ended) => reportOf(ended).findings.some(isAboutImports)),
        [false, true],
      );
      assert.deepEqual([precheck.code, compile.code], [1, 1]);
      assert.equal(reportOf(compile).job?.kind, 'compile');
      assert.equal(reportOf(compile).job?.prepTimeoutMs, 360_000);
    }));

  it('reports a blob above the code size of --profile, even if the worker accepts it', () =>
    withCli(async (cli) => {
      cli.write('p.json', JSON.stringify({ ...profile, maxCodeSize: 50 }));
      const ended = await prepare(cli, cli.write('a.wasm', plainPvf), '--profile', 'p.json');
      const { vote, limits, findings, job } = reportOf(ended);
      assert.equal(ended.code, 1);
      assert.equal(vote, 'accept');
      assert.equal(limits.profile, 'mine');
      assert.equal(job?.bombLimit, 500);
      assert.deepEqual(
        limits.items.filter(({ level }) => level === 'over').map(({ id }) => id),
        ['code-size'],
      );
      assert.ok(findings.some(({ id }) => id === 'over-limit-code-size'));
    }));

  it('sends the executor params of --profile to the worker, and reports them', () =>
    withCli(async (cli) => {
      const executorParams = [
        { name: 'MaxMemoryPages', value: 8192 },
        { name: 'PrecheckingMaxMemory', value: '2147483648' },
        { name: 'PvfPrepTimeout', kind: 'Precheck', value: '30000' },
        { name: 'EnabledHostFunction', kind: 'EccRfc163' },
      ];
      cli.write('p.json', JSON.stringify({ ...profile, executorParams }));
      const ended = await prepare(cli, cli.write('a.wasm', plainPvf), '--profile', './p.json');
      const { job } = reportOf(ended);
      assert.equal(ended.code, 0);
      assert.deepEqual(job?.executorParams, executorParams);
      assert.equal(job?.prepTimeoutMs, 30_000);
    }));

  it('accepts the name of a built-in profile', () =>
    withCli(async (cli) => {
      const ended = await prepare(cli, cli.write('a.wasm', plainPvf), '--profile', 'relay-5mib');
      assert.equal(ended.code, 0);
      assert.equal(reportOf(ended).limits.items[0]?.limit, 5 * 1024 * 1024);
    }));

  it('compares with --budget', () =>
    withCli(async (cli) => {
      const runtime = cli.write('a.wasm', plainPvf);
      cli.write('wide.json', '{"storedBytes": 1000, "artifactBytes": 10000000, "cpuTimeMs": 60000}');
      cli.write('tight.json', '{"artifactBytes": 1}');
      const within = await prepare(cli, runtime, '--budget', 'wide.json');
      assert.equal(within.code, 0);
      assert.deepEqual(
        reportOf(within).limits.items.flatMap(({ id, level }) => (id.endsWith('-budget') ? [[id, level]] : [])),
        [
          ['stored-bytes-budget', 'ok'],
          ['artifact-bytes-budget', 'ok'],
          ['cpu-time-budget', 'ok'],
        ],
      );
      const over = await prepare(cli, runtime, '--budget', 'tight.json');
      assert.equal(over.code, 1);
      assert.equal(reportOf(over).vote, 'accept');
      assert.ok(reportOf(over).findings.some(({ id }) => id === 'over-limit-artifact-bytes-budget'));
    }));

  for (const [option, content, cause] of [
    ['--budget', '{"artefactBytes": 1}', /unknown member artefactBytes; the known members are storedBytes/],
    ['--profile', JSON.stringify({ ...profile, bomblimit: 1 }), /unknown member bomblimit; the known members are name/],
  ] as const) {
    it(`rejects an unknown member in the file of ${option} before anything is prepared`, () =>
      withCli(async (cli) => {
        cli.write('file.json', content);
        const ended = await prepare(cli, cli.write('a.wasm', plainPvf), option, './file.json');
        assert.equal(ended.code, 2);
        assert.equal(ended.stdout, '');
        assert.match(ended.stderr, /^error: \.\/file\.json: [^\n]+\.\n$/);
        assert.match(ended.stderr, cause);
      }));
  }

  it('reports growth and identical code with --baseline', () =>
    withCli(async (cli) => {
      const small = cli.write('small.wasm', plainPvf);
      // The same module with a custom section of 14 bytes.
      const large = cli.write(
        'large.wasm',
        Buffer.concat([plainPvf, Buffer.from(`0020016a${'61'.repeat(30)}`, 'hex')]),
      );
      const first = await cli.run(['prepare', '--json', '--output', 'first.json', '--worker', worker, small], {
        makes: ['first.json'],
      });
      assert.deepEqual(first, { code: 0, stdout: '', stderr: '' });
      const grown = await prepare(cli, large, '--baseline', 'first.json');
      assert.equal(grown.code, 0, 'growth alone is no reason to fail');
      const ids = (found: ReturnType<typeof reportOf>) => found.findings.map(({ id }) => id);
      assert.ok(ids(reportOf(grown)).includes('growth-stored-bytes'));
      assert.ok(ids(reportOf(grown)).includes('growth-raw-bytes'));
      const finding = reportOf(grown).findings.find(({ id }) => id === 'growth-stored-bytes');
      assert.deepEqual(finding?.data, { was: 194, now: 228 });
      assert.equal(finding?.severity, 'warning');
      const same = await prepare(cli, small, '--baseline', 'first.json');
      assert.deepEqual(ids(reportOf(same)), ['not-compressed', 'identical-code']);
      assert.equal(same.code, 0);
    }));
});
