/**
 * Finds the host configuration of a relay chain (`Configuration.ActiveConfig`) in JSON of other tools: the value itself,
 * the answer of an RPC or a REST API, or a plain chain spec.
 */
import { omitUndefined } from '../base/omit-undefined.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A value in the file. `path`: the members that lead to it, such as `genesis.runtimeGenesis.patch.configuration.config`. */
export interface Found<Value> {
  readonly path: string;
  readonly value: Value;
}

export type HostConfiguration =
  | {
      readonly kind: 'found';
      readonly config: Found<JsonObject>;
      /** `Configuration.PendingConfigs`, beside the configuration or one of the members around it. */
      readonly pending?: Found<unknown>;
    }
  /** The file holds it in a form that this tool does not read. `problem`: a clause with the remedy. */
  | { readonly kind: 'encoded'; readonly problem: string }
  | { readonly kind: 'none' };

/** Members that may lead to the configuration, in lower case and without `_`, `.` and `-`. */
const wrappers: ReadonlySet<string> = new Set([
  'result',
  'data',
  'value',
  'query',
  'activeconfig',
  'configuration',
  'configurationactiveconfig',
  'config',
  'genesis',
  'runtime',
  'runtimegenesis',
  'runtimegenesisconfig',
  'patch',
]);

/** A chain spec of polkadot-sdk has the configuration five levels deep. */
const MAX_DEPTH = 8;

export function findHostConfiguration(file: object): HostConfiguration {
  let level: readonly Step[] = [{ value: file as JsonObject, path: '' }];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth += 1) {
    const found = level.find(({ value }) => member(value, 'maxcodesize') !== undefined);
    if (found !== undefined) {
      return { kind: 'found', config: found, ...omitUndefined({ pending: pendingBeside(found) }) };
    }
    level = level.flatMap((outer) =>
      Object.entries(outer.value).flatMap(([key, value]) =>
        wrappers.has(plainName(key)) && isObject(value) ? [{ value, path: joined(outer.path, key), outer }] : [],
      ),
    );
  }
  return encodedForm(file as JsonObject);
}

interface Step extends Found<JsonObject> {
  /** The object that has it as a member. */
  readonly outer?: Step;
}

function pendingBeside(step: Step): Found<unknown> | undefined {
  const found = member(step.value, 'pendingconfigs') ?? member(step.value, 'configurationpendingconfigs');
  if (found !== undefined) return { path: joined(step.path, found[0]), value: found[1] };
  return step.outer && pendingBeside(step.outer);
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** The member of that name in camelCase, snake_case or with a capital letter. @param name as `plainName` returns it */
export function member(object: JsonObject, name: string): readonly [key: string, value: unknown] | undefined {
  return Object.entries(object).find(([key]) => plainName(key) === name);
}

/** `max_code_size`, `maxCodeSize` and `MaxCodeSize` are one name. */
export function plainName(key: string): string {
  return key.replaceAll(/[-_.]/g, '').toLowerCase();
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const readable = 'Give Configuration.ActiveConfig as polkadot-js or polkadot-api decodes it';

function encodedForm(file: JsonObject): HostConfiguration {
  const { genesis, result } = file;
  if (isObject(genesis)) {
    if (isObject(genesis['raw'])) {
      return {
        kind: 'encoded',
        problem: `this is a raw chain spec, whose storage is encoded. ${readable}, or the plain chain spec of the relay chain`,
      };
    }
    return {
      kind: 'encoded',
      problem: `this is a chain spec without a host configuration. Only that of a relay chain has one (configuration.config). ${readable}`,
    };
  }
  if (typeof result === 'string' && /^0x[0-9a-f]*$/i.test(result)) {
    return { kind: 'encoded', problem: `result is an encoded storage value. ${readable}` };
  }
  if (isObject(file['error']) && file['jsonrpc'] !== undefined) {
    return { kind: 'encoded', problem: `this is the error of an RPC call. ${readable}` };
  }
  return { kind: 'none' };
}
