import { fromHex } from '../base/bytes.ts';
import { summarizeExecutorParam } from '../limits/executor-param-json.ts';
import type { Profile } from '../limits/profile.ts';
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

/** The job that a validator would run for this blob under this profile. */
export function jobFor(blob: RuntimeBlob, profile: Profile, settings: JobSettings): PrepareJob {
  const executorParams = paramsOf(profile, settings);
  const kind = settings.kind === 'compile' ? 'Compilation' : 'Prechecking';
  return {
    code: blob.stored,
    codeHash: fromHex(blob.codeHash),
    executorParams,
    bombLimit: profile.bombLimit,
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

/** The limit of the worker's allocator, in bytes. */
export function memoryLimitOf(job: PrepareJob): number | undefined {
  return maxMemoryIn(job.executorParams);
}

function paramsOf({ executorParams }: Profile, { memoryLimit }: JobSettings): ExecutorParam[] {
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
