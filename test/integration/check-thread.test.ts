import assert from 'node:assert/strict';
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { toHex } from '../../src/base/bytes.ts';
import { stateFrom, stateOf } from '../../src/base/file-state.ts';
import { blake2b256 } from '../../src/base/hash.ts';
import type { CheckSettings } from '../../src/check/check-settings.ts';
import { CheckFailed, ThreadClient } from '../../src/editor/check-thread/thread-client.ts';
import { CheckRunner } from '../../src/editor/core/check-runner.ts';
import { CheckStore } from '../../src/editor/core/check-store.ts';
import type { CheckEnd, CheckState, Runtime } from '../../src/editor/model.ts';
import { ownPackage } from '../support/built-in.ts';
import { processesNaming, until } from '../support/leaks.ts';
import { plainPvf, plainPvfOf } from '../support/plain-pvf.ts';
import { schemaErrors } from '../support/report-schema.ts';
import { tally } from '../support/tally.ts';
import { type Workbench, withWorkbench } from '../support/workbench.ts';

/** `npm test` builds the bundle first. */
const program = path.join(ownPackage, 'dist/check-thread.cjs');

const settings: CheckSettings = {
  worker: 'portable',
  instances: 1,
  profile: 'relay-3mib',
  workspaceFolders: [],
  trustWorkspace: false,
  verbose: false,
};

function withClient(
  test: (client: ThreadClient, bench: Workbench) => Promise<void>,
  programIn: (bench: Workbench) => string = () => program,
): Promise<void> {
  return withWorkbench(async (bench) => {
    const { PVF_CACHE_DIR: before } = process.env;
    process.env['PVF_CACHE_DIR'] = bench.cacheFolder;
    try {
      const data = { packageFolder: ownPackage, packageVersion: '0.1.0' };
      await using client = new ThreadClient(programIn(bench), data, bench.log);
      await test(client, bench);
    } finally {
      if (before === undefined) delete process.env['PVF_CACHE_DIR'];
      else process.env['PVF_CACHE_DIR'] = before;
    }
  });
}

function fileWith(bench: Workbench, bytes: Uint8Array): string {
  const file = path.join(bench.folder, 'a.wasm');
  writeFileSync(file, bytes);
  return file;
}

function checksWith(client: ThreadClient, seen: CheckState[] = []) {
  const saved = new Map<string, unknown>();
  const logError = (message: string) => assert.fail(message);
  const store = new CheckStore({
    memento: {
      get: (key) => saved.get(key),
      update: async (key, value) => void saved.set(key, structuredClone(value)),
    },
    identify: (file) => client.request('identify', { path: file }),
    onChange: (_, state) => seen.push(state),
    logError,
  });
  const runner = new CheckRunner({
    requestCheck: (params, options) => client.request('check', params, options),
    store,
    settingsOf: () => settings,
    onFinish: () => {},
    log: { info: () => {}, error: logError },
  });
  return { store, runner };
}

function runtimeAt(file: string): Runtime {
  const state = stateFrom(statSync(file, { bigint: true }));
  return { id: file, name: 'a', blob: { path: file, variant: 'compressed', ...state }, others: [] };
}

async function stateAfter(ending: Promise<CheckEnd>): Promise<CheckState> {
  const end = await ending;
  assert(end.kind === 'checked');
  return end.state;
}

const dieFile = (bench: Workbench) => path.join(bench.folder, 'die');

/** The check thread, which dies without running a handler of its own once there is a file. */
function mortalProgram(bench: Workbench): string {
  const file = path.join(bench.folder, 'mortal.cjs');
  const die = "process.removeAllListeners('exit'); process.exit(7);";
  const look = `if (require('node:fs').existsSync(${JSON.stringify(dieFile(bench))})) { ${die} }`;
  writeFileSync(file, `require(${JSON.stringify(program)}); setInterval(() => { ${look} }, 20);`);
  return file;
}

/** A process that checks a file, and ends as VS Code's own does, waiting for nobody. */
function extensionHost(bench: Workbench, blob: string): string {
  const client = pathToFileURL(path.join(ownPackage, 'src/editor/check-thread/thread-client.ts')).href;
  const log = pathToFileURL(path.join(ownPackage, 'src/base/log.ts')).href;
  const data = { packageFolder: ownPackage, packageVersion: '0.1.0' };
  const file = path.join(bench.folder, 'host.mts');
  const lines = [
    `import { ThreadClient } from ${JSON.stringify(client)};`,
    `import { silentLog } from ${JSON.stringify(log)};`,
    `const client = new ThreadClient(${JSON.stringify(program)}, ${JSON.stringify(data)}, silentLog);`,
    `client.request('check', ${JSON.stringify({ kind: 'prepare', path: blob, settings })}).catch(() => {});`,
    `process.once('message', () => { void client[Symbol.asyncDispose](); process.exit(); });`,
  ];
  writeFileSync(file, lines.join('\n'));
  return file;
}

describe('the check thread', function () {
  this.timeout(60_000);

  it('prepares with the built-in worker, and caches the report of an unchanged blob', () =>
    withClient(async (client, bench) => {
      const params = { kind: 'prepare', path: fileWith(bench, plainPvf), settings } as const;
      const phases: string[] = [];
      const first = await client.request('check', params, { onProgress: ({ phase }) => phases.push(phase) });
      assert.deepEqual(schemaErrors(first.report), []);
      assert.equal(first.report.vote, 'accept', first.report.conclusion.reason);
      assert.equal(first.report.worker?.kind, 'portable');
      assert.equal(phases[0], 'starting');
      const second = await client.request('check', params);
      assert.deepEqual([first.fromCache, second.fromCache], [false, true]);
      assert.deepEqual(first.file, await stateOf(params.path));
      assert.deepEqual(second.file, first.file);
      assert.deepEqual(second.report, first.report);
      const other = await client.request('check', { ...params, settings: { ...settings, prepTimeoutMs: 5000 } });
      assert.equal(other.report.job?.prepTimeoutMs, 5000, 'other settings are another question');
      assert(other.fromCache, 'but the artifact that is kept answers it');
      const forced = await client.request('check', { ...params, isForced: true });
      assert(!forced.fromCache);
      assert.notEqual(forced.report.createdAt, first.report.createdAt);
    }));

  it('inspects without a worker', () =>
    withClient(async (client, bench) => {
      const { report } = await client.request('check', { kind: 'inspect', path: fileWith(bench, plainPvf), settings });
      assert.deepEqual(schemaErrors(report), []);
      assert.equal(report.outcome, undefined);
      assert.equal(report.runtime.functions, 2);
      assert.deepEqual(processesNaming(bench.folder), []);
    }));

  it('adds results to the history, which the command line shares, and pins and clears it', () =>
    withClient(async (client, bench) => {
      const file = fileWith(bench, plainPvf);
      const { history } = await client.request('check', { kind: 'inspect', path: file, settings });
      assert.equal(history?.entries.length, 1);
      fileWith(bench, plainPvfOf('longer', 2));
      const cli = path.join(ownPackage, 'dist/cli.cjs');
      execFileSync(process.execPath, [cli, 'inspect', file], { env: { ...process.env, HOME: bench.folder } });
      const { entries } = await client.request('history', { path: file });
      assert.deepEqual(
        entries.map(({ runtime }) => runtime.specVersion),
        [1, 2],
      );
      const choice = { kind: 'entry', at: entries[0]?.at ?? '' } as const;
      const { pinned } = await client.request('pinBaseline', { path: file, choice });
      assert.deepEqual(pinned?.entry, entries[0]);
      const cleared = await client.request('clearHistory', { path: file });
      assert.deepEqual(await client.request('history', { path: file }), { entries: [] });
      assert.deepEqual(await client.request('restoreHistory', { path: file, history: cleared }), { entries, pinned });
    }));

  it('identifies the runtime in a file', () =>
    withClient(async (client, bench) => {
      const file = fileWith(bench, plainPvf);
      const codeHash = toHex(blake2b256(plainPvf));
      assert.deepEqual(await client.request('identify', { path: file }), { codeHash, file: await stateOf(file) });
      rmSync(file);
      assert.equal(await client.request('identify', { path: file }), undefined);
    }));

  it('explains what is wrong with an input', () =>
    withClient(async (client, bench) => {
      const asked = client.request('check', { kind: 'prepare', path: path.join(bench.folder, 'none.wasm'), settings });
      await assert.rejects(asked, (error: unknown) => {
        assert(error instanceof CheckFailed && error.failure.kind === 'problem');
        assert.match(error.failure.message, /does not exist/);
        assert.match(error.failure.remedy ?? '', /build the runtime first/);
        assert.equal(error.failure.stack, undefined);
        return true;
      });
    }));

  it('lists and diagnoses the workers', () =>
    withClient(async (client) => {
      const { candidates, selection } = await client.request('workers', { settings });
      assert.deepEqual(
        candidates.map(({ source }) => source),
        ['built-in'],
      );
      assert(selection.kind === 'found' && selection.source === 'built-in');
      assert.match(await client.request('diagnose', { settings }), /wasmtime [\s\S]*built-in/);
    }));
});

describe('the check thread on a real runtime', () => {
  const blob = tally.stored;

  it('prepares it, reports progress, and stores the report', function () {
    this.timeout(120_000);
    return withClient(async (client, bench) => {
      const seen: CheckState[] = [];
      const { runner } = checksWith(client, seen);
      const runtime = runtimeAt(fileWith(bench, blob()));
      const state = await stateAfter(runner.check('prepare', runtime, { reason: 'command' }));
      assert.equal(state.report?.vote, 'accept');
      assert(state.isCurrent);
      const counts = seen.flatMap(({ activity }) => (activity.kind === 'running' ? [activity.done ?? 0] : []));
      assert(
        counts.some((done) => done > 0),
        'functions were counted',
      );
      const again = await stateAfter(runner.check('prepare', runtime, { reason: 'command' }));
      assert.deepEqual(again.report, state.report);
      assert.equal(again.previous, undefined);
    });
  });

  it('leaves no process when a check is cancelled, and keeps the previous state', function () {
    this.timeout(60_000);
    return withClient(async (client, bench) => {
      const seen: CheckState[] = [];
      const { store, runner } = checksWith(client, seen);
      const runtime = runtimeAt(fileWith(bench, blob()));
      const checking = runner.check('prepare', runtime, { reason: 'command' });
      await until('a worker runs', () => processesNaming(bench.folder).length > 0);
      runner.cancel(runtime.id);
      assert.deepEqual(await checking, { kind: 'cancelled', why: 'user' });
      assert.deepEqual(store.stateOf(runtime.id), { activity: { kind: 'idle' }, isCurrent: false });
      await until('the worker is gone', () => processesNaming(bench.folder).length === 0);
    });
  });

  it('leaves no process when the extension host ends during a check', function () {
    this.timeout(60_000);
    return withClient(async (_, bench) => {
      const host = fork(extensionHost(bench, fileWith(bench, blob())), {
        execArgv: ['--import', 'tsx'],
        cwd: ownPackage,
      });
      // The host itself is one that names the folder.
      await until('a worker runs', () => processesNaming(bench.folder).length > 1);
      host.send('end');
      await once(host, 'exit');
      await until('the worker is gone', () => processesNaming(bench.folder).length === 0);
    });
  });

  it('reuses a stored artifact in a later session', function () {
    this.timeout(120_000);
    return withClient(async (client, bench) => {
      const params = { kind: 'prepare', path: fileWith(bench, blob()), settings } as const;
      const first = await client.request('check', params);
      await client[Symbol.asyncDispose]();
      await using later = new ThreadClient(program, { packageFolder: ownPackage, packageVersion: '0.1.0' }, bench.log);
      const second = await later.request('check', params);
      assert(second.fromCache && !first.fromCache);
      const { createdAt: then, ...known } = first.report;
      const { createdAt: now, ...told } = second.report;
      assert(now > then);
      const wallTimeMs = told.stats?.wallTimeMs ?? 0;
      assert(wallTimeMs > 0 && wallTimeMs <= (known.stats?.wallTimeMs ?? 0), 'the time of then');
      assert.deepEqual(told, { ...known, stats: { ...known.stats, wallTimeMs, spawnMs: 0 } });
    });
  });

  it('reports a problem when the thread dies, cleans up, and starts again', function () {
    this.timeout(60_000);
    return withClient(async (client, bench) => {
      const { runner } = checksWith(client);
      const runtime = runtimeAt(fileWith(bench, blob()));
      const checking = runner.check('prepare', runtime, { reason: 'change' });
      await until('a worker runs', () => processesNaming(bench.folder).length > 0);
      writeFileSync(dieFile(bench), '');
      assert.match((await stateAfter(checking)).problem?.message ?? '', /thread died/);
      rmSync(dieFile(bench));
      await until('the worker is gone', () => processesNaming(bench.folder).length === 0);
      const inspected = await stateAfter(runner.check('inspect', runtime, { reason: 'command' }));
      assert.equal(inspected.problem, undefined);
      assert.equal(inspected.report?.runtime.specName, 'tally');
    }, mortalProgram);
  });
});
