import assert from 'node:assert/strict';
import type { ExecutorParam } from '../../../../src/polkadot/executor-params.ts';
import { durationFromMillis } from '../../../../src/polkadot/scale.ts';
import { recordText } from '../../../../src/worker/artifacts/artifact-store.ts';
import { type CachedAnswer, holdsFor, parseCachedAnswer } from '../../../../src/worker/artifacts/cached-answer.ts';
import type { PrepareJob } from '../../../../src/worker/host/job.ts';
import type { PrepareWorkerSuccess } from '../../../../src/worker/wire/response.ts';
import { jobFor } from '../../../support/workbench.ts';

type Stats = PrepareWorkerSuccess['stats'];

const stats: Stats = {
  cpuTimeElapsed: durationFromMillis(1500.5),
  memoryStats: { memoryTrackerStats: undefined, maxRss: 7n, peakTrackedAlloc: 1000n },
  observedWasmCodeLen: 5000,
};
const success: PrepareWorkerSuccess = {
  checksum: { algorithm: 'twox-256', hex: `0x${'11'.repeat(32)}` },
  stats,
};
const answer: CachedAnswer = { success, wallMs: 2000 };

const written = (value: unknown): unknown => JSON.parse(recordText(value));

const memoryLimits = (...values: bigint[]): Partial<PrepareJob> => ({
  executorParams: values.map((value): ExecutorParam => ({ tag: 'PrecheckingMaxMemory', value })),
});

describe('a cached answer', () => {
  const largest = 2n ** 64n - 1n;
  const memory = (memoryStats: Stats['memoryStats']): PrepareWorkerSuccess => ({
    ...success,
    stats: { ...stats, memoryStats },
  });
  const answers: readonly (readonly [what: string, success: PrepareWorkerSuccess])[] = [
    ['with a twox-256 checksum', success],
    ['with a BLAKE3 checksum', { ...success, checksum: { algorithm: 'blake3', hex: `0x${'ab'.repeat(32)}` } }],
    ['without a checksum', { ...success, checksum: undefined }],
    ['without the length of the code', { ...success, stats: { ...stats, observedWasmCodeLen: undefined } }],
    ['with the peak alone', memory({ memoryTrackerStats: undefined, maxRss: undefined, peakTrackedAlloc: 0n })],
    [
      'with the largest numbers',
      memory({
        memoryTrackerStats: { resident: largest, allocated: largest },
        maxRss: -(2n ** 63n),
        peakTrackedAlloc: largest,
      }),
    ],
  ];
  for (const [what, given] of answers) {
    it(`${what} survives a round trip`, () => {
      assert.deepEqual(parseCachedAnswer(written({ ...answer, success: given })), { ...answer, success: given });
    });
  }

  const rows: readonly (readonly [what: string, job: Partial<PrepareJob>, holds: boolean])[] = [
    ['has no limits of its own', {}, true],
    ['has more than the CPU time that was needed', { prepTimeout: durationFromMillis(1500.501) }, true],
    // The worker reports a time-out (protocol, 5.4).
    ['has exactly the CPU time that was needed', { prepTimeout: durationFromMillis(1500.5) }, false],
    ['has less than the CPU time that was needed', { prepTimeout: durationFromMillis(1500) }, false],
    ['has exactly the memory that was needed', memoryLimits(1000n), true],
    ['has less than the memory that was needed', memoryLimits(999n), false],
    ['has two memory limits, of which the first counts', memoryLimits(999n, 2000n), false],
    ['has two memory limits, of which the second is too low', memoryLimits(2000n, 999n), true],
    ['has exactly the bomb limit that was needed', { bombLimit: 5000 }, true],
    ['has less than the bomb limit that was needed', { bombLimit: 4999 }, false],
  ];
  for (const [what, job, holds] of rows) {
    it(`${holds ? 'holds' : 'does not hold'} for a job that ${what}`, () => {
      assert.equal(holdsFor(answer, jobFor(undefined, job)), holds);
    });
  }

  const withStats = (changes: object) =>
    written({ ...answer, success: { ...success, stats: { ...stats, ...changes } } });
  const damaged: readonly (readonly [what: string, json: unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['text', 'answer'],
    ['no answer', { wallMs: 2000 }],
    ['the bytes of an answer, as in earlier versions', { answer: '0x00', wallMs: 2000 }],
    ['no time', written({ success })],
    ['a time that is not a number', written({ ...answer, wallMs: '2000' })],
    ['no statistics', written({ ...answer, success: { checksum: null } })],
    ['another checksum', written({ ...answer, success: { ...success, checksum: { algorithm: 'md5', hex: '0x00' } } })],
    ['an empty number', withStats({ cpuTimeElapsed: { secs: '', nanos: 0 } })],
    ['an invalid number', withStats({ cpuTimeElapsed: { secs: '0x10', nanos: 0 } })],
    ['a negative length', withStats({ observedWasmCodeLen: -1 })],
    ['no peak', withStats({ memoryStats: { memoryTrackerStats: null, maxRss: null } })],
  ];
  for (const [what, json] of damaged) {
    it(`is invalid when the record has ${what}`, () => assert.equal(parseCachedAnswer(json), undefined));
  }
});
