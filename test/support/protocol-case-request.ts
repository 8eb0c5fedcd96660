/** The cases of test/fixtures/protocol/cases.json: requests to a real prepare worker, with its responses. */
import { readFileSync } from 'node:fs';
import type { ExecutorParam } from '../../src/polkadot/executor-params.ts';
import { messageOf, type PrepareError } from '../../src/polkadot/prepare-error.ts';
import { durationFromNanos } from '../../src/polkadot/scale.ts';
import type { PvfPrepData } from '../../src/worker/wire/request.ts';
import type { PrepareWorkerResult } from '../../src/worker/wire/response.ts';

type Expected =
  | { readonly ok: { readonly observedWasmCodeLen: number } }
  | { readonly err: { readonly kind: PrepareError['tag']; readonly value: string | null } };

interface RequestCase {
  readonly name: string;
  readonly request: Partial<PvfPrepData>;
  readonly expected: Expected;
}

export interface ModuleCase {
  readonly name: string;
  readonly kind: 'precheck' | 'compilation';
  readonly code_base64: string;
  readonly bombLimit: number;
  readonly params: readonly (readonly [ExecutorParam['tag'], ...(string | number)[]])[];
  readonly prepTimeoutNanos: string;
  readonly expect: Expected;
}

const file = new URL('../fixtures/protocol/cases.json', import.meta.url);

export const { cases: moduleCases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly ModuleCase[] };

export const requestCases: readonly RequestCase[] = moduleCases.map(
  ({ name, code_base64, bombLimit, params, prepTimeoutNanos, kind, expect }) => ({
    name,
    request: {
      maybeCompressedCode: Buffer.from(code_base64, 'base64'),
      validationCodeBombLimit: bombLimit,
      executorParams: params.map(paramOf),
      prepTimeout: durationFromNanos(BigInt(prepTimeoutNanos)),
      prepKind: kind === 'precheck' ? 'Prechecking' : 'Compilation',
    },
    expected: 'ok' in expect ? { ok: { observedWasmCodeLen: expect.ok.observedWasmCodeLen } } : expect,
  }),
);

/** A response in the form of the cases. */
export function asExpected(answer: PrepareWorkerResult): unknown {
  if (answer.success) return { ok: { observedWasmCodeLen: answer.value.stats.observedWasmCodeLen } };
  const { tag } = answer.value;
  const hasText = tag !== 'TimedOut' && tag !== 'OutOfMemory';
  return { err: { kind: tag, value: hasText ? messageOf(answer.value) : null } };
}

export function paramOf([tag, first, second]: ModuleCase['params'][number]): ExecutorParam {
  switch (tag) {
    case 'PrecheckingMaxMemory':
      return { tag, value: BigInt(first ?? 0) };
    case 'PvfPrepTimeout':
      return { tag, value: { kind: first === 'Precheck' ? 'Precheck' : 'Prepare', millis: BigInt(second ?? 0) } };
    case 'PvfExecTimeout':
      return { tag, value: { kind: first === 'Backing' ? 'Backing' : 'Approval', millis: BigInt(second ?? 0) } };
    case 'WasmExtBulkMemory':
      return { tag, value: undefined };
    case 'EnabledHostFunction':
      return { tag, value: 'EccRfc163' };
    default:
      return { tag, value: Number(first) };
  }
}
