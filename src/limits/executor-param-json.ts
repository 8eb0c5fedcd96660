/** Executor params as reports and profile files write them. */
import type { ExecutorParamSummary } from '../model/report.ts';
import { type ExecutorParam, executorParamFromJson, executorParamToJson } from '../polkadot/executor-params.ts';
import { ConfigError, type JsonObject } from './json-file.ts';

/** @param where for messages. Throws `ConfigError`. */
export function parseExecutorParam(where: string, value: unknown): ExecutorParam {
  try {
    return executorParamFromJson((typeof value === 'object' && value !== null ? value : {}) as JsonObject);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ConfigError(`${where}: ${error.message}`);
  }
}

export function summarizeExecutorParam(param: ExecutorParam): ExecutorParamSummary {
  return executorParamToJson(param);
}
