import type { ExecutorParam } from '../polkadot/executor-params.ts';
import { parseExecutorParam } from './executor-param-json.ts';
import { ConfigError, type JsonObject, readJsonObject, refuseUnknownMembers, text, wholeNumber } from './json-file.ts';
import { BOMB_FACTOR, builtInProfiles, type Profile } from './profile.ts';

const members = ['name', 'source', 'date', 'maxCodeSize', 'bombLimit', 'executorParams'];

/** The profile of that name, else of that JSON file. Rejects with `ConfigError`. */
export async function loadProfile(nameOrPath: string): Promise<Profile> {
  const builtIn = builtInProfiles.find(({ name }) => name === nameOrPath);
  if (builtIn) return builtIn;
  if (!/[./\\]/.test(nameOrPath)) {
    const names = builtInProfiles.map(({ name }) => name).join(', ');
    throw new ConfigError(
      `There is no profile ${nameOrPath}; there are ${names}, and a path names a profile of yours.`,
    );
  }
  return parseProfile(nameOrPath, await readJsonObject(nameOrPath, 'profile'));
}

/** @param path for messages */
export function parseProfile(path: string, object: JsonObject): Profile {
  refuseUnknownMembers(path, object, members);
  const maxCodeSize = wholeNumber(path, object, 'maxCodeSize', 1);
  const bombLimit =
    object['bombLimit'] === undefined ? maxCodeSize * BOMB_FACTOR : wholeNumber(path, object, 'bombLimit', 1);
  if (bombLimit > 0xffff_ffff) throw new ConfigError(`${path}: bombLimit must fit 32 bits.`);
  const date = text(path, object, 'date');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new ConfigError(`${path}: date must look like 2026-11-23.`);
  return {
    name: text(path, object, 'name'),
    source: text(path, object, 'source'),
    date,
    maxCodeSize,
    bombLimit,
    executorParams: executorParams(path, object['executorParams'] ?? []),
  };
}

function executorParams(path: string, value: unknown): ExecutorParam[] {
  if (!Array.isArray(value)) throw new ConfigError(`${path}: executorParams must be an array.`);
  const params = value.map((item, at) => parseExecutorParam(`${path}: executorParams[${at}]`, item));
  const names = params.map((param) => JSON.stringify([param.tag, kindOf(param)]));
  // The runtime refuses duplicates (`ExecutorParams::check_consistency`), so no relay chain has them.
  if (new Set(names).size < names.length) throw new ConfigError(`${path}: an executor param stands there twice.`);
  return params;
}

function kindOf(param: ExecutorParam): string | undefined {
  return param.tag === 'PvfPrepTimeout' || param.tag === 'PvfExecTimeout' ? param.value.kind : undefined;
}
