import { join } from 'node:path';
import type { CompileTarget } from '../../base/compile-target.ts';
import type { ExecutorParam } from '../../polkadot/executor-params.ts';
import { durationToMillis } from '../../polkadot/scale.ts';
import type { PvfPrepData } from '../../worker/wire/request.ts';
import type { EngineJob } from '../engine.ts';

/** `isize::MAX` of a 64-bit worker. A larger limit means no limit. */
const MAX_MEMORY_LIMIT = 2n ** 63n - 1n;

/**
 * Converts a request to a job. If a param occurs twice, the last one counts, as in sc-executor's `Config`. The exception is
 * PrecheckingMaxMemory: `ExecutorParams::prechecking_max_memory` uses the first.
 */
export function jobOf(
  request: PvfPrepData,
  { target, workerDir, costs }: { readonly target: CompileTarget; readonly workerDir: string; readonly costs: boolean },
): EngineJob {
  const params = request.executorParams;
  const stackLogicalMax = last(params, 'StackLogicalMax')?.value;
  const stackNativeMax = last(params, 'StackNativeMax')?.value;
  const memoryLimit = memoryLimitOf(params);
  return {
    code: request.maybeCompressedCode,
    bombLimit: request.validationCodeBombLimit,
    target,
    ...(stackLogicalMax === undefined ? {} : { stackLogicalMax }),
    ...(stackNativeMax === undefined ? {} : { stackNativeMax }),
    bulkMemory: last(params, 'WasmExtBulkMemory') !== undefined,
    // There is only one such function.
    eccRfc163: last(params, 'EnabledHostFunction') !== undefined,
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    cpuLimitMs: durationToMillis(request.prepTimeout),
    kind: request.prepKind,
    costs,
    artifactPath: join(workerDir, 'tmp-artifact'),
  };
}

function memoryLimitOf(params: readonly ExecutorParam[]): bigint | undefined {
  const limit = params.find((param) => param.tag === 'PrecheckingMaxMemory')?.value;
  return limit === undefined || limit === 0n || limit > MAX_MEMORY_LIMIT ? undefined : limit;
}

function last<Tag extends ExecutorParam['tag']>(
  params: readonly ExecutorParam[],
  tag: Tag,
): Extract<ExecutorParam, { tag: Tag }> | undefined {
  return params.findLast((param): param is Extract<ExecutorParam, { tag: Tag }> => param.tag === tag);
}
