import type { EngineJob } from '../engine.ts';
import { enginePeakLimit } from '../estimate.ts';

/** The engine's options (engine/src/options.rs). Omitted options get the engine's defaults, which are the worker's. */
export function optionLines(job: EngineJob, store: boolean): string {
  const { target, bombLimit, stackLogicalMax, stackNativeMax, bulkMemory, eccRfc163, memoryLimit, costs } = job;
  const lines: readonly (readonly [key: string, value: unknown])[] = [
    ...target.features.map((flag) => ['flag', flag] as const),
    ['bomb_limit', bombLimit],
    ['stack_logical_max', stackLogicalMax],
    ['stack_native_max', stackNativeMax],
    ['bulk_memory', bulkMemory],
    ['ecc_rfc163', eccRfc163],
    ['memory_limit', memoryLimit === undefined ? undefined : enginePeakLimit(memoryLimit)],
    ['store', store],
    ['costs', costs || undefined],
  ];
  return lines.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}\n`])).join('');
}
