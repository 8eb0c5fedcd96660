/**
 * Numbers and executor params in JSON of other tools.
 *
 * | notation              | number                    | param with a value             | param without one             |
 * | --------------------- | ------------------------- | ------------------------------ | ----------------------------- |
 * | polkadot-js `toHuman` | `"3,145,728"`             | `{ "MaxMemoryPages": "8,192" }`  | `"WasmExtBulkMemory"`           |
 * | polkadot-js `toJSON`  | `3145728`                 | `{ "maxMemoryPages": 8192 }`     | `{ "wasmExtBulkMemory": null }` |
 * | polkadot-api          | `3145728`, `"60000n"`     | `{ "type": …, "value": 8192 }`   | `{ "type": … }`                 |
 * | genesis (serde)       | `3145728`                 | `{ "MaxMemoryPages": 8192 }`     | `"WasmExtBulkMemory"`           |
 *
 * A param with a kind has the tuple `[kind, value]`. The kind is a text or, from polkadot-api, `{ "type": kind }`.
 */
import { firstCharacters } from '../base/text.ts';
import { type ExecutorParam, executorParamForms, executorParamOf } from '../polkadot/executor-params.ts';
import { isObject, plainName } from './host-configuration.ts';

/** Throws. @param where the path of the member; @param problem a predicate */
export type Fail = (where: string, problem: string) => never;

type Name = ExecutorParam['tag'];

const names = Object.keys(executorParamForms) as readonly Name[];

/** Digits, optionally in groups of three with commas (polkadot-js) or with the suffix of a bigint (polkadot-api). */
const wholeText = /^(\d+n?|\d{1,3}(,\d{3})+)$/;

/** Reads a whole number within the range. */
export function readForeignWhole(
  value: unknown,
  where: string,
  [least, most]: readonly [least: bigint, most: bigint],
  fail: Fail,
): bigint {
  const problem = `must be a whole number from ${least} to ${most}, not ${shortJson(value)}`;
  const isNumber = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
  const text = isNumber ? String(value) : value;
  if (typeof text !== 'string' || !wholeText.test(text)) return fail(where, problem);
  const number = BigInt(text.replaceAll(/[,n]/g, ''));
  return number >= least && number <= most ? number : fail(where, problem);
}

/** Reads an executor param. Its names may begin with a small letter, as polkadot-js writes them. */
export function readForeignParam(param: unknown, where: string, fail: Fail): ExecutorParam {
  const [written, content] = variantOf(param) ?? fail(where, `must be an executor param, not ${shortJson(param)}`);
  const name = names.find((known) => plainName(known) === plainName(written));
  if (name === undefined) {
    return fail(
      where,
      `is an executor param that this version does not know: ${shortJson(written)}. It may decide the vote, so it can't be left out unseen. ` +
        `Update this tool, or remove the param if it does not matter to you. The known params are ${names.join(', ')}`,
    );
  }
  const inside = `${where}.${written}`;
  const { kinds, range } = executorParamForms[name];
  const parts = content === undefined || content === null ? [] : Array.isArray(content) ? content : [content];
  const expected = [...(kinds ? [`a kind (${kinds.join(' or ')})`] : []), ...(range ? ['a number'] : [])];
  if (parts.length !== expected.length) {
    return fail(inside, `must have ${expected.join(' and ') || 'no value'}, not ${shortJson(content)}`);
  }
  const at = (index: number) => (Array.isArray(content) ? `${inside}[${index}]` : inside);
  const last = parts.length - 1;
  return executorParamOf(
    name,
    kinds && readKind(parts[0], kinds, at(0), fail),
    range && readForeignWhole(parts[last], at(last), range, fail),
  );
}

function readKind(value: unknown, kinds: readonly string[], where: string, fail: Fail): string {
  const [written] = variantOf(value) ?? [''];
  const kind = kinds.find((known) => plainName(known) === plainName(written));
  return kind ?? fail(where, `must have the kind ${kinds.join(' or ')}, not ${shortJson(value)}`);
}

/** A variant of an enum in any notation: its name and its content. */
function variantOf(value: unknown): readonly [name: string, content?: unknown] | undefined {
  if (typeof value === 'string') return [value];
  if (!isObject(value)) return undefined;
  const { type } = value;
  if (typeof type === 'string') return [type, value['value']];
  const [entry, ...others] = Object.entries(value);
  return others.length === 0 ? entry : undefined;
}

export function shortJson(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  if (typeof value === 'bigint') return String(value);
  const text = JSON.stringify(value);
  return text.length > 60 ? `${firstCharacters(text, 60)}…` : text;
}
