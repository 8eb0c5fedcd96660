/** `pvf upgrade` with real runtimes, as a user runs it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { blake2b } from '@noble/hashes/blake2.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { UpgradeChecklist, UpgradeStepId } from '../../src/model/upgrade-checklist.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { type Ended, needBuiltCli, withCli } from '../support/run-cli.ts';

const schema = JSON.parse(readFileSync(new URL('../../media/upgrade.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

function checklistOf({ stdout, stderr }: Ended): UpgradeChecklist {
  assert.notEqual(stdout, '', stderr);
  const checklist = JSON.parse(stdout);
  validate(checklist);
  assert.deepEqual(validate.errors ?? [], []);
  return checklist as UpgradeChecklist;
}

function stateOf({ steps }: UpgradeChecklist, id: UpgradeStepId): string | undefined {
  return steps.find((step) => step.id === id)?.state;
}

describe('pvf upgrade', function () {
  this.timeout(120_000);
  before(needBuiltCli);

  it('prepares the runtime, and says why a module without metadata has no call data', () =>
    withCli(async (cli) => {
      const file = cli.write('plain.wasm', plainPvf);
      const ended = await cli.run(['upgrade', '--json', '--worker', 'portable', file]);
      assert.equal(ended.code, 0, ended.stderr);
      const checklist = checklistOf(ended);
      assert.deepEqual([checklist.vote, stateOf(checklist, 'check')], ['accept', 'done']);
      assert.deepEqual([stateOf(checklist, 'file'), stateOf(checklist, 'authorize')], ['blocked', 'unknown']);
      assert.deepEqual(checklist.calls, []);
      const wanted = await cli.run(['upgrade', '--no-prepare', '--call-file', cli.at('call.hex'), file]);
      assert.equal(wanted.code, 2);
      assert.match(wanted.stderr, /--call-file .*call\.hex: there is no call data\. The runtime/);
    }));

  it('takes the JSON report of a preparation, and its conclusion', () =>
    withCli(async (cli) => {
      const file = cli.write('plain.wasm', plainPvf);
      const report = await cli.run(['prepare', '--json', '--worker', 'portable', '--timeout', '0.001', file]);
      assert.equal(report.code, 1, 'it timed out');
      const ended = await cli.run(['upgrade', '--json', cli.write('report.json', report.stdout)]);
      assert.equal(ended.code, 1, ended.stderr);
      assert.equal(stateOf(checklistOf(ended), 'check'), 'blocked');
      cli.write('plain.wasm', 'something else');
      const gone = await cli.run(['upgrade', cli.at('report.json')]);
      assert.match(gone.stdout.replace(/\s+/g, ' '), /There is no call data\. \S+plain\.wasm no longer has the code/);
    }));

  it('compares with the code that the chain runs', () =>
    withCli(async (cli) => {
      const file = cli.write('plain.wasm', plainPvf);
      const ended = await cli.run(['upgrade', '--json', '--no-prepare', '--baseline', file, file]);
      assert.equal(ended.code, 1, ended.stderr);
      const checklist = checklistOf(ended);
      assert.deepEqual(checklist.conclusion.because.toSorted(), ['identical-code', 'spec-version-not-raised']);
      for (const id of ['code-hash', 'spec-version'] as const) assert.equal(stateOf(checklist, id), 'blocked', id);
    }));

  it('refuses a wrong command line', () =>
    withCli(async (cli) => {
      const file = cli.write('plain.wasm', plainPvf);
      const cases: readonly (readonly [args: readonly string[], stderr: RegExp])[] = [
        [['--format', 'sarif', file], /--format sarif: a checklist is one of text, json, markdown/],
        [['--para', '2034', file], /--para needs --rpc/],
        [['--rpc', 'ws://127.0.0.1:1', '--profile', 'relay-5mib', file], /either --profile or --rpc/],
        [['--costs', file], /[Uu]nknown option '--costs'/],
        [[cli.at('missing.wasm')], /missing\.wasm/],
        [[], /missing required argument 'file'/i],
      ];
      for (const [args, stderr] of cases) {
        const ended = await cli.run(['upgrade', ...args]);
        assert.deepEqual([ended.code, ended.stdout], [2, ''], args.join(' '));
        assert.match(ended.stderr, stderr);
      }
    }));
});

describeWithCorpus('pvf upgrade of real runtimes', ({ pairs, path }) => {
  before(needBuiltCli);
  const [pair] = pairs;

  it('makes the call data by the metadata of the code on chain, and writes the long one', () =>
    withCli(async (cli) => {
      assert.ok(pair);
      const [older, newer] = [path(pair.older), path(pair.newer)];
      const args = ['upgrade', '--json', '--no-prepare', '--baseline', older, '--call-file', 'call.hex', newer];
      const ended = await cli.run(args, { makes: ['call.hex'] });
      assert.equal(ended.code, 0, ended.stderr);
      const checklist = checklistOf(ended);
      assert.equal(checklist.callsBy, 'baseline');
      const find = (id: string) => checklist.calls.find((call) => call.id === id);
      assert.equal(find('authorize')?.data, `0x0009${pair.newer_blake2b_256.slice(2)}`);
      const written = readFileSync(cli.at('call.hex'), 'utf8');
      const call = Buffer.from(written.trim().slice(2), 'hex');
      assert.ok(
        call.subarray(6).equals(readFileSync(newer)),
        'two indices and four bytes of length come before the code',
      );
      const apply = find('apply');
      const digest = Buffer.from(blake2b(call, { dkLen: 32 })).toString('hex');
      assert.deepEqual([apply?.bytes, apply?.hash, apply?.data], [call.length, `0x${digest}`, undefined]);
      for (const id of ['spec-name', 'spec-version', 'transaction-version'] as const) {
        assert.equal(stateOf(checklist, id), 'done', id);
      }
    })).timeout(120_000);

  it('writes a page without the code', () =>
    withCli(async (cli) => {
      assert.ok(pair);
      const args = ['upgrade', '--no-prepare', '--format', 'markdown', '--output', 'upgrade.md', path(pair.newer)];
      const ended = await cli.run(args, { makes: ['upgrade.md'] });
      assert.deepEqual([ended.code, ended.stdout], [0, ''], ended.stderr);
      const page = readFileSync(cli.at('upgrade.md'), 'utf8');
      assert.ok(page.length < 8000, `${page.length} characters`);
      assert.match(page, /^# Upgrade to bridge-hub-paseo 1009003\n/);
      assert.ok(page.includes(`\n0x0009${pair.newer_blake2b_256.slice(2)}\n`));
    })).timeout(120_000);
});
