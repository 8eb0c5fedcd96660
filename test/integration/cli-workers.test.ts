/** How the built CLI finds a worker, and what `pvf workers` tells of the search. */
import assert from 'node:assert/strict';
import { installFakeWorker, okAnswer } from '../support/fake-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { needBuiltCli, reportOf, withCli } from '../support/run-cli.ts';

describe('the worker search of pvf', () => {
  before(needBuiltCli);

  it('finds a worker on PATH, and prefers a named one', () =>
    withCli(async (cli) => {
      const ok = await okAnswer();
      const { program } = installFakeWorker(cli.folder, { spawns: [{ jobs: [ok] }] });
      const env = { PATH: `/usr/bin:/bin:${cli.folder}/fake` };
      cli.write('a.wasm', plainPvf);
      for (const option of [[], ['--worker', 'auto'], ['--worker', '../fake/polkadot-prepare-worker']]) {
        const ended = await cli.run(['prepare', '--json', ...option, 'a.wasm'], { env });
        assert.equal(ended.code, 0, ended.stderr);
        assert.equal(reportOf(ended).worker?.path, program);
      }
      const missing = await cli.run(['prepare', '--json', '--worker', 'none', 'a.wasm'], { env });
      assert.equal(missing.code, 3);
      assert.match(reportOf(missing).conclusion.reason, /none can't be used as a prepare worker \(missing\)/);
    }));

  it('forces the wire revision', () =>
    withCli(async (cli) => {
      const ok = await okAnswer({ wire: '17.0.1' });
      const { program, records } = installFakeWorker(cli.folder, { spawns: [{ jobs: [ok] }] });
      cli.write('a.wasm', plainPvf);
      const ended = await cli.run(['prepare', '--json', '--worker', program, '--wire-revision', '17.0.1', 'a.wasm']);
      assert.equal(ended.code, 0, ended.stderr);
      assert.equal(reportOf(ended).worker?.wireRevision, '17.0.1');
      assert.equal(records('spawn').length, 1);
    }));

  it('lists every place in pvf workers, and runs nothing', () =>
    withCli(async (cli) => {
      const none = await cli.run(['workers']);
      assert.equal(none.code, 0);
      assert.match(none.stdout, /^Selected worker: .*portable-worker\.cjs\n/);
      for (const place of ['workspace', 'beside polkadot', 'PATH', 'system', 'own store', 'built-in']) {
        assert.match(none.stdout, new RegExp(`^[ →] ${place} +(missing|found) `, 'm'));
      }
      const { program, records } = installFakeWorker(cli.folder, {});
      const found = await cli.run(['workers', 'list', '--json', '--worker', program]);
      assert.equal(found.code, 0);
      assert.equal(JSON.parse(found.stdout).candidates[0].path, program);
      assert.deepEqual(records('word'), []);
    }));

  it('shows version, wire revision and sandbox in pvf workers diagnose, or why a worker is unusable', () =>
    withCli(async (cli) => {
      const { program } = installFakeWorker(cli.folder, { probe: { status: 1, stderr: 'not on this kernel\n' } });
      const text = await cli.run(['workers', 'diagnose', '--worker', program]);
      assert.equal(text.code, 0);
      assert.match(text.stdout, /version +1\.25\.1\n +wire revision +26\.0\.0/);
      assert.match(text.stdout, /landlock: not available: not on this kernel/);
      const listed = await cli.run(['workers', '--worker', 'nowhere']);
      assert.equal(listed.code, 3);
      assert.match(listed.stdout, /^The requested worker can't be used\./);
      assert.doesNotMatch(listed.stdout, /→/);
      const refused = await cli.run(['workers', 'diagnose', '--json', '--worker', '/bin/cat']);
      assert.equal(refused.code, 3);
      assert.match(JSON.parse(refused.stdout).workers[0].refusal, /is not a prepare worker/);
    }));
});
