import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadInputs } from '../../../src/check/check-plan.ts';
import type { CheckProgress } from '../../../src/check/check-progress.ts';
import type { CheckSettings } from '../../../src/check/check-settings.ts';
import { CheckSession, type SessionOptions } from '../../../src/check/session.ts';
import type { Report } from '../../../src/model/report.ts';
import { readRuntime } from '../../../src/runtime/blob.ts';
import { inspect } from '../../../src/runtime/inspect.ts';
import { environmentIn, plainSettings } from '../../support/check-environment.ts';
import {
  type FakeAnswer,
  type FakeBehaviour,
  type FakeWorker,
  installFakeWorker,
  okAnswer,
} from '../../support/fake-worker.ts';
import { processesNaming, until } from '../../support/leaks.ts';
import { exampleMetadata } from '../../support/metadata-bytes.ts';
import { fakeRuntime, instructions, opaqueAnswer } from '../../support/metadata-runtime.ts';
import { plainPvf } from '../../support/plain-pvf.ts';
import { schemaErrors } from '../../support/report-schema.ts';
import { type Workbench, withWorkbench } from '../../support/workbench.ts';

interface Setting {
  readonly bench: Workbench;
  readonly fake: FakeWorker;
  readonly settings: CheckSettings;
  readonly session: CheckSession;
  /** A session of the same user: with the same cache folder. */
  newSession(options?: SessionOptions): CheckSession;
  fileWith(bytes: Uint8Array, name?: string): string;
}

/** A session whose settings name a fake worker. */
function withSession(
  behaviour: FakeBehaviour,
  test: (setting: Setting) => Promise<void>,
  options: SessionOptions = {},
): Promise<void> {
  return withWorkbench(async (bench) => {
    const fake = installFakeWorker(bench.folder, behaviour);
    const newSession = (change: SessionOptions = {}) =>
      new CheckSession(environmentIn(bench), { inspect, ...options, ...change });
    const fileWith = (bytes: Uint8Array, name = 'a.wasm') => {
      const file = join(bench.folder, name);
      writeFileSync(file, bytes);
      return file;
    };
    await using session = newSession();
    await test({ bench, fake, session, newSession, fileWith, settings: { ...plainSettings, worker: fake.program } });
  });
}

const answering = (...jobs: FakeAnswer[]): FakeBehaviour => ({ spawns: [{ jobs }] });

describe('CheckSession, preparing', () => {
  it('prepares, reports progress, and returns the path of the artifact', async () => {
    const ok = { ...(await okAnswer({ artifact: 'c0ffee' })), delayMs: 200 };
    await withSession(answering(ok), async ({ session, settings, fileWith, fake }) => {
      const seen: CheckProgress[] = [];
      const onProgress = (progress: CheckProgress) => seen.push(progress);
      const result = await session.check(fileWith(plainPvf), 'prepare', settings, { onProgress });
      assert.deepEqual(schemaErrors(result.report), []);
      assert.equal(result.report.vote, 'accept');
      assert.equal(result.report.worker?.path, fake.program);
      assert.equal(readFileSync(result.artifactPath ?? '').toString('hex'), 'c0ffee');
      assert.equal(result.fromCache, false);
      assert(result.file !== undefined);
      assert.deepEqual(seen[0], { phase: 'starting' });
      assert.equal(seen.at(-1)?.phase, 'preparing');
      assert(seen.some(({ expectedMs }) => expectedMs !== undefined));
    });
  });

  it('delivers an interim report while the worker runs, and none for a cached result', async () => {
    const ok = { ...(await okAnswer()), delayMs: 300 };
    await withSession(answering(ok), async ({ session, settings, fileWith }) => {
      const file = fileWith(plainPvf);
      const interims: Report[] = [];
      const onInterim = (report: Report) => interims.push(report);
      const { report } = await session.check(file, 'prepare', settings, { onInterim });
      const [interim] = interims;
      assert(interim !== undefined && interims.length === 1);
      assert.deepEqual(schemaErrors(interim), []);
      assert.deepEqual([interim.vote, interim.outcome, interim.stats], ['undecided', undefined, undefined]);
      assert.notEqual(interim.conclusion.status, 'pass');
      assert.deepEqual(interim.runtime, report.runtime);
      assert.deepEqual(interim.findings, report.findings);
      await session.check(file, 'prepare', settings, { onInterim });
      assert.equal(interims.length, 1);
    });
  });

  it('reports the vote while a runtime does not return its metadata', async () => {
    const code = fakeRuntime({ answer: instructions.endlessLoop });
    await withSession(answering(await okAnswer()), async ({ session, settings, fileWith }) => {
      const stop = new AbortController();
      const interims: Report[] = [];
      const onInterim = (report: Report) => {
        interims.push(report);
        if (report.outcome !== undefined) stop.abort(new Error('seen'));
      };
      const options = { onInterim, signal: stop.signal };
      await assert.rejects(session.check(fileWith(code), 'prepare', { ...settings, metadata: {} }, options), /seen/);
      assert.deepEqual(
        interims.map(({ vote, metadata }) => [vote, metadata]),
        [
          ['undecided', undefined],
          ['accept', undefined],
        ],
      );
    });
  });

  it('reads the metadata of a code once, and compares it with that of the build before', async () => {
    const [metadata] = await exampleMetadata();
    assert(metadata);
    // The name of the pallet, and of its variants in types.
    const renamed = Buffer.from(
      Buffer.from(metadata).toString('latin1').replaceAll('\x18System', '\x18Sistem'),
      'latin1',
    );
    const [first, second] = [metadata, renamed].map((bytes) => fakeRuntime({ answer: opaqueAnswer(bytes) }));
    assert(first && second);
    await withSession(answering(await okAnswer(), await okAnswer()), async ({ session, settings, fileWith }) => {
      const withMetadata = { ...settings, metadata: {} };
      const run = { isRecorded: true };
      const { report: older } = await session.check(fileWith(first), 'prepare', withMetadata, run);
      assert.ok(older.metadata?.pallets);
      assert.equal(older.metadata.changes, undefined);
      const { report: newer } = await session.check(fileWith(second), 'prepare', withMetadata, run);
      assert.deepEqual(schemaErrors(newer), []);
      const changes = newer.metadata?.changes ?? [];
      assert.ok(
        changes.some(({ subject, path }) => subject === 'pallet' && path === 'Sistem'),
        JSON.stringify(changes),
      );
    });
  });

  it('inspects while the worker is still being chosen', async () => {
    await withSession({ spawns: [] }, async ({ session, settings, fileWith, bench }) => {
      const interims: Report[] = [];
      const worker = join(bench.folder, 'no-worker');
      const onInterim = (report: Report) => interims.push(report);
      const { report } = await session.check(fileWith(plainPvf), 'prepare', { ...settings, worker }, { onInterim });
      assert.equal(report.vote, 'undecided');
      assert.equal(interims.length, 1);
    });
  });

  it('caches the report, and runs the worker again when forced', async () => {
    await withSession(answering(await okAnswer()), async ({ session, settings, fileWith, fake }) => {
      const file = fileWith(plainPvf);
      const first = await session.check(file, 'prepare', settings);
      const second = await session.check(file, 'prepare', settings);
      assert.deepEqual([second.report, second.file, second.fromCache], [first.report, first.file, true]);
      assert.equal(fake.records('request').length, 1);
      const forced = await session.check(file, 'prepare', settings, { isForced: true });
      assert.equal(forced.fromCache, false);
      assert.equal(fake.records('request').length, 2);
    });
  });

  it('runs the worker again for costs, and says when the worker has none', async () => {
    await withSession(answering(await okAnswer()), async ({ session, settings, fileWith, fake }) => {
      const file = fileWith(plainPvf);
      await session.check(file, 'prepare', settings);
      for (const count of [2, 3]) {
        const { report, fromCache } = await session.check(file, 'prepare', { ...settings, costs: true });
        assert.deepEqual([fromCache, fake.records('request').length], [false, count]);
        assert.deepEqual([report.vote, report.costs], ['accept', undefined]);
        assert.match(report.findings.find(({ id }) => id === 'no-costs')?.hint ?? '', /--worker portable/);
      }
      const { report, fromCache } = await session.check(file, 'prepare', settings);
      assert.equal(fromCache, true);
      assert(!report.findings.some(({ id }) => id === 'no-costs'));
    });
  });

  it('reuses an artifact of an earlier session with other settings', async () => {
    await withSession(answering(await okAnswer()), async ({ session, newSession, settings, fileWith, fake }) => {
      const file = fileWith(plainPvf);
      const first = await session.check(file, 'prepare', settings);
      await using later = newSession();
      const second = await later.check(file, 'prepare', { ...settings, prepTimeoutMs: 5000 });
      assert.deepEqual([second.fromCache, second.artifactPath], [true, first.artifactPath]);
      assert.equal(second.report.job?.prepTimeoutMs, 5000);
      assert.equal(fake.records('request').length, 1);
    });
  });

  it('does not cache a failure of this machine', async () => {
    const ok = await okAnswer();
    const broken: FakeAnswer = { after: 'close' };
    await withSession({ spawns: [{ jobs: [broken] }, { jobs: [ok] }] }, async ({ session, settings, fileWith }) => {
      const file = fileWith(plainPvf);
      const first = await session.check(file, 'prepare', settings);
      assert.equal(first.report.vote, 'undecided');
      const second = await session.check(file, 'prepare', settings);
      assert.deepEqual([second.report.vote, second.fromCache], ['accept', false]);
    });
  });

  it('prepares several blobs with one warm worker', async () => {
    await withSession(answering(await okAnswer()), async ({ session, settings, fileWith, fake }) => {
      const blobs = [await readRuntime(fileWith(plainPvf, 'a.wasm')), await readRuntime(fileWith(plainPvf, 'b.wasm'))];
      const choice = await session.chooseWorker(settings);
      assert(choice.kind === 'worker');
      const words = fake.records('word').length;
      const plan = { kind: 'prepare', settings, inputs: await loadInputs(settings), choice } as const;
      const spawnMs: (number | undefined)[] = [];
      for (const blob of blobs) {
        const { report, fromCache } = await session.checkBlob(blob, plan, { isForced: true });
        assert.deepEqual([report.runtime.path, fromCache], [blob.path, false]);
        spawnMs.push(report.stats?.spawnMs);
      }
      assert(spawnMs[0] !== undefined && spawnMs[0] > 0);
      assert.equal(spawnMs[1], 0);
      assert.equal(fake.records('spawn').length, 1);
      assert.equal(fake.records('request').length, 2);
      assert.equal(fake.records('word').length, words);
    });
  });

  it('compares with budget and baseline', async () => {
    await withSession(answering(await okAnswer()), async ({ session, settings, bench, fileWith }) => {
      const budget = join(bench.folder, 'budget.json');
      writeFileSync(budget, JSON.stringify({ storedBytes: 10 }));
      const file = fileWith(plainPvf);
      const first = await session.check(file, 'prepare', { ...settings, budget });
      assert.equal(first.report.limits.items.find(({ id }) => id === 'stored-bytes-budget')?.level, 'over');
      const baseline = join(bench.folder, 'baseline.json');
      writeFileSync(baseline, JSON.stringify(first.report));
      const second = await session.check(file, 'prepare', { ...settings, baseline });
      assert(second.report.findings.some(({ id }) => id === 'identical-code'));
    });
  });

  it('uses the forced wire revision', async () => {
    const wire = '16.0.0';
    await withSession(answering(await okAnswer({ wire })), async ({ session, settings, fileWith }) => {
      const file = fileWith(plainPvf);
      const { report } = await session.check(file, 'prepare', { ...settings, wireRevision: wire });
      assert.deepEqual([report.worker?.wireRevision, report.vote], [wire, 'accept']);
    });
  });

  it('is undecided, and caches nothing, when there is no worker', async () => {
    await withSession({}, async ({ session, settings, fileWith }) => {
      const file = fileWith(plainPvf);
      const without = { ...settings, worker: 'none' };
      const { report } = await session.check(file, 'prepare', without);
      assert.deepEqual(schemaErrors(report), []);
      assert.deepEqual([report.vote, report.outcome?.error?.variant], ['undecided', 'no-worker']);
      assert.equal((await session.check(file, 'prepare', without)).fromCache, false);
    });
  });

  it('returns no state of a file that changed', async () => {
    const slow = { ...(await okAnswer()), delayMs: 300 };
    await withSession(answering(slow), async ({ session, settings, fileWith, fake }) => {
      const file = fileWith(plainPvf);
      const checking = session.check(file, 'prepare', settings);
      checking.catch(() => {});
      await until('the request', () => fake.records('request').length === 1);
      fileWith(plainPvf.slice(0, 8));
      const { report, ...result } = await checking;
      assert.equal(report.outcome?.kind, 'stale-input');
      assert.deepEqual(result, { file: undefined, fromCache: false });
    });
  });
});

describe('CheckSession and its worker', () => {
  it('ends the worker of a cancelled check, and checks again', async () => {
    const slow = { ...(await okAnswer()), delayMs: 60_000 };
    await withSession({ spawns: [{ jobs: [slow] }, { jobs: [await okAnswer()] }] }, async (setting) => {
      const { session, settings, fileWith, fake, bench } = setting;
      const cancel = new AbortController();
      const file = fileWith(plainPvf);
      const checking = session.check(file, 'prepare', settings, { signal: cancel.signal });
      checking.catch(() => {});
      await until('the request', () => fake.records('request').length === 1);
      const reason = new Error('enough');
      cancel.abort(reason);
      await assert.rejects(checking, reason);
      assert.deepEqual(processesNaming(bench.folder), []);
      assert.equal((await session.check(file, 'prepare', settings)).report.vote, 'accept');
    });
  });

  it('ends a starting worker when its check is cancelled', async () => {
    await withSession({ spawns: [{ start: 'stay' }] }, async ({ session, settings, fileWith, fake, bench }) => {
      const cancel = new AbortController();
      const checking = session.check(fileWith(plainPvf), 'prepare', settings, { signal: cancel.signal });
      checking.catch(() => {});
      await until('the worker is spawned', () => fake.records('spawn').length === 1);
      cancel.abort(new Error('enough'));
      await assert.rejects(checking);
      assert.deepEqual(processesNaming(bench.folder), []);
    });
  });

  it('ends an idle worker, and starts another for the next check', async () => {
    await withSession(
      answering(await okAnswer()),
      async ({ session, settings, fileWith, fake, bench }) => {
        const file = fileWith(plainPvf);
        await session.check(file, 'prepare', settings);
        await until('the worker has ended', () => processesNaming(bench.folder).length === 0);
        await session.check(file, 'prepare', settings, { isForced: true });
        assert.equal(fake.records('spawn').length, 2);
      },
      { idleMs: 50 },
    );
  });

  it('ends the worker and cancels the checks when it is disposed', async () => {
    const slow = { ...(await okAnswer()), delayMs: 60_000 };
    await withSession(answering(slow), async ({ newSession, settings, fileWith, fake, bench }) => {
      const session = newSession();
      const checking = session.check(fileWith(plainPvf), 'prepare', settings);
      checking.catch(() => {});
      await until('the request', () => fake.records('request').length === 1);
      await session[Symbol.asyncDispose]();
      await assert.rejects(checking, { name: 'AbortError' });
      assert.deepEqual(processesNaming(bench.folder), []);
    });
  });

  it('opens hosts with the given options', async () => {
    await withSession(
      { spawns: [{ start: 'stay' }] },
      async ({ session, settings, fileWith }) => {
        const { report } = await session.check(fileWith(plainPvf), 'prepare', settings);
        assert.match(report.conclusion.reason, /did not connect within 250 ms/);
      },
      { host: { spawnTimeoutMs: 250 } },
    );
  });
});

describe('CheckSession, diagnosing', () => {
  it('describes each worker and the selected one', async () => {
    await withSession({}, async ({ session, settings, fake, bench }) => {
      const examining: string[] = [];
      const diagnosis = await session.diagnose(settings, { onCandidate: (path) => examining.push(path) });
      assert.deepEqual(examining, [fake.program]);
      const [examined] = diagnosis.examined;
      assert(examined?.kind === 'usable' && examined.worker.kind === 'official');
      assert.deepEqual([examined.worker.version, examined.worker.wireRevision], ['1.25.1', '26.0.0']);
      assert.deepEqual(diagnosis.list.selection, { kind: 'found', source: 'setting', path: fake.program });
      assert.deepEqual(
        [diagnosis.cacheFolder, diagnosis.runtime],
        [bench.cacheFolder, `Node ${process.versions.node}`],
      );
      assert.deepEqual(structuredClone(diagnosis), diagnosis, 'the diagnosis is plain data');
    });
  });

  it('explains why a requested worker is unusable, and selects no other', async () => {
    await withSession({ version: { stdout: '0.9.43\n' } }, async ({ session, settings }) => {
      const { examined, list } = await session.diagnose(settings);
      assert(examined[0]?.kind === 'unusable');
      assert.match(examined[0].reason, /prints version 0\.9\.43/);
      assert.deepEqual(list.selection, { kind: 'requested-unusable' });
    });
  });
});
