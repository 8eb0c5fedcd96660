import type { EngineJob } from '../engine.ts';
import { enginePeakLimit } from '../estimate.ts';

/** The engine's options (engine/src/options.rs). An option that is left out has the engine's default, which is the worker's. */
export function optionLines(job: EngineJob, store: boolean): string {
  const { target, bombLimit, stackLogicalMax, stackNativeMax, bulkMemory, eccRfc163, memoryLimit } = job;
  const lines: readonly (readonly [key: string, value: unknown])[] = [
    ...target.flags.map((flag) => ['flag', flag] as const),
    ['bomb_limit', bombLimit],
    ['stack_logical_max', stackLogicalMax],
    ['stack_native_max', stackNativeMax],
    ['bulk_memory', bulkMemory],
    ['ecc_rfc163', eccRfc163],
    ['memory_limit', memoryLimit === undefined ? undefined : enginePeakLimit(memoryLimit)],
    ['store', store],
  ];
  return lines.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}\n`])).join('');
}
