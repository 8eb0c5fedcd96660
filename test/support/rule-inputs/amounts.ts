/** A worker that needs time and memory, which the plain module does not. */
import { type FakeBehaviour, okAnswer } from '../fake-worker.ts';

export interface Amounts {
  readonly cpuMs: number;
  readonly peakTrackedAlloc: number;
}

/** A worker whose job needs so much. The plain module needs next to nothing. */
export async function workerThatNeeds({ cpuMs, peakTrackedAlloc }: Amounts): Promise<FakeBehaviour> {
  const memoryStats = { memoryTrackerStats: undefined, maxRss: undefined, peakTrackedAlloc: BigInt(peakTrackedAlloc) };
  return { spawns: [{ jobs: [await okAnswer({ cpuMs, memory: memoryStats, artifact: 'ab'.repeat(5000) })] }] };
}

export const MIB = 2 ** 20;
export const needed: Amounts = { cpuMs: 40_000, peakTrackedAlloc: 255 * MIB };
