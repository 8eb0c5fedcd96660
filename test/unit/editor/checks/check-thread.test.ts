import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Board } from '../../../../src/editor/checks/board.ts';
import type { CheckSettings } from '../../../../src/editor/checks/check-settings.ts';
import { CheckFailed, ThreadClient } from '../../../../src/editor/checks/thread-client.ts';
import type { CheckState, Runtime } from '../../../../src/editor/model.ts';
import { tinyPvf } from '../../../../src/worker/identity/tiny-pvf.ts';
import { ownPackage } from '../../../support/built-in.ts';
import { describeWithCorpus } from '../../../support/corpus.ts';
import { processesNaming, until } from '../../../support/leaks.ts';
import { schemaErrors } from '../../../support/report-schema.ts';
import { type Workbench, withWorkbench } from '../../../support/workbench.ts';

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

function withClient(test: (client: ThreadClient, bench: Workbench) => Promise<void>): Promise<void> {
  return withWorkbench(async (bench) => {
    const { PVF_CACHE_DIR: before } = process.env;
    process.env['PVF_CACHE_DIR'] = bench.cacheFolder;
    try {
      await using client = new ThreadClient(program, { packageFolder: ownPackage, packageVersion: '0.1.0' }, bench.log);
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

function boardOf(asker: ThreadClient, seen: CheckState[] = []): Board {
  const kept = new Map<string, unknown>();
  return new Board({
    asker,
    store: { get: (key) => kept.get(key), update: async (key, value) => void kept.set(key, structuredClone(value)) },
    settingsOf: () => settings,
    changed: (_, state) => seen.push(state),
    logError: (message) => assert.fail(message),
  });
}

function runtimeAt(file: string): Runtime {
  const blob = { path: file, variant: 'compressed', bytes: readFileSync(file).length, modifiedMs: 0 } as const;
  return { id: file, name: 'a', blob, others: [] };
}

describe('the check thread', function () {
  this.timeout(60_000);

  it('prepares with the built-in worker, and answers an unchanged blob from memory', () =>
    withClient(async (client, bench) => {
      const ask = { kind: 'prepare', path: fileWith(bench, tinyPvf), settings } as const;
      const phases: string[] = [];
      const first = await client.ask('check', ask, { onProgress: ({ phase }) => phases.push(phase) });
      assert.deepEqual(schemaErrors(first.report), []);
      assert.equal(first.report.verdict.vote, 'accept', first.report.verdict.reason);
      assert.equal(first.report.worker?.kind, 'portable');
      assert.equal(phases[0], 'starting');
      const second = await client.ask('check', ask);
      assert.deepEqual([first.fromMemory, second.fromMemory], [false, true]);
      assert.deepEqual(second.report, first.report);
      const other = await client.ask('check', { ...ask, settings: { ...settings, prepTimeoutMs: 5000 } });
      assert.equal(other.fromMemory, false, 'other settings are another question');
    }));

  it('inspects without a worker', () =>
    withClient(async (client, bench) => {
      const { report } = await client.ask('check', { kind: 'inspect', path: fileWith(bench, tinyPvf), settings });
      assert.deepEqual(schemaErrors(report), []);
      assert.equal(report.outcome, undefined);
      assert.equal(report.runtime.functions, 1);
      assert.deepEqual(processesNaming(bench.folder), []);
    }));

  it('tells what is wrong with an input', () =>
    withClient(async (client, bench) => {
      const asked = client.ask('check', { kind: 'prepare', path: path.join(bench.folder, 'none.wasm'), settings });
      await assert.rejects(asked, (error: unknown) => {
        assert(error instanceof CheckFailed && error.failure.kind === 'problem');
        assert.match(error.failure.message, /no such file/);
        assert.match(error.failure.remedy ?? '', /build the runtime first/);
        assert.equal(error.failure.stack, undefined);
        return true;
      });
    }));

  it('lists and explains the workers', () =>
    withClient(async (client) => {
      const { candidates } = await client.ask('workers', { settings });
      assert.deepEqual(
        candidates.map(({ source }) => source),
        ['built-in'],
      );
      assert.match(await client.ask('diagnose', { settings }), /wasmtime [\s\S]*built-in/);
    }));
});

describeWithCorpus('the check thread on shell-2', (corpus) => {
  const blob = () => readFileSync(corpus.path('shell-2.compact.compressed.wasm'));

  it('prepares it, tells progress, and keeps the report', function () {
    this.timeout(120_000);
    return withClient(async (client, bench) => {
      const seen: CheckState[] = [];
      const board = boardOf(client, seen);
      const runtime = runtimeAt(fileWith(bench, blob()));
      const state = await board.check('prepare', runtime, { reason: 'command' });
      assert.equal(state.report?.verdict.vote, 'accept');
      assert(state.isCurrent);
      const counts = seen.flatMap(({ activity }) => (activity.kind === 'running' ? [activity.done ?? 0] : []));
      assert(
        counts.some((done) => done > 0),
        'functions were counted',
      );
      const again = await board.check('prepare', runtime, { reason: 'command' });
      assert.equal(again.report, state.report, 'the very same report, and so no news');
      assert.equal(again.previous, undefined);
    });
  });

  it('leaves no process when a check is cancelled, and keeps the state as it was', function () {
    this.timeout(60_000);
    return withClient(async (client, bench) => {
      const seen: CheckState[] = [];
      const board = boardOf(client, seen);
      const runtime = runtimeAt(fileWith(bench, blob()));
      const checking = board.check('prepare', runtime, { reason: 'command' });
      await until('a worker runs', () => processesNaming(bench.folder).length > 0);
      board.cancel(runtime.id);
      const state = await checking;
      assert.match(state.problem?.message ?? '', /cancelled/);
      assert.deepEqual(board.stateOf(runtime.id), { activity: { kind: 'idle' }, isCurrent: false });
      await until('the worker is gone', () => processesNaming(bench.folder).length === 0);
    });
  });

  it('ends the check as a problem when the thread dies, leaves nothing of it, and starts anew', function () {
    this.timeout(60_000);
    return withClient(async (client, bench) => {
      const board = boardOf(client);
      const runtime = runtimeAt(fileWith(bench, blob()));
      const checking = board.check('prepare', runtime, { reason: 'change' });
      await until('a worker runs', () => processesNaming(bench.folder).length > 0);
      await client.killForTest();
      assert.match((await checking).problem?.message ?? '', /thread died/);
      await until('the worker is gone', () => processesNaming(bench.folder).length === 0);
      const inspected = await board.check('inspect', runtime, { reason: 'command' });
      assert.equal(inspected.problem, undefined);
      assert.equal(inspected.report?.runtime.specName, 'shell');
    });
  });
});
