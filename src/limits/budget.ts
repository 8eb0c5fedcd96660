import { limitItem } from '../model/limit-item.ts';
import type { LimitItem, RuntimeSummary, Stats } from '../model/report.ts';
import { type JsonObject, readJsonObject, refuseUnknownMembers, wholeNumber } from './json-file.ts';

/** A team's own limits, below those of the relay chain. Bytes and milliseconds. */
export interface Budget {
  readonly storedBytes?: number;
  readonly rawBytes?: number;
  readonly artifactBytes?: number;
  readonly cpuTimeMs?: number;
  readonly peakTrackedAlloc?: number;
}

const members = ['storedBytes', 'rawBytes', 'artifactBytes', 'cpuTimeMs', 'peakTrackedAlloc'] as const;

/** Reads a budget file. Rejects with `ConfigError`. */
export async function loadBudget(path: string): Promise<Budget> {
  const object: JsonObject = await readJsonObject(path, 'budget');
  refuseUnknownMembers(path, object, members);
  const given = members.filter((name) => object[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, wholeNumber(path, object, name, 1)]));
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
