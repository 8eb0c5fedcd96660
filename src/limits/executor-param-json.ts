/** Executor params as reports and profile files write them. */

import type { ExecutorParamSummary } from '../model/report.ts';
import type { ExecutorParam } from '../polkadot/executor-params.ts';
import { ConfigError, type JsonObject } from './json-file.ts';

/** Ranges that the runtime holds to (`ExecutorParams::check_consistency`, polkadot-primitives 26.0.0). */
const ranges = {
  MaxMemoryPages: [1n, 65_536n],
  StackLogicalMax: [1024n, 131_072n],
  StackNativeMax: [128n * 1024n, 0xffff_ffffn],
  PrecheckingMaxMemory: [256n << 20n, 16n << 30n],
} as const satisfies Record<string, readonly [bigint, bigint]>;

const LONGEST_TIMEOUT_MS = 0xffff_ffff_ffff_ffffn;

/** @param where for messages. Throws `ConfigError`. */
export function parseExecutorParam(where: string, value: unknown): ExecutorParam {
  const object = (typeof value === 'object' && value !== null ? value : {}) as JsonObject;
  const { name } = object;
  switch (name) {
    case 'MaxMemoryPages':
    case 'StackLogicalMax':
    case 'StackNativeMax':
      return { tag: name, value: Number(inRange(where, object, ranges[name])) };
    case 'PrecheckingMaxMemory':
      return { tag: name, value: inRange(where, object, ranges[name]) };
    case 'PvfPrepTimeout':
      return {
        tag: name,
        value: { kind: oneOf(where, object, ['Precheck', 'Prepare']), millis: millis(where, object) },
      };
    case 'PvfExecTimeout':
      return {
        tag: name,
        value: { kind: oneOf(where, object, ['Backing', 'Approval']), millis: millis(where, object) },
      };
    case 'WasmExtBulkMemory':
      return { tag: name, value: undefined };
    case 'EnabledHostFunction':
      return { tag: name, value: oneOf(where, object, ['EccRfc163']) };
    default:
      throw new ConfigError(`${where}: there is no executor param ${JSON.stringify(name)}.`);
  }
}

export function summarizeExecutorParam(param: ExecutorParam): ExecutorParamSummary {
  const { tag: name } = param;
  switch (param.tag) {
    case 'MaxMemoryPages':
    case 'StackLogicalMax':
    case 'StackNativeMax':
      return { name, value: param.value };
    case 'PrecheckingMaxMemory':
      return { name, value: param.value.toString() };
    case 'PvfPrepTimeout':
    case 'PvfExecTimeout':
      return { name, kind: param.value.kind, value: param.value.millis.toString() };
    case 'WasmExtBulkMemory':
      return { name };
    case 'EnabledHostFunction':
      return { name, kind: param.value };
  }
}

function millis(where: string, object: JsonObject): bigint {
  return inRange(where, object, [1n, LONGEST_TIMEOUT_MS]);
}

function inRange(where: string, object: JsonObject, [least, most]: readonly [bigint, bigint]): bigint {
  const { value } = object;
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  const number = /^\d+$/.test(text) ? BigInt(text) : undefined;
  if (number === undefined || number < least || number > most) {
    throw new ConfigError(`${where}: value must be a whole number from ${least} to ${most}.`);
  }
  return number;
}

function oneOf<const Kind extends string>(where: string, object: JsonObject, kinds: readonly Kind[]): Kind {
  const kind = kinds.find((known) => known === object['kind']);
  if (kind === undefined) throw new ConfigError(`${where}: kind must be ${kinds.join(' or ')}.`);
  return kind;
}
