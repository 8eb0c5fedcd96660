/** Executor params as reports and profile files write them. */
import type { ExecutorParamSummary } from '../model/report.ts';
import {
  type ExecutorParam,
  executorParamContent,
  executorParamForms,
  executorParamOf,
} from '../polkadot/executor-params.ts';
import { ConfigError, type JsonObject } from './json-file.ts';

/** @param where for messages. Throws `ConfigError`. */
export function parseExecutorParam(where: string, value: unknown): ExecutorParam {
  const object = (typeof value === 'object' && value !== null ? value : {}) as JsonObject;
  const { name } = object;
  if (!isParam(name)) throw new ConfigError(`${where}: there is no executor param ${JSON.stringify(name)}.`);
  const { kinds, range } = executorParamForms[name];
  return executorParamOf(name, kinds && oneOf(where, object, kinds), range && inRange(where, object, range));
}

export function summarizeExecutorParam(param: ExecutorParam): ExecutorParamSummary {
  return { name: param.tag, ...executorParamContent(param) };
}

function isParam(name: unknown): name is ExecutorParam['tag'] {
  return typeof name === 'string' && Object.hasOwn(executorParamForms, name);
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

function oneOf(where: string, object: JsonObject, kinds: readonly string[]): string {
  const kind = kinds.find((known) => known === object['kind']);
  if (kind === undefined) throw new ConfigError(`${where}: kind must be ${kinds.join(' or ')}.`);
  return kind;
}
