/** A profile from `Configuration.ActiveConfig`, in the notations of polkadot-js, polkadot-api and genesis configs. */
import path from 'node:path';
import type { ExecutorParam } from '../polkadot/executor-params.ts';
import { type Fail, readForeignParam, readForeignWhole } from './foreign-json.ts';
import { findHostConfiguration, isObject, member } from './host-configuration.ts';
import { ConfigError, type JsonFile } from './json-file.ts';
import { BOMB_FACTOR, MAX_BOMB_LIMIT, type Profile, repeatsEarlierParam } from './profile-schema.ts';

/** Members that only profile files of this tool have. */
const ownMembers = ['name', 'source', 'date', 'bombLimit'] as const;

/**
 * Undefined when the file is a profile of this tool, or nothing that is known.
 * @throws ConfigError when it is a host configuration with unusable values, or in an encoded form
 */
export function profileFromActiveConfig(file: string, { value, modifiedMs }: JsonFile): Profile | undefined {
  const found = findHostConfiguration(value);
  if (found.kind === 'none') return undefined;
  if (found.kind === 'encoded') throw new ConfigError(`${file}: ${found.problem}.`);
  const { config, path: place } = found;
  if (place === '' && isOwnProfile(config)) return undefined;
  const at = (key: string) => (place === '' ? key : `${place}.${key}`);
  const fail: Fail = (where, problem) => {
    throw new ConfigError(`${file}: ${where} ${problem}.`);
  };
  const [sizeKey, size] = member(config, 'maxcodesize') ?? ['', undefined];
  const maxCodeSize = Number(readForeignWhole(size, at(sizeKey), [1n, BigInt(MAX_BOMB_LIMIT)], fail));
  const limit = member(config, 'validationcodebomblimit');
  const bombLimit =
    limit === undefined
      ? maxCodeSize * BOMB_FACTOR
      : Number(readForeignWhole(limit[1], at(limit[0]), [1n, BigInt(MAX_BOMB_LIMIT)], fail));
  if (bombLimit > MAX_BOMB_LIMIT) fail(at(sizeKey), `gives a bomb limit of ${bombLimit}, which must fit 32 bits`);
  const params = member(config, 'executorparams');
  return {
    name: path.basename(file).replace(/\.json$/i, ''),
    source: [
      `Configuration.ActiveConfig in ${file}${place === '' ? '' : ` (${place})`}`,
      ...(limit === undefined
        ? [`bomb limit not in it, taken as ${BOMB_FACTOR} times max_code_size (polkadot-sdk PR 7760)`]
        : []),
      ...(params === undefined ? ['executor params not in it, taken as the defaults'] : []),
      'date: last change of the file',
    ].join('; '),
    date: new Date(modifiedMs).toISOString().slice(0, 10),
    maxCodeSize,
    bombLimit,
    executorParams: params === undefined ? [] : readParams(params[1], at(params[0]), fail),
    pending: [],
    notes: [],
  };
}

function isOwnProfile(value: object): boolean {
  if (ownMembers.some((name) => Object.hasOwn(value, name))) return true;
  const { executorParams } = value as { readonly executorParams?: unknown };
  return Array.isArray(executorParams) && executorParams.some((param) => isObject(param) && 'name' in param);
}

function readParams(value: unknown, where: string, fail: Fail): ExecutorParam[] {
  if (!Array.isArray(value)) return fail(where, 'must be an array');
  const params = value.map((param: unknown, index) => readForeignParam(param, `${where}[${index}]`, fail));
  const repeated = params.findIndex((param, index) => repeatsEarlierParam(param, index, params));
  if (repeated >= 0) fail(`${where}[${repeated}]`, 'repeats an earlier param');
  return params;
}
