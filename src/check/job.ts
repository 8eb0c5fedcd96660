import { fromHex } from '../base/bytes.ts';
import { summarizeExecutorParam } from '../limits/executor-param-json.ts';
import type { LimitValues } from '../limits/profile.ts';
import type { CheckLimits } from '../model/measures.ts';
import type { JobSummary } from '../model/report.ts';
import type { ExecutorParam } from '../polkadot/executor-params.ts';
import { maxMemoryIn, prepTimeoutIn } from '../polkadot/prep-params.ts';
import { type Duration, durationFromMillis, durationToMillis } from '../polkadot/scale.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import { defaultPrepTimeout, type PrepareJob } from '../worker/host/job.ts';

/** What a user can set besides the profile. */
export interface JobSettings {
  /** Absent: `precheck`. */
  readonly kind?: JobSummary['kind'];
  /** CPU time. Absent: the profile's, else Polkadot's default. */
  readonly prepTimeoutMs?: number;
  /** Bytes, as `PrecheckingMaxMemory`. Absent: the profile's. */
  readonly memoryLimit?: bigint;
}

/** The job that a validator would run for this blob under these limits. */
export function jobFor(
  blob: RuntimeBlob,
  limits: Pick<LimitValues, 'executorParams' | 'bombLimit'>,
  settings: JobSettings,
): PrepareJob {
  const executorParams = paramsOf(limits, settings);
  const kind = settings.kind === 'compile' ? 'Compilation' : 'Prechecking';
  return {
    code: blob.stored,
    codeHash: fromHex(blob.codeHash),
    executorParams,
    bombLimit: limits.bombLimit,
    prepTimeout: prepTimeoutOf(executorParams, kind, settings),
    kind,
  };
}

export function summarizeJob(job: PrepareJob): JobSummary {
  return {
    kind: job.kind === 'Prechecking' ? 'precheck' : 'compile',
    prepTimeoutMs: durationToMillis(job.prepTimeout),
    bombLimit: job.bombLimit,
    executorParams: job.executorParams.map(summarizeExecutorParam),
  };
}

/** What the figures of the job are compared with. */
export function checkLimits(
  { maxCodeSize, bombLimit }: Pick<LimitValues, 'maxCodeSize' | 'bombLimit'>,
  job: PrepareJob,
): CheckLimits {
  return { maxCodeSize, bombLimit, prepTimeoutMs: durationToMillis(job.prepTimeout), memoryLimit: memoryLimitOf(job) };
}

/** The limit of the worker's allocator, in bytes. */
export function memoryLimitOf(job: PrepareJob): number | undefined {
  return maxMemoryIn(job.executorParams);
}

function paramsOf(
  { executorParams }: Pick<LimitValues, 'executorParams'>,
  { memoryLimit }: JobSettings,
): ExecutorParam[] {
  if (memoryLimit === undefined) return [...executorParams];
  const others = executorParams.filter(({ tag }) => tag !== 'PrecheckingMaxMemory');
  return [...others, { tag: 'PrecheckingMaxMemory', value: memoryLimit }];
}

/** Pre-checking has the Precheck timeout, compilation the longer one (protocol, 3.4). */
function prepTimeoutOf(
  params: readonly ExecutorParam[],
  kind: PrepareJob['kind'],
  { prepTimeoutMs }: JobSettings,
): Duration {
  const wanted = kind === 'Prechecking' ? 'Precheck' : 'Prepare';
  const ms = prepTimeoutMs ?? prepTimeoutIn(params, wanted);
  return ms === undefined ? defaultPrepTimeout[kind] : durationFromMillis(ms);
}
