/** The files that the built CLI writes when it is told to: report, artifact, metrics. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { installFakeWorker, okAnswer, twox256Of } from '../support/fake-worker.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { type CliBench, needBuiltCli, reportOf, withCli } from '../support/run-cli.ts';

async function fakeWorker(cli: CliBench, times = 1): Promise<string> {
  const ok = await okAnswer();
  return installFakeWorker(cli.folder, { spawns: [{ jobs: Array.from({ length: times }, () => ok) }] }).program;
}

describe('pvf prepare --output', () => {
  before(needBuiltCli);

  for (const format of ['text', 'json', 'markdown', 'sarif', 'junit', 'html']) {
    it(`writes the ${format} report to the file and nothing to stdout`, () =>
      withCli(async (cli) => {
        const worker = await fakeWorker(cli);
        const runtime = cli.write('a.wasm', plainPvf);
        const options = { makes: ['out'], env: { FORCE_COLOR: '1' } };
        const args = ['prepare', '--format', format, '--output', 'out/report', '--worker', worker, runtime];
        assert.deepEqual(await cli.run(args, options), { code: 0, stdout: '', stderr: '' });
        assert.deepEqual(readdirSync(cli.at('out')), ['report'], 'its folder is made, and no temporary file is left');
        const report = readFileSync(cli.at('out/report'), 'utf8');
        assert.ok(report.endsWith('\n'));
        assert.ok(!report.includes('\u001b'), 'no colour in a file');
      }));
  }

  it('replaces an older report, and follows a link', () =>
    withCli(async (cli) => {
      const worker = await fakeWorker(cli);
      const runtime = cli.write('a.wasm', plainPvf);
      cli.write('report.txt', 'old');
      symlinkSync('report.txt', cli.at('link'));
      await cli.run(['prepare', '--output', 'link', '--worker', worker, runtime], { makes: ['link'] });
      assert.ok(lstatSync(cli.at('link')).isSymbolicLink());
      assert.match(readFileSync(cli.at('report.txt'), 'utf8'), /^PASS/);
    }));

  it('writes to a pipe without replacing it', () =>
    withCli(async (cli) => {
      const worker = await fakeWorker(cli);
      const runtime = cli.write('a.wasm', plainPvf);
      execFileSync('mkfifo', [cli.at('pipe')]);
      const through = ['sh', '-c', 'cat pipe & "$@"; code=$?; wait; exit $code', 'sh'];
      const args = ['prepare', '--output', 'pipe', '--worker', worker, runtime];
      const ended = await cli.run(args, { through, makes: ['pipe'] });
      assert.equal(ended.code, 0, ended.stderr);
      assert.match(ended.stdout, /^PASS/);
      assert.ok(lstatSync(cli.at('pipe')).isFIFO());
    }));

  it('treats a file that can not be written as wrong usage', () =>
    withCli(async (cli) => {
      const worker = await fakeWorker(cli);
      const runtime = cli.write('a.wasm', plainPvf);
      for (const target of ['.', 'a.wasm/report']) {
        const ended = await cli.run(['prepare', '--output', target, '--worker', worker, runtime]);
        assert.equal(ended.code, 2);
        assert.equal(ended.stdout, '');
        assert.ok(ended.stderr.startsWith(`error: --output ${target}: it can't be written: E`), ended.stderr);
      }
      assert.deepEqual(readFileSync(runtime), Buffer.from(plainPvf));
    }));
});

describeWithOfficialWorker('pvf prepare --keep-artifact', (worker) => {
  before(needBuiltCli);

  it('copies the bytes that the report describes', () =>
    withCli(async (cli) => {
      const runtime = cli.write('a.wasm', plainPvf);
      const args = ['prepare', '--json', '--worker', worker, '--keep-artifact', 'a.pvf', runtime];
      const { stats } = reportOf(await cli.run(args, { makes: ['a.pvf'] }));
      const artifact = readFileSync(cli.at('a.pvf'));
      assert.equal(artifact.length, stats?.artifactBytes);
      assert.equal(await twox256Of(artifact.toString('hex')), stats?.artifactChecksum);
    }));

  it('rejects any existing file before anything is prepared', () =>
    withCli(async (cli) => {
      const runtime = cli.write('a.wasm', plainPvf);
      cli.write('precious', 'precious');
      symlinkSync('nowhere', cli.at('dangling'));
      for (const target of ['precious', 'a.wasm', '.', 'dangling', '/dev/null']) {
        const args = ['prepare', '--json', '--worker', worker, '--keep-artifact', target, runtime];
        const ended = await cli.run(args, { makes: ['dangling'] });
        assert.equal(ended.code, 2);
        assert.equal(ended.stdout, '');
        assert.equal(ended.stderr, `error: --keep-artifact ${target}: the file already exists.\n`);
      }
      assert.equal(readFileSync(cli.at('precious'), 'utf8'), 'precious');
      assert.deepEqual(readFileSync(runtime), Buffer.from(plainPvf));
      assert.deepEqual(readdirSync(cli.cache), []);
    }));

  it('prints the report before the error of a file that can not be written', () =>
    withCli(async (cli) => {
      const runtime = cli.write('a.wasm', plainPvf);
      const args = ['prepare', '--json', '--worker', worker, '--keep-artifact', 'a.wasm/kept.pvf', runtime];
      const ended = await cli.run(args);
      assert.equal(ended.code, 2);
      assert.equal(reportOf(ended).vote, 'accept');
      assert.match(ended.stderr, /^error: --keep-artifact a\.wasm\/kept\.pvf: it can't be written: /);
    }));

  it('writes no file for a rejected runtime', () =>
    withCli(async (cli) => {
      const runtime = cli.write('a.wasm', '\0asm');
      const ended = await cli.run(['prepare', '--worker', worker, '--keep-artifact', 'a.pvf', runtime]);
      assert.equal(ended.code, 1);
    }));

  it('does not change the artifacts in the cache', () =>
    withCli(async (cli) => {
      const runtime = cli.write('a.wasm', plainPvf);
      const prepare = (name: string) =>
        cli.run(['prepare', '--json', '--worker', worker, '--keep-artifact', name, runtime], { makes: [name] });
      const first = reportOf(await prepare('one.pvf'));
      const files = readdirSync(`${cli.cache}/artifacts`);
      const second = reportOf(await prepare('two.pvf'));
      assert.deepEqual(readdirSync(`${cli.cache}/artifacts`), files, 'the same code has the same artifact');
      assert.equal(first.stats?.artifactChecksum, second.stats?.artifactChecksum);
      assert.deepEqual(readFileSync(cli.at('one.pvf')), readFileSync(cli.at('two.pvf')));
    }));
});

/** The samples of an exposition in Prometheus' text format; fails on a line that is none. */
function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const typed = new Set<string>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const type = /^# TYPE ([a-z_]+) (counter|histogram)$/.exec(line);
    if (type?.[1]) typed.add(type[1]);
    if (line.startsWith('#')) {
      assert.match(line, /^# (HELP|TYPE) /);
      continue;
    }
    const [, name, labels = '', value] = /^([a-z_]+)(\{[a-z]+="[^"]*"\})? ([0-9.e+-]+)$/.exec(line) ?? [];
    assert.ok(name !== undefined, `no sample: ${line}`);
    assert.ok(typed.has(name.replace(/_(bucket|sum|count)$/, '')) || typed.has(name), `no type before ${line}`);
    samples.set(name + labels, Number(value));
  }
  return samples;
}

describe('pvf prepare --metrics', () => {
  before(needBuiltCli);

  it('writes the counters of the host in the text format of Prometheus', () =>
    withCli(async (cli) => {
      const worker = await fakeWorker(cli, 3);
      const files = ['a', 'b', 'c'].map((name) => cli.write(name, plainPvf));
      const ended = await cli.run(['prepare', '--metrics', 'out/m.txt', '--worker', worker, ...files], {
        makes: ['out'],
      });
      assert.equal(ended.code, 0, ended.stderr);
      const text = readFileSync(cli.at('out/m.txt'), 'utf8');
      const samples = samplesOf(text);
      const expected: Readonly<Record<string, number>> = {
        polkadot_pvf_prepare_enqueued: 3,
        polkadot_pvf_prepare_concluded: 3,
        'polkadot_pvf_worker_spawning{flavor="prepare"}': 1,
        'polkadot_pvf_worker_spawned{flavor="prepare"}': 1,
        polkadot_pvf_preparation_time_count: 3,
        polkadot_pvf_preparation_peak_tracked_allocation_count: 3,
        polkadot_pvf_preparation_peak_tracked_allocation_sum: 3,
        polkadot_parachain_candidate_validation_code_size_sum: 3 * 86,
        'polkadot_parachain_candidate_validation_code_size_bucket{le="+Inf"}': 3,
        polkadot_pvf_preparation_max_rss_count: 0,
      };
      for (const [name, value] of Object.entries(expected)) assert.equal(samples.get(name), value, name);
    }));

  it('prints the report before the error of a file that can not be written', () =>
    withCli(async (cli) => {
      const worker = await fakeWorker(cli);
      const runtime = cli.write('a.wasm', plainPvf);
      mkdirSync(cli.at('folder'));
      const args = ['prepare', '--json', '--metrics', 'folder', '--worker', worker, runtime];
      const ended = await cli.run(args, { makes: ['folder'] });
      assert.equal(ended.code, 2);
      assert.equal(reportOf(ended).vote, 'accept');
      assert.match(ended.stderr, /^error: --metrics folder: it can't be written: EISDIR/);
      rmSync(cli.at('folder'), { recursive: true });
    }));
});
