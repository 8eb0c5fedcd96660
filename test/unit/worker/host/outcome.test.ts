import assert from 'node:assert/strict';
import type { PrepareError } from '../../../../src/polkadot/prepare-error.ts';
import { fateOfWorker, type Outcome, outcomeOfError, type Prepared } from '../../../../src/worker/host/outcome.ts';

const message = 'why';
const prepared: Prepared = {
  path: '0x00.pvf',
  artifactBytes: 1,
  checksum: undefined,
  stats: {
    cpuTimeElapsed: { secs: 1n, nanos: 0 },
    memoryStats: { memoryTrackerStats: undefined, maxRss: undefined, peakTrackedAlloc: 1n },
    observedWasmCodeLen: 1,
  },
};

describe('fateOfWorker', () => {
  // The table of the protocol (5.3), then our own outcomes.
  const rows: readonly (readonly ['kept' | 'killed', Outcome])[] = [
    ['kept', { kind: 'concluded', prepared }],
    ['kept', { kind: 'concluded', error: { tag: 'Prevalidation', value: message } }],
    ['kept', { kind: 'concluded', error: { tag: 'Kernel', value: message } }],
    ['kept', { kind: 'create-tmp-file', message }],
    ['kept', { kind: 'rename-tmp-file', message, source: 'tmp-artifact' }],
    ['killed', { kind: 'clear-worker-dir', message }],
    ['killed', { kind: 'unreachable', message }],
    ['killed', { kind: 'timed-out', clock: 'wall', limitMs: 1 }],
    ['killed', { kind: 'timed-out', clock: 'worker', limitMs: 1 }],
    ['killed', { kind: 'timed-out', clock: 'cpu', limitMs: 1 }],
    ['killed', { kind: 'io-error', message }],
    ['killed', { kind: 'out-of-memory' }],
    ['killed', { kind: 'job-died', message, jobPid: 1 }],
    ['killed', { kind: 'not-spawned', cause: 'accept-timeout', message }],
    ['killed', { kind: 'unsupported-worker', message }],
    ['killed', { kind: 'cancelled', by: 'caller' }],
    ['killed', { kind: 'stale-input', message }],
  ];
  for (const [fate, outcome] of rows) {
    it(`${outcome.kind}: ${fate}`, () => assert.equal(fateOfWorker(outcome), fate));
  }
});

describe('outcomeOfError', () => {
  const concluded: readonly PrepareError[] = [
    { tag: 'Prevalidation', value: message },
    { tag: 'Preparation', value: message },
    { tag: 'RuntimeConstruction', value: message },
    { tag: 'JobError', value: message },
    { tag: 'IoErr', value: message },
    { tag: 'CreateTmpFile', value: message },
    { tag: 'RenameTmpFile', value: { err: message, src: undefined, dest: undefined } },
    { tag: 'ClearWorkerDir', value: message },
    { tag: 'Kernel', value: message },
    { tag: 'CouldNotDecompressCodeBlob', value: message },
  ];
  const rows: readonly (readonly [PrepareError, Outcome])[] = [
    ...concluded.map((error) => [error, { kind: 'concluded', error }] as const),
    [
      { tag: 'TimedOut', value: undefined },
      { kind: 'timed-out', clock: 'worker', limitMs: 42 },
    ],
    [{ tag: 'OutOfMemory', value: undefined }, { kind: 'out-of-memory' }],
    [
      { tag: 'JobDied', value: { err: message, jobPid: 7 } },
      { kind: 'job-died', message, jobPid: 7 },
    ],
  ];
  for (const [error, outcome] of rows) {
    it(`${error.tag}: ${outcome.kind}`, () => assert.deepEqual(outcomeOfError(error, 42), outcome));
  }
});
