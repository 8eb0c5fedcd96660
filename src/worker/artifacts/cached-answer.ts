import * as v from 'valibot';
import { durationToMillis } from '../../polkadot/scale.ts';
import type { PrepareJob } from '../host/job.ts';
import type { PrepareWorkerSuccess } from '../wire/response.ts';

/** The answer of the job that made an artifact. It is stored with the artifact to answer the same request again. */
export interface CachedAnswer {
  readonly success: PrepareWorkerSuccess;
  /** Wall-clock time of that job, in milliseconds. */
  readonly wallMs: number;
}

const bigint = v.pipe(
  v.string(),
  v.regex(/^-?\d{1,20}$/),
  v.transform((digits) => BigInt(digits)),
);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const orUndefined = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.nullable(schema),
    v.transform((value) => value ?? undefined),
  );

const checksum = v.object({ algorithm: v.picklist(['twox-256', 'blake3']), hex: v.string() });

const cachedAnswer: v.GenericSchema<unknown, CachedAnswer> = v.object({
  wallMs: v.pipe(v.number(), v.finite()),
  success: v.object({
    checksum: orUndefined(checksum),
    stats: v.object({
      cpuTimeElapsed: v.object({ secs: bigint, nanos: count }),
      memoryStats: v.object({
        memoryTrackerStats: orUndefined(v.object({ resident: bigint, allocated: bigint })),
        maxRss: orUndefined(bigint),
        peakTrackedAlloc: bigint,
      }),
      observedWasmCodeLen: orUndefined(count),
    }),
  }),
});

/** Parses the answer in a record (see `recordText`). Undefined when it is damaged or from another version of this tool. */
export function parseCachedAnswer(json: unknown): CachedAnswer | undefined {
  const { success, output } = v.safeParse(cachedAnswer, json);
  return success ? output : undefined;
}

/** Whether the answer is valid for this job too: the measured values must be within the job's limits. */
export function holdsFor({ success }: CachedAnswer, job: PrepareJob): boolean {
  const { cpuTimeElapsed, memoryStats, observedWasmCodeLen = 0 } = success.stats;
  const limit = job.executorParams.find((param) => param.tag === 'PrecheckingMaxMemory');
  // A job that uses the entire prep timeout has timed out (protocol, 5.4).
  const fitsTime = durationToMillis(cpuTimeElapsed) < durationToMillis(job.prepTimeout);
  const fitsMemory = limit?.tag !== 'PrecheckingMaxMemory' || memoryStats.peakTrackedAlloc <= limit.value;
  return fitsTime && fitsMemory && observedWasmCodeLen <= job.bombLimit;
}
