/** The built CLI on a real relay chain that has real runtimes: whole, in parts, and one parachain at a time. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isProblem, isReport, type ReportEntry } from '../../src/model/input-problem.ts';
import { readRuntime } from '../../src/runtime/blob.ts';
import { type Corpus, describeWithCorpus } from '../support/corpus.ts';
import { plainPvf, plainPvfOf } from '../support/plain-pvf.ts';
import { useRelayChain } from '../support/relay-chain.ts';
import type { RelayPara } from '../support/relay-state.ts';
import { entriesOf, needBuiltCli, type Running, reportOf, reportsOf, withCli } from '../support/run-cli.ts';

/** Bytes after decompression: what takes the built-in worker some seconds at most. */
const MAX_RAW_BYTES = 4_000_000;

const SHARDS = 3;

/** Each code once, those that validators refuse among them. */
async function codesOf({ blobs, path: place }: Corpus): Promise<readonly Uint8Array[]> {
  const wanted = blobs.filter(({ raw_bytes: raw = 0 }) => raw < MAX_RAW_BYTES);
  return Promise.all(wanted.map(async ({ file }) => (await readRuntime(place(file))).stored));
}

/** Every code has a parachain. The first two have upgrades, and the last two share the code of the first. */
function parasOf(codes: readonly Uint8Array[]): RelayPara[] {
  const [first = plainPvf] = codes;
  const paras = [...codes, first, first].map((code, at) => ({ id: 2000 + at, code }));
  const upgrades: readonly Partial<RelayPara>[] = [
    { future: plainPvf, vote: { accept: 3, reject: 1 }, restricted: true, cooldownUntil: 600 },
    { future: plainPvfOf('plain', 2), enactedAt: 500 },
  ];
  return paras.map((para, at) => ({ ...para, ...upgrades[at] }));
}

/** What two runs of the same check have in common. */
function essence(entry: ReportEntry): object {
  const { createdAt: _, ...rest } = entry;
  if (isProblem(entry)) return rest;
  const { stats, limits } = entry;
  const { wallTimeMs, spawnMs, cpuTimeMs, ...same } = stats ?? {};
  const items = limits.items.filter(({ id }) => id !== 'cpu-time');
  return { ...rest, stats: same, limits: { ...limits, items } };
}

/** Not `until`: on a busy machine, the start of everything takes a minute. */
async function firstResult(running: Running): Promise<void> {
  let isOver = false;
  const stop = () => {
    isOver = true;
  };
  running.ended.then(stop, stop);
  while (!isOver && !/of 2 codes/.test(running.printed().stderr)) await setTimeout(20);
}

describeWithCorpus('pvf on a relay chain', (corpus) => {
  before(needBuiltCli);
  let codes: readonly Uint8Array[] = [];
  before(async () => {
    codes = await codesOf(corpus);
  });
  const chain = useRelayChain(() => ({ paras: parasOf(codes) }));
  const options = () => ['--rpc', chain().url, '--worker', 'portable', '--json', '--no-progress'];

  it('checks every code, and the merged parts are the whole', function () {
    this.timeout(15 * 60_000);
    return withCli(async (cli) => {
      assert.ok(codes.length >= 12, `${codes.length} codes`);
      const ended = await cli.run(['chain', ...options()]);
      const whole = reportsOf(ended);
      assert.equal(ended.code, 1, ended.stderr);
      assert.deepEqual(
        whole.map(({ para }) => `${para?.id} ${para?.code}`),
        parasOf(codes).flatMap(({ id, future }) => [`${id} current`, ...(future ? [`${id} pending`] : [])]),
      );
      assert.ok(whole.some(({ vote }) => vote === 'reject'));
      assert.ok(whole.every(({ vote }) => vote !== 'undecided'));
      assert.deepEqual(whole.at(-1)?.stats, whole[0]?.stats, 'a code that several use is prepared once');

      const parts = await Promise.all(
        Array.from({ length: SHARDS }, (_, at) =>
          cli.run(['chain', ...options(), '--fresh', '--instances', '1', '--shard', `${at + 1}/${SHARDS}`]),
        ),
      );
      const files = parts.map((part, at) => cli.write(`part-${at + 1}.json`, part.stdout));
      assert.ok(parts.every((part) => entriesOf(part).length > 0));
      const merged = await cli.run(['report', 'merge', '--json', ...files.toReversed()]);
      assert.equal(merged.code, 1, merged.stderr);
      assert.deepEqual(reportsOf(merged).map(essence), whole.map(essence));

      const text = await cli.run(['report', 'merge', ...files]);
      assert.match(text.stdout, /^paseo at block 1 \(0x[0-9a-f]{64}\)$/m);
      assert.match(text.stdout, /vote: 3 of 10 validators for, 1 against, 7 decide/);
      const partly = await cli.run(['report', 'merge', '--json', ...files.slice(1)]);
      const missing = entriesOf(partly).filter(isProblem);
      assert.deepEqual([missing.length, missing[0]?.path, missing[0]?.problem.id], [1, 'part 1/3', 'missing-shard']);
    });
  });
});

describe('pvf with a relay chain', function () {
  this.timeout(120_000);
  before(needBuiltCli);
  const chain = useRelayChain(() => ({
    activeConfig: { max_code_size: 1_000_000 },
    paras: [{ id: 2000, code: plainPvf, future: plainPvfOf('plain', 2), enactedAt: 500 }],
  }));
  const rpc = () => ['--rpc', chain().url];
  const portable = ['--worker', 'portable'];

  it('goes on after an interruption, and keeps the results by code', () =>
    withCli(async (cli) => {
      const args = ['chain', ...rpc(), ...portable, '--json'];
      const started = cli.start(args);
      await firstResult(started);
      started.signal('SIGINT');
      const { code, stderr } = await started.ended;
      // The second code may be done before the signal comes.
      assert.ok(code === 130 || code === 0, stderr);
      if (code === 130) assert.match(stderr, /codes are done; the next run goes on from there/);
      const first = await cli.run(args);
      const again = await cli.run(args);
      assert.equal(first.code, 0, first.stderr);
      assert.deepEqual(JSON.parse(again.stdout), JSON.parse(first.stdout), 'no code is prepared again');
      const [fresh] = reportsOf(await cli.run([...args, '--fresh']));
      assert.notDeepEqual(fresh?.createdAt, reportsOf(first)[0]?.createdAt);
    }));

  it('lists the results of each worker', () =>
    withCli(async (cli) => {
      const ended = await cli.run(['chain', ...rpc(), ...portable, ...portable, '--jobs', '2', '--json']);
      assert.deepEqual(
        reportsOf(ended).map(({ para, worker }) => [para?.code, worker?.kind]),
        ['current', 'current', 'pending', 'pending'].map((code) => [code, 'portable']),
      );
    }));

  it('prepares and inspects the codes of one parachain, with the limits of the chain', () =>
    withCli(async (cli) => {
      for (const command of [['prepare', ...portable], ['inspect']]) {
        const ended = await cli.run([...command, ...rpc(), '--para', '2000', '--json']);
        const [current, pending] = reportsOf(ended);
        assert.equal(ended.code, 0, ended.stderr);
        assert.equal(current?.runtime.path, 'para 2000 (current)');
        assert.equal(pending?.runtime.path, 'para 2000 (pending)');
        assert.equal(pending?.para?.upgrade.enactedAt, 500);
        assert.equal(current?.limits.items.find(({ id }) => id === 'code-size')?.limit, 1_000_000);
      }
    }));

  it('compares a file with the code that the chain runs', () =>
    withCli(async (cli) => {
      const against = ['--baseline', 'chain', '--para', '2000', ...rpc(), '--json'];
      const same = await cli.run(['inspect', ...against, cli.write('same.wasm', plainPvf)]);
      assert.equal(same.code, 1);
      assert.ok(reportOf(same).findings.some(({ id, severity }) => id === 'identical-code' && severity === 'error'));
      const next = await cli.run(['inspect', ...against, cli.write('next.wasm', plainPvfOf('plain', 2))]);
      assert.equal(next.code, 0, next.stdout);
      const noPara = await cli.run(['inspect', '--baseline', 'chain', ...rpc(), 'next.wasm']);
      assert.equal(noPara.code, 2);
      assert.match(noPara.stderr, /--baseline chain needs --para <id>/);
    }));

  it('fetches the limits as a profile, refreshes it, and replaces no other file', () =>
    withCli(async (cli) => {
      const config = path.join(cli.folder, 'config');
      mkdirSync(config);
      const env = { XDG_CONFIG_HOME: config };
      for (const size of [1_000_000, 1_200_000]) {
        await chain().set({ activeConfig: { max_code_size: size } });
        const fetched = await cli.run(['limits', 'fetch', ...rpc()], { env });
        assert.equal(fetched.code, 0, fetched.stderr);
        const inspected = await cli.run(['inspect', '--profile', 'paseo', '--json', cli.write('a.wasm', plainPvf)], {
          env,
        });
        const { profile, items } = reportOf(inspected).limits;
        assert.deepEqual([profile, items.find(({ id }) => id === 'code-size')?.limit], ['paseo', size]);
      }
      assert.match((await cli.run(['limits'], { env })).stdout, /^paseo$/m);
      cli.write('mine.json', '{"name":"mine"}');
      const refused = await cli.run(['limits', 'fetch', ...rpc(), '--output', 'mine.json'], { env });
      assert.equal(refused.code, 2);
      assert.equal(readFileSync(cli.at('mine.json'), 'utf8'), '{"name":"mine"}');
      const saved = await cli.run(['limits', 'fetch', ...rpc(), '--output', 'relay.json'], {
        env,
        makes: ['relay.json'],
      });
      assert.equal(saved.code, 0, saved.stderr);
      assert.equal((await cli.run(['inspect', '--profile', './relay.json', 'a.wasm'])).code, 0);
    }));

  it('splits files, and merges their reports in the order of the files', () =>
    withCli(async (cli) => {
      const files = [1, 2, 3, 4].map((version) => cli.write(`${version}.wasm`, plainPvfOf('plain', version)));
      cli.write('text.wasm', 'no runtime');
      const all = [...files, 'text.wasm'];
      const parts = await Promise.all(
        ['1/2', '2/2'].map((shard) =>
          cli.run(['prepare', ...portable, '--json', '--no-history', '--shard', shard, ...all]),
        ),
      );
      const names = parts.map(({ stdout }, at) => cli.write(`${at}.json`, stdout));
      const merged = await cli.run(['report', 'merge', '--json', ...names]);
      const entries = entriesOf(merged);
      assert.deepEqual(
        entries.map((entry) => (isReport(entry) ? entry.runtime.path : entry.path)),
        all,
      );
      assert.equal(merged.code, 2, 'a file is no runtime');
      assert.ok(entries.every(({ shard }) => shard === undefined));
    }));
});
