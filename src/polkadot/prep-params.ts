/** What the executor params say about a preparation. Where a list has a param twice, the first counts (protocol, 3.2). */
import type { ExecutorParam } from './executor-params.ts';

export type PrepTimeoutKind = 'Precheck' | 'Prepare';

/** CPU time in milliseconds, where the params set none (`polkadot-node-core-pvf` `DEFAULT_*_PREPARATION_TIMEOUT`). */
export const defaultPrepTimeoutMs: Readonly<Record<PrepTimeoutKind, number>> = { Precheck: 60_000, Prepare: 360_000 };

/** CPU time in milliseconds. Undefined: the params set none. */
export function prepTimeoutIn(params: readonly ExecutorParam[], kind: PrepTimeoutKind): number | undefined {
  for (const param of params) {
    if (param.tag === 'PvfPrepTimeout' && param.value.kind === kind) return Number(param.value.millis);
  }
  return undefined;
}

/** Bytes that the worker may allocate. Undefined: the params set no limit. */
export function maxMemoryIn(params: readonly ExecutorParam[]): number | undefined {
  for (const param of params) {
    if (param.tag === 'PrecheckingMaxMemory') return Number(param.value);
  }
  return undefined;
}
