import assert from 'node:assert/strict';
import { toHex } from '../../../src/base/bytes.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import { type JobSettings, jobFor, memoryLimitOf, summarizeJob } from '../../../src/check/job.ts';
import { builtInProfiles, type Profile } from '../../../src/limits/profile.ts';
import { durationToMillis } from '../../../src/polkadot/scale.ts';
import type { RuntimeBlob } from '../../../src/runtime/blob.ts';
import { tinyPvf } from '../../../src/worker/probe/tiny-pvf.ts';

const blob: RuntimeBlob = {
  path: 'a.wasm',
  file: 'a.wasm',
  container: 'wasm',
  stored: tinyPvf,
  codeHash: toHex(blake2b256(tinyPvf)),
  state: { bytes: 86, modifiedMs: 0, changedMs: 0, inode: '0:0' },
};
const [plain] = builtInProfiles as readonly [Profile, ...Profile[]];
const withTimeouts: Profile = {
  ...plain,
  executorParams: [
    { tag: 'PvfPrepTimeout', value: { kind: 'Prepare', millis: 120_000n } },
    { tag: 'PvfPrepTimeout', value: { kind: 'Precheck', millis: 30_000n } },
    { tag: 'PrecheckingMaxMemory', value: 512n << 20n },
    { tag: 'WasmExtBulkMemory', value: undefined },
  ],
};

function timeoutOf(profile: Profile, settings: JobSettings): number {
  return durationToMillis(jobFor(blob, profile, settings).prepTimeout);
}

describe('jobFor', () => {
  it('describes the job that a validator would run', () => {
    assert.deepEqual(jobFor(blob, plain, { kind: 'precheck' }), {
      code: tinyPvf,
      codeHash: blake2b256(tinyPvf),
      executorParams: [],
      bombLimit: 30 * 1024 * 1024,
      prepTimeout: { secs: 60n, nanos: 0 },
      kind: 'Prechecking',
    });
    assert.equal(jobFor(blob, plain, { kind: 'compile' }).kind, 'Compilation');
  });

  it('takes the time limit from the settings, else from the profile, else from Polkadot', () => {
    assert.equal(timeoutOf(plain, { kind: 'precheck' }), 60_000);
    assert.equal(timeoutOf(plain, { kind: 'compile' }), 360_000);
    assert.equal(timeoutOf(withTimeouts, { kind: 'precheck' }), 30_000);
    assert.equal(timeoutOf(withTimeouts, { kind: 'compile' }), 120_000);
    assert.equal(timeoutOf(withTimeouts, { kind: 'precheck', prepTimeoutMs: 50 }), 50);
    assert.equal(timeoutOf(withTimeouts, { kind: 'compile', prepTimeoutMs: 0.5 }), 0.5);
  });

  it('replaces the memory limit of the profile with the one of the settings', () => {
    const job = jobFor(blob, withTimeouts, { kind: 'precheck', memoryLimit: 1n });
    assert.equal(memoryLimitOf(job), 1);
    assert.equal(job.executorParams.filter(({ tag }) => tag === 'PrecheckingMaxMemory').length, 1);
    assert.equal(job.executorParams.length, withTimeouts.executorParams.length);
    assert.equal(memoryLimitOf(jobFor(blob, withTimeouts, { kind: 'compile' })), 512 * 1024 * 1024);
    assert.equal(memoryLimitOf(jobFor(blob, plain, { kind: 'precheck' })), undefined);
  });

  it('is summarized with every param', () => {
    assert.deepEqual(summarizeJob(jobFor(blob, withTimeouts, { kind: 'compile' })), {
      kind: 'compile',
      prepTimeoutMs: 120_000,
      bombLimit: 30 * 1024 * 1024,
      executorParams: [
        { name: 'PvfPrepTimeout', kind: 'Prepare', value: '120000' },
        { name: 'PvfPrepTimeout', kind: 'Precheck', value: '30000' },
        { name: 'PrecheckingMaxMemory', value: '536870912' },
        { name: 'WasmExtBulkMemory' },
      ],
    });
  });
});
