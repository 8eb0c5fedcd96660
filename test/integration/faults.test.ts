/** The host on disks that fail under it; the command line's part of that is in cli-machine-faults. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { concat } from '../../src/base/bytes.ts';
import { tinyPvf } from '../../src/worker/probe/tiny-pvf.ts';
import { installFakeWorker, okAnswer } from '../support/fake-worker.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { skipBecause } from '../support/skip.ts';
import { jobFor, type Workbench, withHost, withWorkbench } from '../support/workbench.ts';

/** Runs a test whose cache folder is a small file system of its own, if this machine lets us mount one. */
async function withSmallDisk(
  context: Mocha.Context,
  test: (bench: Workbench, remount: (option: string) => void) => Promise<void>,
): Promise<void> {
  await withWorkbench(async (bench) => {
    mkdirSync(bench.cacheFolder);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=700', 'pvf-test', bench.cacheFolder], {
        stdio: 'pipe',
      });
    } catch (error) {
      skipBecause(context, `no file system can be mounted: ${(error as Error).message.split('\n')[0]}`);
    }
    try {
      await test(bench, (option) => execFileSync('mount', ['-o', `remount,${option}`, bench.cacheFolder]));
    } finally {
      execFileSync('umount', ['--lazy', bench.cacheFolder]);
    }
  });
}

/** A module that compiles as the tiny one does, and is another: a custom section `n` with one byte. */
const variant = (tag: number) => concat(tinyPvf, Uint8Array.of(0, 3, 1, 0x6e, tag));

describeWithOfficialWorker('a host on a disk that', (program) => {
  it('fills up reports it, cleans up, and works when there is room again', async function () {
    await withSmallDisk(this, async (bench) => {
      const elsewhere = join(bench.folder, 'known');
      await using knowing = await bench.openHostDirectories(elsewhere);
      const worker = await bench.examine(program, knowing);
      await withHost(bench, worker, async ({ host }, { artifacts }) => {
        const paths: string[] = [];
        let full: unknown;
        for (let tag = 0; tag < 10 && full === undefined; tag += 1) {
          const { outcome } = await host.prepare(jobFor(variant(tag)));
          if (outcome.kind === 'concluded' && 'prepared' in outcome) paths.push(outcome.prepared.path);
          else full = outcome;
        }
        assert(paths.length > 0);
        assert.deepEqual(full, {
          kind: 'concluded',
          error: { tag: 'IoErr', value: 'No space left on device (os error 28)' },
        });
        for (const path of paths) rmSync(path);
        assert.equal((await host.prepare(jobFor(variant(99)))).outcome.kind, 'concluded');
        assert.deepEqual(temporaryIn(artifacts.folder).length, 1);
      });
      assert.deepEqual(temporaryIn(join(bench.cacheFolder, 'artifacts')), []);
    });
  });
});

describe('a host on a disk that', () => {
  it('becomes read-only reports it, and can still be disposed', async function () {
    await withSmallDisk(this, async (bench, remount) => {
      const fake = installFakeWorker(bench.folder, { spawns: [{ jobs: [await okAnswer()] }] });
      await withHost(bench, fake.examined, async ({ host }) => {
        await host.prepare(jobFor());
        remount('ro');
        const { outcome } = await host.prepare(jobFor());
        assert(outcome.kind === 'create-tmp-file');
        assert.match(outcome.message, /EROFS/);
      });
      assert.match(bench.logged.at(-1)?.message ?? '', /^Could not remove the directory of a worker: EROFS/);
    });
  });

  it('is read-only from the start works in a temporary folder, with a warning', async function () {
    await withSmallDisk(this, async (bench, remount) => {
      remount('ro');
      const fake = installFakeWorker(bench.folder, { spawns: [{ jobs: [await okAnswer()] }] });
      await withHost(bench, fake.examined, async ({ host }, { artifacts, scratch }) => {
        assert.equal((await host.prepare(jobFor())).outcome.kind, 'concluded');
        assert.equal(artifacts.folder, join(scratch, 'artifacts'));
      });
      assert.match(bench.logged[0]?.message ?? '', /can't be written .*EROFS.*Set PVF_CACHE_DIR to another folder/);
      assert.equal(bench.logged[0]?.level, 'warn');
    });
  });
});

const temporaryIn = (folder: string) => readdirSync(folder).filter((name) => !/\.(pvf|json)$/.test(name));
