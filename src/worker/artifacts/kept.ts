import { fromHex, toHex } from '../../base/bytes.ts';
import { durationToMillis } from '../../polkadot/scale.ts';
import type { PrepareJob } from '../host/job.ts';
import type { PrepareWorkerSuccess } from '../wire/response.ts';
import { decodeResponse, responseCodec, type WireRevision } from '../wire/revision.ts';

/** What is kept beside an artifact: enough to answer the same question again. */
export interface KeptFacts {
  /** The worker's answer, in its own encoding. */
  readonly answer: string;
  /** Wall-clock time of the job that gave it, in milliseconds. */
  readonly wallMs: number;
}

export function factsOf(success: PrepareWorkerSuccess, revision: WireRevision, wallMs: number): KeptFacts {
  return { answer: toHex(responseCodec(revision, process.platform).enc({ success: true, value: success })), wallMs };
}

/** The kept answer, if it answers this job too: the job's own limits must hold for what was measured then. */
export function answerFor(job: PrepareJob, facts: KeptFacts, revision: WireRevision): PrepareWorkerSuccess | undefined {
  const success = successIn(facts, revision);
  if (!success) return undefined;
  const { cpuTimeElapsed, memoryStats, observedWasmCodeLen = 0 } = success.stats;
  const limit = job.executorParams.find((param) => param.tag === 'PrecheckingMaxMemory');
  // The worker calls it a time-out when the whole of the prep timeout is used (protocol, 5.4).
  const fitsTime = durationToMillis(cpuTimeElapsed) < durationToMillis(job.prepTimeout);
  const fitsMemory = limit?.tag !== 'PrecheckingMaxMemory' || memoryStats.peakTrackedAlloc <= limit.value;
  return fitsTime && fitsMemory && observedWasmCodeLen <= job.bombLimit ? success : undefined;
}

/** Facts that are damaged, or of another version of this tool, tell nothing. */
function successIn(facts: KeptFacts, revision: WireRevision): PrepareWorkerSuccess | undefined {
  try {
    if (!Number.isFinite(facts.wallMs)) return undefined;
    const { value } = decodeResponse(revision, process.platform, fromHex(facts.answer));
    return value.success ? value.value : undefined;
  } catch {
    return undefined;
  }
}
