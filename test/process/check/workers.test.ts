import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chooseWorker, type WorkerChoice } from '../../../src/check/workers.ts';
import type { LocateRequest } from '../../../src/worker/locate/locate.ts';
import { builtInOptions, installBuiltIn } from '../../support/built-in.ts';
import { type FakeBehaviour, installFakeWorker } from '../../support/fake-worker.ts';
import { processesNaming, until } from '../../support/leaks.ts';
import { type Workbench, withWorkbench } from '../../support/workbench.ts';

/** A search that finds only what the test puts into the bench's folder. */
function searchIn({ folder, cacheFolder }: Workbench, change: Partial<LocateRequest> = {}): LocateRequest {
  return {
    workspaceFolders: [join(folder, 'workspace')],
    trustWorkspace: true,
    cwd: folder,
    homeFolder: folder,
    cacheFolder,
    packageFolder: join(folder, 'package'),
    systemFolders: [],
    env: {},
    platform: process.platform,
    ...change,
  };
}

const packageOf = ({ folder }: Workbench) => join(folder, 'package');
const builtInOf = (bench: Workbench) => builtInOptions(packageOf(bench));

async function choose(bench: Workbench, change: Partial<LocateRequest> = {}, answerTimeoutMs = 15_000) {
  await using directories = await bench.openHostDirectories();
  const { factsCache, scratch } = directories;
  const { log, guard } = bench;
  const examine = {
    factsCache,
    scratch,
    spawnTimeoutMs: 15_000,
    answerTimeoutMs,
    log,
    guard,
    builtIn: builtInOf(bench),
  };
  return await chooseWorker(searchIn(bench, change), examine, new AbortController().signal);
}

/** Installs a fake where a workspace has the workers that it built. */
function buildInWorkspace({ folder }: Workbench, profile: string, behaviour: FakeBehaviour): string {
  const target = join(folder, 'workspace', 'target', profile);
  mkdirSync(target, { recursive: true });
  const { program } = installFakeWorker(target, behaviour);
  cpSync(dirname(program), target, { recursive: true });
  return join(target, 'polkadot-prepare-worker');
}

const warnings = ({ logged }: Workbench) =>
  logged.filter(({ level }) => level === 'warn').map(({ message }) => message);

function messageOf(choice: WorkerChoice): string {
  assert.ok(choice.kind === 'none' && 'message' in choice.outcome, JSON.stringify(choice));
  return choice.outcome.message;
}

describe('chooseWorker', () => {
  it('takes the requested worker', () =>
    withWorkbench(async (bench) => {
      const { program } = installFakeWorker(bench.folder, {});
      const choice = await choose(bench, { wanted: program });
      assert.ok(choice.kind === 'worker');
      assert.equal(choice.worker.path, program);
      assert.equal(choice.worker.version, '1.25.1');
      assert.equal(choice.worker.revision.id, '26.0.0');
      assert.deepEqual(warnings(bench), []);
    }));

  it('takes no other worker when the requested one is unusable', () =>
    withWorkbench(async (bench) => {
      buildInWorkspace(bench, 'release', {});
      const choice = await choose(bench, { wanted: 'nowhere/worker' });
      assert.ok(choice.kind === 'none');
      assert.equal(choice.outcome.kind, 'not-spawned');
      assert.match(messageOf(choice), /nowhere\/worker can't be used as a prepare worker \(missing\)/);
    }));

  it('warns about a program that is no worker, and goes on to the next place', () =>
    withWorkbench(async (bench) => {
      const other = join(bench.folder, 'bin', 'polkadot-prepare-worker');
      mkdirSync(dirname(other));
      writeFileSync(other, '#!/bin/sh\necho hello\n');
      chmodSync(other, 0o755);
      const store = join(bench.cacheFolder, 'workers', 'official-1.25.1-ab');
      mkdirSync(store, { recursive: true });
      const { program } = installFakeWorker(bench.folder, {});
      const stored = join(store, 'polkadot-prepare-worker');
      cpSync(dirname(program), store, { recursive: true });

      const choice = await choose(bench, { env: { PATH: dirname(other) } });
      assert.ok(choice.kind === 'worker');
      assert.equal(choice.worker.path, stored);
      const [warning = '', ...more] = warnings(bench);
      assert.deepEqual(more, []);
      assert.match(warning, /Not taken as a worker: .*--version printed "hello"/);
      assert.ok(warning.includes(other));
    }));

  it('reports the first refusal when no candidate is usable', () =>
    withWorkbench(async (bench) => {
      buildInWorkspace(bench, 'release', { version: { stdout: '0.9.43\n' } });
      const choice = await choose(bench);
      assert.ok(choice.kind === 'none');
      assert.equal(choice.outcome.kind, 'unsupported-worker');
      assert.match(messageOf(choice), /prints version 0\.9\.43/);
    }));

  it('reports that there is no worker', () =>
    withWorkbench(async (bench) => {
      const choice = await choose(bench);
      assert.ok(choice.kind === 'none');
      assert.deepEqual(choice.outcome, {
        kind: 'not-spawned',
        cause: 'no-worker',
        message: 'No prepare worker was found on this machine',
      });
    }));

  it('takes the built-in worker when there is no other, without running a process', () =>
    withWorkbench(async (bench) => {
      installBuiltIn(packageOf(bench));
      for (const change of [{}, { wanted: 'portable' }]) {
        const choice = await choose(bench, change);
        assert.ok(choice.kind === 'worker', JSON.stringify(choice));
        assert.equal(choice.worker.kind, 'portable');
        assert.deepEqual(warnings(bench), []);
      }
    }));

  it('prefers an official worker unless the built-in one is requested', () =>
    withWorkbench(async (bench) => {
      installBuiltIn(packageOf(bench));
      const official = buildInWorkspace(bench, 'release', {});
      const found = await choose(bench);
      assert.ok(found.kind === 'worker');
      assert.deepEqual([found.worker.kind, found.worker.path], ['official', official]);
      const asked = await choose(bench, { wanted: 'portable' });
      assert.ok(asked.kind === 'worker');
      assert.equal(asked.worker.kind, 'portable');
    }));

  it('warns, and falls back to the built-in worker when no other is usable', () =>
    withWorkbench(async (bench) => {
      installBuiltIn(packageOf(bench));
      buildInWorkspace(bench, 'release', { version: { stdout: '0.9.43\n' } });
      const choice = await choose(bench);
      assert.ok(choice.kind === 'worker');
      assert.equal(choice.worker.kind, 'portable');
      const [warning = '', ...more] = warnings(bench);
      assert.deepEqual(more, []);
      assert.ok(warning.includes('0.9.43'));
    }));

  it('takes no other when the built-in one was asked for and is not whole', () =>
    withWorkbench(async (bench) => {
      installBuiltIn(packageOf(bench), { 'media/pvf-engine.wasm.br': undefined });
      buildInWorkspace(bench, 'release', {});
      const choice = await choose(bench, { wanted: 'portable' });
      assert.match(
        messageOf(choice),
        /portable-worker\.cjs can't be used .*\(missing\): The file .*\.wasm\.br is missing\. Install/,
      );
    }));

  it('gives up on a program that hangs on --version, and ends it', () =>
    withWorkbench(async (bench) => {
      const { program } = installFakeWorker(bench.folder, { version: { hangs: true } });
      const choice = await choose(bench, { wanted: program }, 300);
      assert.ok(choice.kind === 'none');
      assert.equal(choice.outcome.kind, 'unsupported-worker');
      assert.match(messageOf(choice), /--version printed nothing within 300 ms/);
      await until('its end', () => processesNaming(program).length === 0);
    }));

  it('takes the sandbox for not available when its probe hangs', () =>
    withWorkbench(async (bench) => {
      const { program } = installFakeWorker(bench.folder, { probe: { hangs: true } });
      const choice = await choose(bench, { wanted: program }, 3000);
      assert.ok(choice.kind === 'worker' && choice.worker.kind === 'official', JSON.stringify(choice));
      assert.deepEqual(
        Object.values(choice.worker.security).map(({ available }) => available),
        [false, false, false, false],
      );
    }));

  it('does not examine the same file twice', () =>
    withWorkbench(async (bench) => {
      const { program, records } = installFakeWorker(bench.folder, {});
      await choose(bench, { wanted: program });
      const before = records('word').length;
      const again = await choose(bench, { wanted: program });
      assert.equal(again.kind, 'worker');
      assert.equal(records('word').length, before);
    }));

  it('follows a link', () =>
    withWorkbench(async (bench) => {
      const { program } = installFakeWorker(bench.folder, {});
      symlinkSync(program, join(bench.folder, 'link'));
      assert.equal((await choose(bench, { wanted: 'link' })).kind, 'worker');
    }));

  it('rejects at once when it is cancelled', () =>
    withWorkbench(async (bench) => {
      const { program } = installFakeWorker(bench.folder, { version: { hangs: true } });
      await using directories = await bench.openHostDirectories();
      const { log, guard } = bench;
      const examine = { ...directories, spawnTimeoutMs: 15_000, log, guard, builtIn: builtInOf(bench) };
      const reason = new Error('enough');
      const choosing = chooseWorker(searchIn(bench, { wanted: program }), examine, AbortSignal.abort(reason));
      await assert.rejects(choosing, reason);
      await until('its end', () => processesNaming(program).length === 0);
    }));
});
