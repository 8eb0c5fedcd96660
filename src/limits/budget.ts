import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { limitItem } from '../model/limit-item.ts';
import type { LimitItem, RuntimeSummary, Stats } from '../model/report.ts';
import { configObject, wholeNumber } from './config-schema.ts';
import { parseConfig, readJsonObject } from './json-file.ts';

/** A team's own limits, below those of the relay chain. */
export const budgetSchema = configObject({
  storedBytes: limit('Size of the blob as it would be stored on chain.'),
  rawBytes: limit('Size of the code after decompression.'),
  artifactBytes: limit('Size of the artifact.'),
  cpuTimeMs: limit('CPU time of the preparation, in milliseconds.'),
  peakTrackedAlloc: limit("Peak memory of the preparation by the worker's allocator, in bytes."),
});
export type Budget = ValueOf<typeof budgetSchema>;

function limit(description: string) {
  return v.exactOptional(v.pipe(wholeNumber(1), v.description(description)));
}

/** Reads a budget file. Rejects with `ConfigError`. */
export async function loadBudget(path: string): Promise<Budget> {
  return parseConfig(budgetSchema, path, await readJsonObject(path, 'budget'));
}

export function budgetItems(budget: Budget, runtime: RuntimeSummary, stats: Stats | undefined): LimitItem[] {
  return [
    ...limitItem('stored-bytes-budget', runtime.storedBytes, budget.storedBytes),
    ...limitItem('raw-bytes-budget', runtime.rawBytes, budget.rawBytes),
    ...limitItem('artifact-bytes-budget', stats?.artifactBytes, budget.artifactBytes),
    ...limitItem('cpu-time-budget', stats?.cpuTimeMs, budget.cpuTimeMs),
    ...limitItem('memory-budget', stats?.memory?.peakTrackedAlloc, budget.peakTrackedAlloc),
  ];
}
