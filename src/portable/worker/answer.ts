import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toHex } from '../../base/bytes.ts';
import type { Twox256 } from '../../base/hash.ts';
import type { PrepareError } from '../../polkadot/prepare-error.ts';
import { durationFromMillis } from '../../polkadot/scale.ts';
import { costsFileName, encodeCosts } from '../../worker/built-in/costs-file.ts';
import type { PrepareWorkerResult } from '../../worker/wire/response.ts';
import type { EngineAnswer, EngineJob, OnMachine, Prepared } from '../engine.ts';
import { nativeCpuMs, nativeCpuMsSoFar, nativePeakBytes } from '../estimate.ts';
import { rustIoError } from './rust-io-error.ts';

/** Creates the answer to the host, and writes the artifact. */
export async function answerTo(
  job: EngineJob,
  answer: EngineAnswer,
  makeHash: () => Twox256,
): Promise<PrepareWorkerResult> {
  // Polkadot's worker checks the time first (protocol, 7.9).
  if (answer.kind === 'refused') {
    const isLate = nativeCpuMsSoFar(answer.cpuMs, answer.plan) >= job.cpuLimitMs;
    return failure(isLate ? { tag: 'TimedOut', value: undefined } : answer.error);
  }
  try {
    return await success(job, answer, makeHash());
  } catch (error) {
    return failure({ tag: 'IoErr', value: rustIoError(error) });
  }
}

export function failure(error: PrepareError): PrepareWorkerResult {
  return { success: false, value: error };
}

async function success(job: EngineJob, answer: Prepared & OnMachine, hash: Twox256): Promise<PrepareWorkerResult> {
  const { artifactBytes, checksum } = await checksumOf(job, answer, hash);
  const { codeLength, peakBytes, plan } = answer;
  const estimatedMs = nativeCpuMs(answer, artifactBytes);
  if (estimatedMs >= job.cpuLimitMs) return failure({ tag: 'TimedOut', value: undefined });
  if (answer.artifact.kind === 'bytes') await writeFile(job.artifactPath, answer.artifact.bytes);
  await writeCosts(job, answer);
  return {
    success: true,
    value: {
      checksum: { algorithm: 'twox-256', hex: toHex(checksum) },
      stats: {
        cpuTimeElapsed: durationFromMillis(estimatedMs),
        memoryStats: {
          memoryTrackerStats: undefined,
          maxRss: undefined,
          peakTrackedAlloc: BigInt(nativePeakBytes(peakBytes, plan)),
        },
        observedWasmCodeLen: codeLength,
      },
    },
  };
}

/** If that fails, the host reports that there are no costs. The verdict stands. */
async function writeCosts({ artifactPath }: EngineJob, { costs, cpuMs }: Prepared): Promise<void> {
  if (costs === undefined) return;
  const file = join(dirname(artifactPath), costsFileName);
  await writeFile(file, encodeCosts(cpuMs, costs), { mode: 0o600 }).catch(() => {});
}

async function checksumOf(
  { artifactPath }: EngineJob,
  { artifact }: Prepared,
  hash: Twox256,
): Promise<{ artifactBytes: number; checksum: Uint8Array }> {
  let artifactBytes = 0;
  const chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> =
    artifact.kind === 'bytes' ? [artifact.bytes] : createReadStream(artifactPath);
  for await (const chunk of chunks) {
    hash.update(chunk);
    artifactBytes += chunk.length;
  }
  return { artifactBytes, checksum: hash.digest() };
}
