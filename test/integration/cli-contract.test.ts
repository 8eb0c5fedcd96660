/** The command line of the built CLI: what is refused, what is printed where, and every format. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { needBuiltCli, reportOf, reportsOf, withCli } from '../support/run-cli.ts';
import { parseXml } from '../unit/report/xml.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** What is wrong usage, and what is said of it. The runtime `a.wasm` is there. */
const wrongUsage: Readonly<Record<string, readonly [args: readonly string[], cause: RegExp]>> = {
  'no command': [[], /Give a command/],
  'an unknown command': [['prep', 'a.wasm'], /Unknown command 'prep'\. Did you mean prepare\?/],
  'no file': [['inspect'], /Give a file, list the runtimes in pvf\.json/],
  'an option of another command': [['workers', '--keep-artifact', 'x'], /Unknown option '--keep-artifact'\./],
  'an unknown option': [['prepare', '--frobnicate', 'a.wasm'], /Unknown option '--frobnicate'\./],
  'an option without its value': [['prepare', 'a.wasm', '--output'], /Option '--output <file>' argument missing\./],
  'an option instead of a value': [
    ['prepare', '--timeout', '-1', 'a.wasm'],
    /--timeout -1: give a number of seconds above 0/,
  ],
  'a value for a switch': [['prepare', '--json=yes', 'a.wasm'], /Unknown option '--json=yes'\./],
  'an unknown format': [['prepare', '--format', 'yaml', 'a.wasm'], /choose one of text, json, markdown, sarif, junit/],
  'two formats': [['prepare', '--json', '--format', 'junit', 'a.wasm'], /can't be combined/],
  'an unknown kind': [['prepare', '--kind', 'execute', 'a.wasm'], /choose one of precheck, compile/],
  'an unknown level': [['prepare', '--log', 'loud', 'a.wasm'], /choose one of error, warn, info, debug/],
  'an unknown wire revision': [['prepare', '--wire-revision', '1', 'a.wasm'], /choose one of 5\.0\.0, 6\.0\.0/],
  'an unknown profile': [['prepare', '--profile', 'kusama', 'a.wasm'], /Unknown profile kusama\. Use relay-3mib/],
  'a missing profile file': [['prepare', '--profile', './p.json', 'a.wasm'], /the profile can't be read/],
  'a missing budget': [['prepare', '--budget', 'b.json', 'a.wasm'], /b\.json: the budget can't be read/],
  'a missing baseline': [
    ['prepare', '--baseline', 'b.json', 'a.wasm'],
    /The baseline can't be read\..* the file does not exist/,
  ],
  'no instance at all': [['prepare', '--instances', '0', 'a.wasm'], /give auto, or a number from 1 to 99/],
  'a timeout of 0': [['prepare', '--timeout', '0', 'a.wasm'], /give a number of seconds above 0/],
  'a timeout in words': [['prepare', '--timeout', '1m', 'a.wasm'], /give a number of seconds above 0/],
  'no memory at all': [['prepare', '--memory-limit', '0', 'a.wasm'], /whole number of bytes above 0/],
  'memory in units': [['prepare', '--memory-limit', '16MiB', 'a.wasm'], /whole number of bytes above 0/],
  'one artifact file for two runtimes': [
    ['prepare', '--keep-artifact', 'k', 'a.wasm', 'a.wasm'],
    /one runtime at a time/,
  ],
  'an unknown word for workers': [
    ['workers', 'list-all'],
    /Unknown command 'list-all'\. Choose one of list, diagnose, build\./,
  ],
  'too many words for workers': [['workers', 'list', 'all'], /Expected 0 arguments but got 1\./],
};

describe('pvf with wrong usage', () => {
  before(needBuiltCli);
  for (const [name, [args, cause]] of Object.entries(wrongUsage)) {
    it(`explains ${name} in one sentence`, () =>
      withCli(async (cli) => {
        cli.write('a.wasm', plainPvf);
        const { code, stdout, stderr } = await cli.run(args);
        assert.equal(code, 2);
        assert.equal(stdout, '');
        assert.match(stderr, /^error: [^\n]+\n(Run `pvf --help` for usage\.\n)?$/);
        assert.match(stderr, cause);
      }));
  }
});

describe('pvf', () => {
  before(needBuiltCli);

  for (const option of ['--version', '-V']) {
    it(`prints only the version with ${option}`, () =>
      withCli(async (cli) => {
        assert.deepEqual(await cli.run([option]), { code: 0, stdout: `${version}\n`, stderr: '' });
      }));
  }

  for (const args of [
    ['prepare', '--help'],
    ['prepare', '-h'],
  ]) {
    it(`prints every option of the contract with ${args.join(' ')}`, () =>
      withCli(async (cli) => {
        const { code, stdout, stderr } = await cli.run(args);
        assert.equal(code, 0);
        assert.equal(stderr, '');
        const options =
          'json format output worker instances profile timeout memory-limit kind budget baseline keep-artifact';
        for (const option of [...options.split(' '), 'no-progress', 'log', 'metrics', 'wire-revision']) {
          assert.ok(stdout.includes(`--${option}`), option);
        }
        for (const word of ['pvf prepare', 'relay-3mib (default)', '130']) assert.ok(stdout.includes(word));
        assert.ok(stdout.split('\n').every((line) => line.length <= 120));
      }));
  }
});

describeWithOfficialWorker('pvf prepare', (worker) => {
  before(needBuiltCli);

  it('prints one report that matches the schema with --json', () =>
    withCli(async (cli) => {
      const ended = await cli.run(['prepare', '--json', '--worker', worker, cli.write('a.wasm', plainPvf)]);
      const report = reportOf(ended);
      assert.equal(ended.code, 0);
      assert.equal(ended.stderr, '');
      assert.deepEqual(report.tool, { name: 'polkadot-pvf', version });
      assert.equal(report.vote, 'accept');
      assert.equal(report.worker?.path, worker);
      assert.equal(report.worker?.wireRevision, '26.0.0');
      assert.equal(report.job?.kind, 'precheck');
      assert.equal(report.job?.prepTimeoutMs, 60_000);
      assert.equal(report.stats?.cpuTimeIs, 'measured');
      assert.equal(report.stats?.observedCodeBytes, plainPvf.length);
      assert.ok(report.stats?.memory?.peakTrackedAlloc);
      assert.match(report.stats?.artifactChecksum ?? '', /^0x[0-9a-f]{64}$/);
      assert.ok(!ended.stdout.includes('undefined') && !ended.stdout.includes('null'));
    }));

  it('prints an array in order for several files with --json', () =>
    withCli(async (cli) => {
      const files = ['b.wasm', 'a.wasm', 'b.wasm'];
      for (const name of files) cli.write(name, plainPvf);
      const ended = await cli.run(['prepare', '--json', '--worker', worker, ...files]);
      assert.equal(ended.code, 0);
      assert.deepEqual(
        reportsOf(ended).map(({ runtime }) => runtime.path),
        files,
      );
    }));

  it('treats --format json, --json and both together alike', () =>
    withCli(async (cli) => {
      cli.write('a.wasm', plainPvf);
      const one = await cli.run(['prepare', '--format', 'json', '--worker', worker, 'a.wasm']);
      const both = await cli.run(['prepare', '--json', '--format', 'json', '--worker', worker, 'a.wasm']);
      assert.equal(reportOf(one).stats?.artifactChecksum, reportOf(both).stats?.artifactChecksum);
    }));

  it('exits 0 with --allow for an error that the user accepts, and refuses other ids', () =>
    withCli(async (cli) => {
      const relay = Buffer.from(
        Buffer.from(plainPvf).toString('latin1').replace('validate_block', 'validate_clock'),
        'latin1',
      );
      const runtime = cli.write('relay.wasm', relay);
      const run = (...args: string[]) => cli.run(['prepare', '--json', '--worker', worker, ...args, runtime]);
      const failed = await run();
      assert.equal(failed.code, 1);
      const { vote, conclusion } = reportOf(failed);
      assert.deepEqual([vote, conclusion.status, conclusion.because], ['accept', 'fail', ['no-validate-block']]);
      const allowed = await run('--allow', 'no-validate-block', '--allow', 'identical-code');
      assert.equal(allowed.code, 0);
      assert.equal(reportOf(allowed).conclusion.status, 'pass');
      assert.equal(reportOf(allowed).findings.find(({ id }) => id === 'no-validate-block')?.allowed, true);
      assert.equal((await run('--allow', 'no-such-finding')).code, 2);
      assert.match((await run('--allow', 'over-limit-code-size')).stderr, /can't be allowed/);
    }));

  it('adds what a bug report needs with --verbose', () =>
    withCli(async (cli) => {
      cli.write('a.wasm', plainPvf);
      const { code, stdout } = await cli.run(['prepare', '--verbose', '--worker', worker, 'a.wasm']);
      assert.equal(code, 0);
      assert.match(stdout, /Checksum +0x[0-9a-f]{64} \(artifact\)/);
      assert.match(stdout, /Security +landlock/);
    }));

  it('prints text with the conclusion first, the figures and the code hash', () =>
    withCli(async (cli) => {
      cli.write('a.wasm', plainPvf);
      const json = reportOf(await cli.run(['prepare', '--json', '--worker', worker, 'a.wasm']));
      for (const format of [[], ['--format', 'text']]) {
        const { code, stdout, stderr } = await cli.run(['prepare', ...format, '--worker', worker, 'a.wasm']);
        assert.equal(code, 0);
        assert.equal(stderr, '', 'no progress where there is no terminal');
        assert.match(stdout, /^PASS {2}plain 1 {2}\(vote: accept\)\n/);
        assert.match(stdout, /CPU time +\d+(\.\d+)? m?s of 60 s/);
        assert.match(stdout, /Peak memory/);
        assert.ok(stdout.includes(json.runtime.codeHash));
        assert.ok(!stdout.includes(json.stats?.artifactChecksum ?? '?'), 'only a bug report needs it');
        assert.ok(stdout.includes(worker));
        assert.ok(!stdout.includes('\u001b'), 'no colour where there is no terminal');
      }
    }));

  it('prints a table of the limits with --format markdown', () =>
    withCli(async (cli) => {
      cli.write('a.wasm', plainPvf);
      const { code, stdout } = await cli.run(['prepare', '--format', 'markdown', '--worker', worker, 'a.wasm']);
      assert.equal(code, 0);
      assert.match(stdout, /^#+ .*plain 1/m);
      assert.match(stdout, /^\|.*-+.*\|$/m);
    }));

  it('prints SARIF 2.1.0 with each finding with --format sarif', () =>
    withCli(async (cli) => {
      cli.write('a.wasm', plainPvf);
      const { code, stdout } = await cli.run(['prepare', '--format', 'sarif', '--worker', worker, 'a.wasm']);
      assert.equal(code, 0);
      const { version: sarif, runs } = JSON.parse(stdout);
      assert.equal(sarif, '2.1.0');
      assert.equal(runs[0].tool.driver.version, version);
      assert.deepEqual(
        runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId),
        ['pvf/not-compressed'],
      );
    }));

  it('prints well-formed XML with a failure for a rejection with --format junit', () =>
    withCli(async (cli) => {
      cli.write('good.wasm', plainPvf);
      cli.write('bad.wasm', '\0asm');
      const args = ['prepare', '--format', 'junit', '--worker', worker, 'good.wasm', 'bad.wasm'];
      const { code, stdout } = await cli.run(args);
      assert.equal(code, 1);
      const { name, attributes, children } = parseXml(stdout);
      assert.equal(name, 'testsuites');
      assert.equal(attributes['failures'], '1');
      const verdicts = children.flatMap((suite) =>
        suite.children.filter((one) => one.attributes['name'] === 'conclusion'),
      );
      assert.deepEqual(
        verdicts.map((one) => one.children[0]?.name),
        ['system-out', 'failure'],
      );
    }));

  it('ignores a pipe that is closed early', () =>
    withCli(async (cli) => {
      cli.write('a.wasm', plainPvf);
      const through = ['sh', '-c', '{ "$@"; echo "status $?" >&2; } | true', 'sh'];
      const { stderr } = await cli.run(['prepare', '--worker', worker, 'a.wasm'], { through });
      assert.equal(stderr, 'status 0\n');
    }));
});

describe('pvf inspect', () => {
  before(needBuiltCli);

  it('reports on a blob without running a worker', () =>
    withCli(async (cli) => {
      const ended = await cli.run(['inspect', '--json', cli.write('a.wasm', plainPvf)]);
      const report = reportOf(ended);
      assert.equal(ended.code, 0);
      assert.equal(report.outcome, undefined);
      assert.equal(report.worker, undefined);
      assert.equal(report.runtime.storedBytes, plainPvf.length);
    }));

  it('exits 1 when a limit is exceeded, and 2 when a file is unreadable', () =>
    withCli(async (cli) => {
      cli.write('budget.json', '{"storedBytes": 1}');
      cli.write('a.wasm', plainPvf);
      assert.equal((await cli.run(['inspect', '--budget', 'budget.json', 'a.wasm'])).code, 1);
      assert.equal((await cli.run(['inspect', 'a.wasm', 'missing.wasm'])).code, 2);
    }));
});
