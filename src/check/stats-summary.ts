import { omitUndefined } from '../base/omit-undefined.ts';
import { outcomeKinds } from '../model/outcome-table.ts';
import type { Stats } from '../model/report.ts';
import type { Figures } from '../model/workers.ts';
import { durationToMillis } from '../polkadot/scale.ts';
import type { Prepared } from '../worker/host/outcome.ts';
import type { Preparation } from '../worker/host/prepare-host.ts';

/** The figures of a preparation. Undefined when no worker ran it. */
export function summarizeStats({ outcome, wallMs, spawnMs }: Preparation, figures: Figures): Stats | undefined {
  // Without a wall time the host gave the result itself, and no worker ran.
  if (!outcomeKinds[outcome.kind].ranInWorker || wallMs === 0) return undefined;
  const base = { wallTimeMs: wallMs, spawnMs };
  return outcome.kind === 'concluded' && 'prepared' in outcome
    ? { ...base, ...preparedStats(outcome.prepared, figures) }
    : base;
}

function preparedStats({ artifactBytes, checksum, stats }: Prepared, figures: Figures): Partial<Stats> {
  const { cpuTimeElapsed, memoryStats, observedWasmCodeLen } = stats;
  const { memoryTrackerStats, maxRss, peakTrackedAlloc } = memoryStats;
  return {
    cpuTimeMs: durationToMillis(cpuTimeElapsed),
    cpuTimeIs: figures,
    memory: {
      peakTrackedAlloc: Number(peakTrackedAlloc),
      ...omitUndefined({
        resident: memoryTrackerStats && Number(memoryTrackerStats.resident),
        allocated: memoryTrackerStats && Number(memoryTrackerStats.allocated),
        // The worker reports KiB.
        maxRss: maxRss === undefined || maxRss < 0n ? undefined : Number(maxRss) * 1024,
      }),
    },
    memoryIs: figures,
    artifactBytes,
    ...omitUndefined({ observedCodeBytes: observedWasmCodeLen, artifactChecksum: checksum?.hex }),
  };
}
