/** The built CLI with the built-in worker: nothing else is there on the machine. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Report, Stats } from '../../src/model/report.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { installFakeWorker } from '../support/fake-worker.ts';
import { processesNaming, until } from '../support/leaks.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { type CliBench, needBuiltCli, reportOf, reportsOf, withCli } from '../support/run-cli.ts';
import { skipBecause } from '../support/skip.ts';
import { tally } from '../support/tally.ts';
import { type ProtocolCase, protocolCases } from '../unit/check/protocol-cases.ts';

const bundle = path.join(import.meta.dirname, '../../dist/portable-worker.cjs');
const ESTIMATES = /CPU time and memory are estimates \(±15 %\), because the built-in worker was used/;

/** Rejected modules of the protocol, one for each step of the worker, with what Polkadot's own says. */
const broken = [
  'truncated pvf',
  'magic then rubbish',
  'sign extension',
  'two memories',
  'imported table',
  'type error in a body',
  'known env function, wrong type',
];

function caseNamed(name: string): ProtocolCase {
  const found = protocolCases.find((one) => one.name === name);
  assert.ok(found, name);
  return found;
}

/** What must be equal for two workers. */
function essence({ vote, outcome, stats }: Report): object {
  const { artifactBytes, artifactChecksum, observedCodeBytes } = stats ?? {};
  return { vote: vote, outcome, artifactBytes, artifactChecksum, observedCodeBytes };
}

function prepare(cli: CliBench, worker: string, files: readonly string[], ...args: string[]) {
  return cli.run(['prepare', '--json', '--worker', worker, ...args, ...files]);
}

describe('pvf prepare with the built-in worker', function () {
  this.timeout(120_000);
  before(needBuiltCli);

  it('accepts the smallest PVF, and names its worker', () =>
    withCli(async (cli) => {
      const ended = await prepare(cli, 'portable', [cli.write('a.wasm', plainPvf)]);
      const { vote, worker, security, stats, job } = reportOf(ended);
      assert.equal(ended.code, 0, ended.stderr);
      assert.equal(ended.stderr, '');
      assert.equal(vote, 'accept');
      assert.deepEqual([worker?.kind, worker?.path], ['portable', bundle]);
      assert.deepEqual([worker?.version, worker?.wireRevision], ['1.25.1', '26.0.0']);
      assert.match(worker?.engine ?? '', /^wasmtime \d+\.\d+\.\d+ in WebAssembly$/);
      assert.ok((worker?.target?.features.length ?? 0) > 0);
      assert.equal(security, undefined);
      assert.deepEqual([stats?.cpuTimeIs, stats?.memoryIs], ['estimated', 'estimated']);
      assert.ok((stats?.memory?.peakTrackedAlloc ?? 0) > 0);
      assert.equal(job?.prepTimeoutMs, 60_000);
    }));

  for (const [format, note] of [
    ['text', ESTIMATES],
    ['markdown', ESTIMATES],
    ['junit', ESTIMATES],
    ['sarif', ESTIMATES],
  ] as const) {
    it(`marks estimates in ${format}`, () =>
      withCli(async (cli) => {
        const runtime = cli.write('a.wasm', plainPvf);
        const { code, stdout } = await cli.run(['prepare', '--worker', 'portable', '--format', format, runtime]);
        assert.equal(code, 0);
        assert.match(stdout.replaceAll(/\s+/g, ' '), note);
      }));
  }

  it("auto takes it where no other is found, and Polkadot's own before it", function () {
    if (existsSync('/usr/lib/polkadot/polkadot-prepare-worker')) {
      skipBecause(this, 'a package of this machine has a worker in /usr/lib/polkadot');
    }
    return withCli(async (cli) => {
      const runtime = cli.write('a.wasm', plainPvf);
      const ended = await cli.run(['prepare', runtime], { env: { PATH: '' } });
      assert.equal(ended.code, 0, ended.stderr);
      assert.equal(ended.stderr, '');
      assert.match(ended.stdout.replaceAll(/\s+/g, ' '), ESTIMATES);
      assert.match(ended.stdout, /^ {2}Worker +built-in 1\.25\.1, wire revision 26\.0\.0, wasmtime/m);
      assert.ok(ended.stdout.includes(bundle));
      const { program } = installFakeWorker(cli.folder, {});
      const listed = await cli.run(['workers', '--json'], { env: { PATH: path.dirname(program) } });
      const { candidates } = JSON.parse(listed.stdout);
      assert.deepEqual(
        candidates.map(({ source }: { source: string }) => source),
        ['path', 'built-in'],
      );
    });
  });

  it('reports the same errors as the official worker in one run', () =>
    withCli(async (cli) => {
      const cases = broken.map(caseNamed);
      const files = cases.map(({ code_base64 }, at) => cli.write(`${at}.wasm`, Buffer.from(code_base64, 'base64')));
      const ended = await prepare(cli, 'portable', files);
      assert.equal(ended.code, 1, ended.stderr);
      const answers = reportsOf(ended).map(({ vote, outcome }) => [
        vote,
        outcome?.error?.variant,
        outcome?.error?.message,
      ]);
      assert.deepEqual(
        answers,
        cases.map(({ expect }) => ['reject', expect.err?.kind, expect.err?.value]),
      );
    }));

  it('rejects any other --wire-revision', () =>
    withCli(async (cli) => {
      const ended = await prepare(cli, 'portable', [cli.write('a.wasm', plainPvf)], '--wire-revision', '17.0.1');
      assert.equal(ended.code, 3);
      assert.match(reportOf(ended).conclusion.reason, /the built-in worker uses wire revision 26\.0\.0, not 17\.0\.1/);
    }));

  it('has engine, target and sandbox in pvf workers diagnose', () =>
    withCli(async (cli) => {
      const text = await cli.run(['workers', 'diagnose', '--worker', 'portable']);
      assert.equal(text.code, 0);
      assert.match(text.stdout, /version +1\.25\.1\n +wire revision +26\.0\.0/);
      assert.match(text.stdout, /engine +wasmtime .* in WebAssembly\n +target +x86-64 Linux, .*sse/);
      assert.match(text.stdout, /estimates \(±15 %\) for a native worker/);
      assert.match(text.stdout, /sandbox +not needed: compiled code never runs/);
      const json = await cli.run(['workers', 'diagnose', '--worker', 'portable', '--json']);
      const [worker] = JSON.parse(json.stdout).workers;
      assert.deepEqual([worker.kind, worker.figures, worker.wireRevision], ['portable', 'estimated', '26.0.0']);
    }));

  describe('at a real runtime', () => {
    const runtime = tally.path;

    it('stores the functions in the cache folder, and makes the same bytes from them', () =>
      withCli(async (cli) => {
        const [first, second] = [await prepare(cli, 'portable', [runtime]), await prepare(cli, 'portable', [runtime])];
        assert.deepEqual([first.code, second.code], [0, 0], first.stderr + second.stderr);
        assert.ok(readdirSync(path.join(cli.cache, 'functions')).length > 0);
        assert.deepEqual(essence(reportOf(first)), essence(reportOf(second)));
      }));

    it('makes the same bytes with several --instances', () =>
      withCli(async (cli) => {
        const withInstances = async (instances: string) => {
          // Each with a store of its own, so that the second compiles too.
          const cache = { PVF_CACHE_DIR: path.join(cli.cache, 'functions', instances) };
          const args = ['prepare', '--json', '--worker', 'portable', '--instances', instances, runtime];
          return essence(reportOf(await cli.run(args, { env: cache })));
        };
        assert.deepEqual(await withInstances('2'), await withInstances('1'));
      }));

    it('rejects by an estimate when --timeout is too short', () =>
      withCli(async (cli) => {
        const ended = await prepare(cli, 'portable', [runtime], '--timeout', '0.1');
        const { conclusion, outcome, stats, findings } = reportOf(ended);
        assert.equal(ended.code, 1);
        assert.equal(outcome?.kind, 'timed-out');
        assert.equal(stats?.cpuTimeMs, undefined);
        assert.match(conclusion.reason, /100 ms of CPU time.* estimated \(±15 %\)/);
        assert.deepEqual(
          findings.slice(0, 2).map(({ id }) => id),
          ['preparation-timeout', 'near-estimate'],
        );
      }));

    it('rejects by an estimate when --memory-limit is too low', () =>
      withCli(async (cli) => {
        const ended = await prepare(cli, 'portable', [runtime], '--memory-limit', '16777216');
        const { conclusion, outcome } = reportOf(ended);
        assert.equal(ended.code, 1);
        assert.equal(outcome?.kind, 'out-of-memory');
        assert.match(conclusion.reason, /more memory than allowed\..* estimated \(±15 %\)/);
      }));

    it('leaves no process and no file after SIGINT', () =>
      withCli(async (cli) => {
        const running = cli.start(['prepare', '--worker', 'portable', '--log', 'debug', runtime]);
        await until('it compiles', () => /compiled \d+ of \d+ functions/.test(running.printed().stderr));
        assert.ok(processesNaming(cli.temp).length > 0, 'the worker is there');
        running.signal('SIGINT');
        const ended = await running.ended;
        assert.equal(ended.code, 130);
        assert.equal(ended.stdout, '');
        assert.match(ended.stderr, /interrupted by SIGINT; nothing was decided\.\n$/);
      }));
  });
});

/** By how much an estimate lies outside of what was measured. */
function errorAgainst(estimate: number, measured: readonly number[]): number {
  const [least, most] = [Math.min(...measured), Math.max(...measured)];
  return estimate < least ? estimate / least - 1 : Math.max(estimate / most - 1, 0);
}

/** What `estimateError` of src/check promises. */
const PROMISED = 0.15;

describeWithOfficialWorker("pvf prepare with Polkadot's worker and the built-in one", (official) => {
  before(needBuiltCli);

  describeWithCorpus('one after another', (corpus) => {
    for (const file of ['shell-2.compact.compressed.wasm', 'robonomics-43.compact.compressed.wasm']) {
      it(`estimates CPU time and memory within the error that reports state, compiled anew and not: ${file}`, async function () {
        this.timeout(180_000);
        // A shared machine may be half as fast a few seconds later, for which an estimate can't be blamed.
        this.retries(2);
        await withCli(async (cli) => {
          const statsOf = async (worker: string) => reportOf(await prepare(cli, worker, [corpus.path(file)])).stats;
          const estimated: (Stats | undefined)[] = [];
          const measured = [await statsOf(official)];
          for (const _ of ['anew', 'from the store']) {
            estimated.push(await statsOf('portable'));
            measured.push(await statsOf(official));
          }
          // Each against the measurements just before and after it.
          const errorOf = (of: (stats: Stats | undefined) => number | undefined, at: number) =>
            errorAgainst(of(estimated[at]) ?? 0, [of(measured[at]) ?? 0, of(measured[at + 1]) ?? 0]);
          const errors = [0, 1].flatMap((at) => [
            errorOf((stats) => stats?.cpuTimeMs, at),
            errorOf((stats) => stats?.memory?.peakTrackedAlloc, at),
          ]);
          const text = errors.map((error) => `${(error * 100).toFixed(0)} %`).join(', ');
          assert.ok(
            errors.every((error) => Math.abs(error) <= PROMISED),
            `time, memory; again from the store: ${text}`,
          );
        });
      });
    }
  });

  describe('side by side', () => {
    it('gives the same verdicts, errors and artifact bytes', async function () {
      this.timeout(180_000);
      await withCli(async (cli) => {
        const files = [
          tally.path,
          cli.write('a.wasm', plainPvf),
          ...broken.map((name, at) => cli.write(`${at}.wasm`, Buffer.from(caseNamed(name).code_base64, 'base64'))),
        ];
        const [one, other] = await Promise.all([prepare(cli, official, files), prepare(cli, 'portable', files)]);
        assert.deepEqual(reportsOf(one).map(essence), reportsOf(other).map(essence));
        const artifactOf = async (worker: string, name: string) => {
          const args = ['prepare', '--worker', worker, '--keep-artifact', name, tally.path];
          await cli.run(args, { makes: [name] });
          return readFileSync(cli.at(name));
        };
        const artifact = await artifactOf(official, 'official.pvf');
        assert.ok(artifact.equals(await artifactOf('portable', 'portable.pvf')), 'byte for byte');
      });
    });
  });
});
