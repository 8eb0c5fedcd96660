/** How the built CLI finds a worker, and what `pvf workers` tells of the search. */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installFakeWorker, okAnswer } from '../support/fake-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { type CliBench, needBuiltCli, reportOf, withCli } from '../support/run-cli.ts';

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

  /** A worker that accepts everything, where a build of the current folder would leave it. */
  async function plantWorker({ folder, cwd }: CliBench) {
    const ok = await okAnswer();
    const fake = installFakeWorker(folder, { spawns: [{ jobs: [ok] }] });
    const target = path.join(cwd, 'target', 'release');
    mkdirSync(target, { recursive: true });
    cpSync(path.dirname(fake.program), target, { recursive: true });
    return { ...fake, planted: path.join(target, 'polkadot-prepare-worker') };
  }
  const made = ['target', 'tools', 'cache'];

  it('runs no worker of the current folder by itself, and says so', () =>
    withCli(async (cli) => {
      const { planted, records } = await plantWorker(cli);
      cli.write('a.wasm', plainPvf);
      for (const PATH of ['/usr/bin:/bin', `${path.dirname(planted)}:/usr/bin:/bin`]) {
        const ended = await cli.run(['prepare', '--json', 'a.wasm'], { env: { PATH }, makes: made });
        const { worker } = reportOf(ended);
        assert.deepEqual([worker?.kind, worker?.foundAt], ['portable', 'built-in']);
        assert.ok(
          ended.stderr.includes(`${planted} was not used. The folder ${cli.cwd} is not trusted.`),
          ended.stderr,
        );
      }
      const silent = await cli.run(['prepare', '--json', '--worker', 'portable', 'a.wasm']);
      assert.equal(silent.stderr, '');
      const listed = await cli.run(['workers']);
      assert.match(listed.stdout, /workspace +not-trusted +.*polkadot-prepare-worker/);
      assert.deepEqual(records('word'), []);
    }));

  it('runs it when the user says so: --worker, --trust-workspace, pvf trust', () =>
    withCli(async (cli) => {
      const { planted } = await plantWorker(cli);
      cli.write('a.wasm', plainPvf);
      const env = { XDG_CONFIG_HOME: path.join(cli.folder, 'config') };
      const chosen = async (...options: string[]) => {
        const ended = await cli.run(['prepare', '--json', ...options, 'a.wasm'], { env, makes: made });
        const { worker } = reportOf(ended);
        return [worker?.path === planted ? 'planted' : worker?.kind, worker?.foundAt];
      };
      assert.deepEqual(await chosen('--worker', 'target/release'), ['planted', 'setting']);
      assert.deepEqual(await chosen('--trust-workspace'), ['planted', 'workspace']);
      assert.deepEqual(await chosen(), ['portable', 'built-in']);

      const trusted = await cli.run(['trust', '..'], { env });
      assert.equal(trusted.code, 0, trusted.stderr);
      assert.deepEqual(await chosen(), ['planted', 'workspace']);
      assert.equal((await cli.run(['trust', '--list'], { env })).stdout, `${cli.folder}\n`);
      await cli.run(['trust', '--forget', '..'], { env });
      assert.deepEqual(await chosen(), ['portable', 'built-in']);
      assert.equal((await cli.run(['trust', '--list'], { env })).stdout, '');
      const missing = await cli.run(['trust', 'nowhere'], { env });
      assert.deepEqual([missing.code, missing.stderr], [2, `error: ${cli.at('nowhere')} is not a folder.\n`]);
    }));

  it("takes the worker of the user's configuration, and reports a damaged one", () =>
    withCli(async (cli) => {
      const { planted } = await plantWorker(cli);
      cli.write('a.wasm', plainPvf);
      const config = path.join(cli.folder, 'config', 'polkadot-pvf');
      const env = { XDG_CONFIG_HOME: path.dirname(config) };
      mkdirSync(config, { recursive: true });
      writeFileSync(path.join(config, 'config.json'), JSON.stringify({ worker: planted }));
      const run = (...options: string[]) => cli.run(['prepare', '--json', ...options, 'a.wasm'], { env, makes: made });
      assert.deepEqual(reportOf(await run()).worker?.foundAt, 'setting');
      assert.deepEqual(reportOf(await run('--worker', 'auto')).worker?.foundAt, 'built-in');
      writeFileSync(path.join(config, 'config.json'), '{"worker": "./here"}');
      const ended = await run();
      assert.equal(ended.code, 2);
      assert.match(ended.stderr, /config\.json: worker must be portable or the absolute path of a worker\.\n$/);
    }));

  it('names what is wrong with a requested worker, and what to give', () =>
    withCli(async (cli) => {
      cli.write('a.wasm', plainPvf);
      const macho = Buffer.alloc(64);
      macho.writeUInt32LE(0xfeedfacf, 0);
      macho.writeUInt32LE(0x0100000c, 4);
      cli.write('mac', macho);
      const refused = async (worker: string) => {
        const ended = await cli.run(['prepare', '--json', '--worker', worker, 'a.wasm']);
        assert.equal(ended.code, 3, ended.stderr);
        const [finding] = reportOf(ended).findings;
        assert.match(finding?.hint ?? '', /portable for the built-in worker/);
        const listed = await cli.run(['workers', 'diagnose', '--worker', worker]);
        assert.equal(listed.code, 3);
        return [finding?.message ?? '', listed.stdout] as const;
      };
      for (const text of await refused('mac')) {
        assert.match(text, /This is not a program of this system: it is a Mach-O program for arm64 \(macOS\)\./);
      }
      for (const text of await refused('.')) {
        assert.match(
          text,
          /This is a folder without polkadot-prepare-worker\. Give the path of a polkadot-prepare-worker/,
        );
      }
    }));

  it('does not use a cache folder inside the current folder, or one that others can write to', () =>
    withCli(async (cli) => {
      cli.write('a.wasm', plainPvf);
      const inside = cli.at('cache');
      const shared = path.join(cli.folder, 'shared');
      mkdirSync(shared);
      chmodSync(shared, 0o777);
      const reasons = [
        [inside, /is not used: it is inside .*cwd, which is not trusted\./],
        [shared, /is not used: other users can write to it\./],
        ['relative', /PVF_CACHE_DIR is ignored: relative is not an absolute path\./],
      ] as const;
      for (const [folder, reason] of reasons) {
        const env = { PVF_CACHE_DIR: folder, XDG_CACHE_HOME: path.join(cli.folder, 'xdg') };
        const ended = await cli.run(['prepare', '--worker', 'portable', 'a.wasm'], { env, makes: made });
        assert.equal(ended.code, 0, ended.stderr);
        assert.match(ended.stderr, reason);
        if (folder === 'relative') continue;
        const built = await cli.run(['workers', 'build', '--engine'], { env });
        assert.equal(built.code, 3);
        assert.match(built.stderr, /The cache folder .* can't be used: /);
      }
    }));
});
