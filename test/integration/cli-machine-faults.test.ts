/** Folders that are full, closed, missing or too long, through the built CLI: the verdict all the same where it can be had. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { installFakeWorker, okAnswer } from '../support/fake-worker.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { asOwnerWithoutPrivileges, withOwnMounts } from '../support/privileges.ts';
import { type CliBench, type Ended, needBuiltCli, type RunOptions, reportOf, withCli } from '../support/run-cli.ts';
import { skipBecause } from '../support/skip.ts';
import { tally } from '../support/tally.ts';

const noMounts = 'this system does not let us mount a tmpfs, not even in a namespace of our own';

/** Prepares the tiny module with a fake worker. */
async function prepare(cli: CliBench, options: RunOptions = {}, args: readonly string[] = []): Promise<Ended> {
  const { program } = installFakeWorker(cli.folder, { spawns: [{ jobs: [await okAnswer()] }] });
  const runtime = cli.write('a.wasm', plainPvf);
  return cli.run(['prepare', '--json', '--worker', program, ...args, runtime], options);
}

function isAcceptedWithWarning(ended: Ended, cause: RegExp): void {
  assert.equal(reportOf(ended).vote, 'accept');
  assert.equal(ended.code, 0);
  assert.match(
    ended.stderr,
    /^warn: The cache folder .* can't be written \(.*\).*Set PVF_CACHE_DIR to another folder\.\n$/,
  );
  assert.match(ended.stderr, cause);
}

describe('pvf prepare with a cache folder that', () => {
  before(needBuiltCli);

  it('may not be written', () =>
    withCli(async (cli) => {
      chmodSync(cli.cache, 0o555);
      isAcceptedWithWarning(await prepare(cli, { through: asOwnerWithoutPrivileges }), /EACCES/);
      assert.deepEqual(readdirSync(cli.cache), []);
    }));

  it('may not be written, with an artifact to keep', () =>
    withCli(async (cli) => {
      chmodSync(cli.cache, 0o555);
      const options = { through: asOwnerWithoutPrivileges, makes: ['kept.pvf'] };
      isAcceptedWithWarning(await prepare(cli, options, ['--keep-artifact', 'kept.pvf']), /EACCES/);
      assert.equal(readFileSync(cli.at('kept.pvf')).toString('hex'), '0a0b0c');
    }));

  it('is mounted read-only', async function () {
    const through = withOwnMounts('mount -t tmpfs -o ro test "$PVF_CACHE_DIR" && exec "$@"');
    if (!through) return skipBecause(this, noMounts);
    await withCli(async (cli) => isAcceptedWithWarning(await prepare(cli, { through }), /EROFS/));
  });

  it('has no room for another file', async function () {
    const through = withOwnMounts('mount -t tmpfs -o nr_inodes=1 test "$PVF_CACHE_DIR" && exec "$@"');
    if (!through) return skipBecause(this, noMounts);
    await withCli(async (cli) => isAcceptedWithWarning(await prepare(cli, { through }), /ENOSPC/));
  });

  it('is a file', () =>
    withCli(async (cli) => {
      const file = cli.write('file', 'something');
      isAcceptedWithWarning(await prepare(cli, { env: { PVF_CACHE_DIR: file } }), /EEXIST|ENOTDIR/);
      assert.equal(readFileSync(file, 'utf8'), 'something');
    }));

  it('is not there yet', () =>
    withCli(async (cli) => {
      rmdirSync(cli.cache);
      const ended = await prepare(cli);
      assert.equal(ended.code, 0);
      assert.equal(ended.stderr, '');
      assert.equal(statSync(cli.cache).mode & 0o077, 0, 'only the user can look into it');
    }));

  it('holds what another program has damaged', () =>
    withCli(async (cli) => {
      writeFileSync(path.join(cli.cache, 'rates.json'), '\0\0');
      assert.equal((await prepare(cli)).code, 0);
      for (const name of readdirSync(path.join(cli.cache, 'known-workers'))) {
        writeFileSync(path.join(cli.cache, 'known-workers', name), '{"version": 1');
      }
      for (const name of readdirSync(path.join(cli.cache, 'artifacts')).filter((one) => one.endsWith('.json'))) {
        writeFileSync(path.join(cli.cache, 'artifacts', name), '');
      }
      const worker = path.join(cli.folder, 'fake', 'polkadot-prepare-worker');
      const ended = await cli.run(['prepare', '--json', '--worker', worker, cli.at('a.wasm')]);
      assert.equal(reportOf(ended).vote, 'accept');
      assert.equal(ended.code, 0);
      assert.equal(ended.stderr, '');
    }));
});

describeWithOfficialWorker('pvf prepare on a full disk', (worker) => {
  describe('with a real runtime', () => {
    before(needBuiltCli);

    it('is undecided, and says that the disk is full', async function () {
      this.timeout(120_000);
      const listing = 'find "$PVF_CACHE_DIR" -mindepth 1 > listing';
      const mount = 'mount -t tmpfs -o size=512k test "$PVF_CACHE_DIR"';
      const through = withOwnMounts(`${mount} && { "$@"; code=$?; ${listing}; exit $code; }`);
      if (!through) return skipBecause(this, noMounts);
      await withCli(async (cli) => {
        const options = { through, makes: ['listing'] };
        const ended = await cli.run(['prepare', '--json', '--worker', worker, tally.path], options);
        const { vote, outcome, findings } = reportOf(ended);
        assert.equal(ended.code, 3);
        assert.equal(vote, 'undecided');
        assert.match(outcome?.error?.message ?? '', /No space left on device/);
        assert.equal(findings[0]?.id, 'disk-full');
        assert.match(findings[0]?.hint ?? '', /PVF_CACHE_DIR/);
        const left = readFileSync(cli.at('listing'), 'utf8');
        assert.doesNotMatch(left, /worker-dir|\.tmp$|\.pvf$/m);
      });
    });
  });
});

describe('pvf prepare with a TMPDIR', () => {
  before(needBuiltCli);

  it('of 120 characters, too long for a socket', () =>
    withCli(async (cli) => {
      const long = path.join(cli.temp, 'x'.repeat(119 - cli.temp.length));
      assert.equal(long.length, 120);
      mkdirSync(long);
      const { program, records } = installFakeWorker(cli.folder, { spawns: [{ jobs: [await okAnswer()] }] });
      const args = ['prepare', '--json', '--worker', program, cli.write('a.wasm', plainPvf)];
      const ended = await cli.run(args, { env: { TMPDIR: long } });
      assert.equal(reportOf(ended).vote, 'accept');
      assert.equal(ended.code, 0);
      assert.equal(ended.stderr, '');
      assert.deepEqual(readdirSync(long), []);
      const [, , socket = ''] = records('spawn')[0]?.argv ?? [];
      assert.match(socket, /^\/tmp\/pvf-/);
      assert.equal(existsSync(path.dirname(socket)), false, 'its folder is gone');
      rmdirSync(long);
    }));

  it('that is not there', () =>
    withCli(async (cli) => {
      const missing = path.join(cli.folder, 'nowhere');
      const ended = await prepare(cli, { env: { TMPDIR: missing } });
      assert.equal(ended.code, 3);
      assert.equal(ended.stdout, '');
      assert.match(ended.stderr, /^error: there is no folder for temporary files: ENOENT.*nowhere/);
      assert.match(ended.stderr, /Set TMPDIR to a folder that can be written \(now .*nowhere\)\.\n$/);
    }));

  it('that may not be written', () =>
    withCli(async (cli) => {
      chmodSync(cli.temp, 0o555);
      const ended = await prepare(cli, { through: asOwnerWithoutPrivileges });
      assert.equal(ended.code, 3);
      assert.equal(ended.stdout, '');
      assert.match(ended.stderr, /^error: there is no folder for temporary files: EACCES/);
    }));

  it('that is not there, while it diagnoses workers', () =>
    withCli(async (cli) => {
      const ended = await cli.run(['workers', 'diagnose'], { env: { TMPDIR: path.join(cli.folder, 'nowhere') } });
      assert.equal(ended.code, 3);
      assert.match(ended.stderr, /Set TMPDIR to a folder/);
    }));
});
