/** A profile from `Configuration.ActiveConfig`, in the notations of polkadot-js, polkadot-api and genesis configs. */
import path from 'node:path';
import { type Fail, readForeignWhole, shortJson } from './foreign-json.ts';
import { type Found, findHostConfiguration, isObject } from './host-configuration.ts';
import { readHostConfiguration } from './host-configuration-values.ts';
import { ConfigError, type JsonFile } from './json-file.ts';
import {
  BOMB_FACTOR,
  type LimitValues,
  MAX_BOMB_LIMIT,
  type Profile,
  type ScheduledChange,
  scheduledLimits,
} from './profile-schema.ts';

/** Members that only profile files of this tool have. */
const ownMembers = ['name', 'source', 'date', 'bombLimit'] as const;

/** A relay chain has at most two scheduled configurations (`configuration` pallet). */
const MAX_PENDING = 16;

/**
 * Undefined when the file is a profile of this tool, or nothing that is known.
 * @throws ConfigError when it is a host configuration with unusable values, or in an encoded form
 */
export function profileFromActiveConfig(file: string, { value, modifiedMs }: JsonFile): Profile | undefined {
  const found = findHostConfiguration(value);
  if (found.kind === 'none') return undefined;
  if (found.kind === 'encoded') throw new ConfigError(`${file}: ${found.problem}.`);
  const { config } = found;
  if (config.path === '' && isOwnProfile(config.value)) return undefined;
  const fail: Fail = (where, problem) => {
    throw new ConfigError(`${file}: ${where} ${problem}.`);
  };
  const given = readHostConfiguration(config, fail);
  const active = { ...given, ...derived(given) };
  checkBombLimit(active, config.path, fail);
  const pending = scheduledLimits(active, readPending(found.pending, fail));
  for (const limits of pending) checkBombLimit(limits, found.pending?.path ?? '', fail);
  return {
    name: path.basename(file).replace(/\.json$/i, ''),
    source: `Configuration.ActiveConfig in ${file}${config.path === '' ? '' : ` (${config.path})`}`,
    date: new Date(modifiedMs).toISOString().slice(0, 10),
    ...active,
    pending,
    notes: notesOn(given, found.pending !== undefined),
  };
}

/** What a host configuration may lack. */
function derived({ maxCodeSize, bombLimit, executorParams }: ReturnType<typeof readHostConfiguration>) {
  return { bombLimit: bombLimit ?? maxCodeSize * BOMB_FACTOR, executorParams: executorParams ?? [] };
}

function notesOn({ bombLimit, executorParams }: Partial<LimitValues>, hasPending: boolean): string[] {
  return [
    ...(bombLimit === undefined
      ? [`the file has no bomb limit: taken as ${BOMB_FACTOR} times max_code_size (polkadot-sdk PR 7760)`]
      : []),
    ...(executorParams === undefined ? ['the file has no executor params: taken as the defaults'] : []),
    ...(hasPending ? [] : ['the file has no PendingConfigs: scheduled changes are not known']),
    'the date is that of the last change of the file',
  ];
}

/** The tuples `[session, configuration]` of `Configuration.PendingConfigs`, in the order of their sessions. */
function readPending(found: Found<unknown> | undefined, fail: Fail): readonly ScheduledChange[] {
  if (found === undefined) return [];
  const { path: place, value } = found;
  if (!Array.isArray(value)) return fail(place, `must be an array, not ${shortJson(value)}`);
  if (value.length > MAX_PENDING) return fail(place, `has ${value.length} entries, more than ${MAX_PENDING}`);
  const changes = value.map((entry: unknown, index): ScheduledChange & { readonly fromSession: number } => {
    const at = `${place}[${index}]`;
    if (!Array.isArray(entry) || entry.length !== 2 || !isObject(entry[1])) {
      return fail(at, 'must be a session and a host configuration');
    }
    const fromSession = Number(readForeignWhole(entry[0], `${at}[0]`, [0n, 0xffff_ffffn], fail));
    return { ...readHostConfiguration({ path: `${at}[1]`, value: entry[1] }, fail), fromSession };
  });
  return changes.sort((a, b) => a.fromSession - b.fromSession);
}

function checkBombLimit({ bombLimit }: Pick<LimitValues, 'bombLimit'>, place: string, fail: Fail): void {
  if (bombLimit <= MAX_BOMB_LIMIT) return;
  fail(place === '' ? 'maxCodeSize' : place, `gives a bomb limit of ${bombLimit}, which must fit 32 bits`);
}

function isOwnProfile(value: object): boolean {
  if (ownMembers.some((name) => Object.hasOwn(value, name))) return true;
  const { executorParams } = value as { readonly executorParams?: unknown };
  return Array.isArray(executorParams) && executorParams.some((param) => isObject(param) && 'name' in param);
}
