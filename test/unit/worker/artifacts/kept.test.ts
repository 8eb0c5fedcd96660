import assert from 'node:assert/strict';
import type { ExecutorParam } from '../../../../src/polkadot/executor-params.ts';
import { durationFromMillis } from '../../../../src/polkadot/scale.ts';
import { answerFor, factsOf, type KeptFacts } from '../../../../src/worker/artifacts/kept.ts';
import type { PrepareJob } from '../../../../src/worker/host/job.ts';
import type { PrepareWorkerSuccess } from '../../../../src/worker/wire/response.ts';
import { responseCodec, revision, revisionIds } from '../../../../src/worker/wire/revision.ts';
import { jobFor } from '../../../support/workbench.ts';

const today = revision('26.0.0');

const success: PrepareWorkerSuccess = {
  checksum: { algorithm: 'twox-256', hex: `0x${'11'.repeat(32)}` },
  stats: {
    cpuTimeElapsed: durationFromMillis(1500),
    memoryStats: { memoryTrackerStats: undefined, maxRss: 7n, peakTrackedAlloc: 1000n },
    observedWasmCodeLen: 5000,
  },
};

const memoryLimits = (...values: bigint[]): Partial<PrepareJob> => ({
  executorParams: values.map((value): ExecutorParam => ({ tag: 'PrecheckingMaxMemory', value })),
});

describe('a kept answer', () => {
  it('is the answer that was given, in every wire revision', () => {
    for (const id of revisionIds) {
      const wire = revision(id);
      const given: PrepareWorkerSuccess = {
        checksum: {
          bytes: success.checksum,
          'hex-text': { algorithm: 'blake3' as const, hex: `0x${'ab'.repeat(32)}` },
          none: undefined,
        }[wire.response.checksum],
        stats: {
          ...success.stats,
          memoryStats: { ...success.stats.memoryStats, ...(process.platform === 'linux' ? {} : { maxRss: undefined }) },
          observedWasmCodeLen: wire.response.observedCodeLength === 'present' ? 5000 : undefined,
        },
      };
      const throughJson = JSON.parse(JSON.stringify(factsOf(given, wire, 2000))) as KeptFacts;
      assert.deepEqual(answerFor(jobFor(), throughJson, wire), given, id);
    }
  });

  const rows: readonly (readonly [what: string, job: Partial<PrepareJob>, answers: boolean])[] = [
    ['has no limits of its own', {}, true],
    ['has more than the CPU time that was needed', { prepTimeout: durationFromMillis(1500.001) }, true],
    // The worker calls that a time-out: see the protocol, 5.4.
    ['has exactly the CPU time that was needed', { prepTimeout: durationFromMillis(1500) }, false],
    ['has less than the CPU time that was needed', { prepTimeout: durationFromMillis(1499) }, false],
    ['has exactly the memory that was needed', memoryLimits(1000n), true],
    ['has less than the memory that was needed', memoryLimits(999n), false],
    ['has two memory limits, of which the first counts', memoryLimits(999n, 2000n), false],
    ['has two memory limits, of which the second is too low', memoryLimits(2000n, 999n), true],
    ['has exactly the bomb limit that was needed', { bombLimit: 5000 }, true],
    ['has less than the bomb limit that was needed', { bombLimit: 4999 }, false],
  ];
  for (const [what, job, answers] of rows) {
    it(`${answers ? 'answers' : 'does not answer'} a job that ${what}`, () => {
      const answer = answerFor(jobFor(undefined, job), factsOf(success, today, 2000), today);
      assert.deepEqual(answer, answers ? success : undefined);
    });
  }

  const error = Buffer.from(
    responseCodec(today, process.platform).enc({ success: false, value: { tag: 'Preparation', value: 'bad' } }),
  ).toString('hex');
  const wallMs = 2000;
  const damaged: readonly (readonly [what: string, facts: unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['no text', { answer: 5, wallMs }],
    ['empty text', { answer: '', wallMs }],
    ['text that is no hex', { answer: '0xzz', wallMs }],
    ['a cut answer', { answer: factsOf(success, today, wallMs).answer.slice(0, -2), wallMs }],
    ['an error', { answer: error, wallMs }],
    ['no time', { answer: factsOf(success, today, wallMs).answer }],
  ];
  for (const [what, facts] of damaged) {
    it(`that is damaged (${what}) answers nothing`, () => {
      assert.equal(answerFor(jobFor(), facts as KeptFacts, today), undefined);
    });
  }
});
