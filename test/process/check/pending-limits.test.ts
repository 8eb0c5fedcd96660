/** The scheduled limits of a profile, with a fake worker: which jobs run, and what the report says. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckResult, checkRuntime, inspectRuntime } from '../../../src/check/check-runtime.ts';
import type { JobSettings } from '../../../src/check/job.ts';
import { isCacheable } from '../../../src/check/report-cache.ts';
import { builtInProfiles, type PendingLimits, type Profile } from '../../../src/limits/profile.ts';
import type { ExecutorParam } from '../../../src/polkadot/executor-params.ts';
import { readRuntime } from '../../../src/runtime/blob.ts';
import { inspect } from '../../../src/runtime/inspect.ts';
import { errAnswer, type FakeAnswer, type FakeWorker, installFakeWorker, okAnswer } from '../../support/fake-worker.ts';
import { plainPvf } from '../../support/plain-pvf.ts';
import { schemaErrors } from '../../support/report-schema.ts';
import { withHost, withWorkbench } from '../../support/workbench.ts';

const [profile] = builtInProfiles as readonly [Profile, ...Profile[]];
const { maxCodeSize, bombLimit, executorParams } = profile;
const active: PendingLimits = { maxCodeSize, bombLimit, executorParams };

const memory = (mib: bigint): ExecutorParam => ({ tag: 'PrecheckingMaxMemory', value: mib << 20n });
const timeout = (kind: 'Precheck' | 'Prepare', millis: bigint): ExecutorParam => ({
  tag: 'PvfPrepTimeout',
  value: { kind, millis },
});

interface Setting {
  readonly fake: FakeWorker;
  check(pending: readonly PendingLimits[], settings?: JobSettings): Promise<CheckResult>;
}

/** @param jobs what the worker answers, one after the other. A worker that was killed leaves the next answer to its successor. */
function withAnswers(jobs: readonly FakeAnswer[], test: (setting: Setting) => Promise<void>) {
  return withWorkbench(async (bench) => {
    const fake = installFakeWorker(bench.folder, { spawns: jobs.map((_, at) => ({ jobs: jobs.slice(at) })) });
    const file = join(bench.folder, 'a.wasm');
    writeFileSync(file, plainPvf);
    await withHost(bench, fake.examined, async ({ host, findCached }) => {
      const check: Setting['check'] = async (pending, settings = {}) =>
        checkRuntime(await readRuntime(file), {
          preparer: { kind: 'worker', worker: fake.examined, host, findCached, isForced: true },
          inputs: { profile: { ...profile, pending } },
          settings,
          tool: { name: 'polkadot-pvf', version: '0.0.0' },
          inspect,
          facts: inspect(plainPvf, profile.bombLimit),
          signal: new AbortController().signal,
        });
      await test({ fake, check });
    });
  });
}

/** `[fromSession, vote, ids of what is over]` of each scheduled change. */
const pendingOf = ({ report }: CheckResult) =>
  report.limits.pending?.map(({ fromSession, vote, items }) => [
    fromSession,
    vote,
    items.filter(({ level }) => level === 'over').map(({ id }) => id),
  ]);

describe('checkRuntime with scheduled limits', () => {
  it('needs no second job where nothing changes that decides a preparation', async () => {
    const ok = await okAnswer();
    await withAnswers([ok, errAnswer({ tag: 'OutOfMemory', value: undefined })], async ({ check, fake }) => {
      const result = await check([
        { ...active, fromSession: 5, maxCodeSize: 50 },
        {
          ...active,
          fromSession: 6,
          votingTtl: 3,
          executorParams: [
            timeout('Prepare', 5n),
            { tag: 'PvfExecTimeout', value: { kind: 'Backing', millis: 2500n } },
          ],
        },
      ]);
      assert.deepEqual(schemaErrors(result.report), []);
      assert.deepEqual(pendingOf(result), [
        [5, 'accept', ['code-size']],
        [6, 'accept', []],
      ]);
      assert.equal(fake.records('request').length, 1);
      const { vote, conclusion } = result.report;
      assert.deepEqual([vote, conclusion.status, conclusion.because], ['accept', 'fail', ['pending-limits']]);
      assert.match(
        conclusion.reason,
        /^Validators would accept it, but it must not ship: The relay chain changes its limits in session 5, and then refuses this code\. The blob as stored will be above/,
      );
    });
  });

  it('takes the first result where it holds, although the worker must measure', async () => {
    const ok = await okAnswer();
    await withAnswers([ok], async ({ check, fake }) => {
      const pending = [{ ...active, executorParams: [memory(256n), timeout('Precheck', 2n)] }];
      const result = await check(pending);
      assert.deepEqual(pendingOf(result), [[undefined, 'accept', []]]);
      assert.equal(fake.records('request').length, 1);
      assert.equal(
        result.report.limits.pending?.[0]?.items.find(({ id }) => id === 'memory')?.limit,
        256 * 1024 * 1024,
      );
      assert.equal((await check(pending)).report.vote, 'accept');
      assert.equal(fake.records('request').length, 2, 'the limits in force are measured again');
    });
  });

  it('prepares again with a scheduled memory limit that the first result exceeds', async () => {
    const large = await okAnswer({
      memory: { memoryTrackerStats: undefined, maxRss: undefined, peakTrackedAlloc: 300n << 20n },
    });
    const answers = [large, errAnswer({ tag: 'OutOfMemory', value: undefined })];
    await withAnswers(answers, async ({ check, fake }) => {
      const result = await check([{ ...active, fromSession: 9, executorParams: [memory(256n)] }]);
      assert.deepEqual(schemaErrors(result.report), []);
      assert.deepEqual(pendingOf(result), [[9, 'reject', ['memory']]]);
      assert.equal(fake.records('request').length, 2);
      assert.match(
        result.report.conclusion.reason,
        /in session 9, and then refuses this code\. Memory of the preparation will be above its limit: 300\.00 MiB .* of 256\.00 MiB/,
      );
    });
  });

  it('prepares once for two scheduled sets with the same params, and gives the reason of the vote', async () => {
    const answers = [await okAnswer({ cpuMs: 900 }), errAnswer({ tag: 'TimedOut', value: undefined })];
    await withAnswers(answers, async ({ check, fake }) => {
      const short = { ...active, executorParams: [timeout('Precheck', 500n)] };
      const result = await check([
        { ...short, fromSession: 3 },
        { ...short, fromSession: 4, votingTtl: 1 },
      ]);
      assert.deepEqual(pendingOf(result), [
        [3, 'reject', ['cpu-time']],
        [4, 'reject', ['cpu-time']],
      ]);
      assert.equal(fake.records('request').length, 2);
    });
  });

  it('says from which session on a rejected code is accepted', async () => {
    const answers = [errAnswer({ tag: 'OutOfMemory', value: undefined }), await okAnswer()];
    await withAnswers(answers, async ({ check }) => {
      const result = await check([{ ...active, fromSession: 12, executorParams: [memory(4096n)] }]);
      assert.deepEqual(schemaErrors(result.report), []);
      assert.deepEqual(pendingOf(result), [[12, 'accept', []]]);
      const { vote, conclusion, findings, limits } = result.report;
      const ids = limits.pending?.[0]?.items.map(({ id }) => id);
      assert.deepEqual(ids, ['code-size', 'raw-code-size', 'cpu-time', 'memory'], 'the figures of its own preparation');
      assert.deepEqual([vote, conclusion.status], ['reject', 'fail']);
      assert.match(conclusion.reason, / The relay chain would accept it with the limits from session 12 on\.$/);
      assert.ok(!findings.some(({ id }) => id === 'pending-limits'));
    });
  });

  it('lets what the user forces hold for the scheduled limits too', async () => {
    await withAnswers([await okAnswer()], async ({ check, fake }) => {
      const pending = [{ ...active, executorParams: [memory(256n), timeout('Precheck', 1n)] }];
      const result = await check(pending, { prepTimeoutMs: 30_000, memoryLimit: 1n << 30n });
      assert.deepEqual(pendingOf(result), [[undefined, 'accept', []]]);
      assert.equal(fake.records('request').length, 1);
    });
  });

  it('says that the second preparation failed on this machine', async () => {
    const answers: FakeAnswer[] = [await okAnswer(), { after: 'die' }];
    await withAnswers(answers, async ({ check }) => {
      const scheduled: ExecutorParam = { tag: 'StackLogicalMax', value: 2048 };
      const result = await check([{ ...active, fromSession: 3, executorParams: [scheduled] }]);
      assert.deepEqual(pendingOf(result), [[3, 'undecided', []]]);
      assert.equal(result.report.conclusion.status, 'pass');
      assert.match(result.report.conclusion.reason, /The vote is unknown with the limits from session 3 on/);
      assert.equal(isCacheable(result.report), false);
    });
  });

  it('runs no second job after one that failed on this machine', async () => {
    await withAnswers([{ after: 'die' }], async ({ check, fake }) => {
      const result = await check([{ ...active, executorParams: [memory(256n)] }]);
      assert.deepEqual(pendingOf(result), [[undefined, undefined, []]]);
      assert.equal(result.report.vote, 'undecided');
      assert.equal(fake.records('request').length, 1);
    });
  });
});

describe('inspectRuntime with scheduled limits', () => {
  it('compares the sizes with them, and has no vote', () =>
    withWorkbench(async ({ folder }) => {
      const file = join(folder, 'a.wasm');
      writeFileSync(file, plainPvf);
      const blob = await readRuntime(file);
      const scheduled = { ...active, fromSession: 8, bombLimit: 100 };
      const { report } = await inspectRuntime(blob, {
        inputs: { profile: { ...profile, pending: [scheduled] } },
        settings: {},
        tool: { name: 'polkadot-pvf', version: '0.0.0' },
        inspect,
        signal: new AbortController().signal,
      });
      assert.deepEqual(schemaErrors(report), []);
      assert.deepEqual(report.limits.pending?.[0]?.vote, undefined);
      assert.ok(report.findings.some(({ id }) => id === 'pending-limits'));
      assert.match(report.conclusion.reason, /^It must not ship: The relay chain changes its limits in session 8/);
    }));
});
