/** The limits of a relay chain: those in force in the session, and those that are scheduled. */
import { isDeepStrictEqual } from 'node:util';
import { omitUndefined } from '../../base/omit-undefined.ts';
import { isObject, member } from '../../limits/host-configuration.ts';
import { readHostConfiguration } from '../../limits/host-configuration-values.ts';
import type { LimitValues, PendingLimits, Profile } from '../../limits/profile.ts';
import type { ExecutorParam } from '../../polkadot/executor-params.ts';
import { whole } from './decoded.ts';
import type { OpenedChain, RelayPallets } from './open.ts';
import { failOnValue, otherEndpoint, ReadFailure } from './read-failure.ts';
import type { Runtime } from './runtime.ts';

const API = 'ParachainHost';

/**
 * The limit of nodes whose relay chain does not tell one: `VALIDATION_CODE_BOMB_LIMIT`, four times the `MAX_CODE_SIZE` of
 * 3 MiB (polkadot-node-primitives before 20.0.0). Nodes that were built with 5 MiB allow more.
 */
const OLD_BOMB_LIMIT = 4 * 3 * 1024 * 1024;

/** Everything of a profile that the state of a relay chain decides. */
export type ChainLimits = LimitValues & Pick<Profile, 'pending' | 'notes' | 'session'>;

export async function relayLimits({ runtime }: OpenedChain, { configuration }: RelayPallets): Promise<ChainLimits> {
  const [active, scheduled, session, bomb] = await Promise.all([
    runtime.value([configuration, 'ActiveConfig']),
    runtime.value([configuration, 'PendingConfigs']),
    sessionOf(runtime),
    told(runtime, 'validation_code_bomb_limit'),
  ]);
  const place = `${configuration}.ActiveConfig`;
  const host = hostConfiguration(active, place);
  const params = await sessionParams(runtime, session);
  const limitOf = bombLimits(bomb, host.maxCodeSize);
  const blockLength = blockLengthOf(runtime);
  const complete = (values: ReturnType<typeof hostConfiguration>): LimitValues => ({
    ...values,
    bombLimit: limitOf(values.maxCodeSize),
    executorParams: values.executorParams ?? [],
    ...omitUndefined({ blockLength }),
  });
  const later = complete(host);
  const inForce = { ...later, executorParams: params ?? later.executorParams };
  return {
    ...inForce,
    session,
    pending: changes(inForce, [
      // A session takes its params from the configuration when it starts. A migration may have changed that since.
      { ...later, fromSession: session + 1 },
      ...pendingConfigs(scheduled, `${configuration}.PendingConfigs`, session).map(({ fromSession, config }) => ({
        ...complete(config),
        fromSession,
      })),
    ]),
    notes: [
      ...(bomb === undefined
        ? [
            `the runtime does not tell the bomb limit (${API}.validation_code_bomb_limit): taken as ${OLD_BOMB_LIMIT}, the constant of nodes before 2025`,
          ]
        : []),
      ...(params === undefined
        ? [`the runtime does not tell the executor params of session ${session}: taken from ${place}`]
        : []),
      ...(blockLength === undefined ? ['the runtime does not tell the block length'] : []),
    ],
  };
}

function hostConfiguration(config: unknown, place: string) {
  if (!isObject(config)) return failOnValue(place, 'has no value');
  const [, size] = member(config, 'maxcodesize') ?? [];
  if (size === 0) {
    throw new ReadFailure(
      `${place} has a max_code_size of 0, so the chain takes no code. The state of the node is empty or not complete`,
      'Give the address of a node that has synchronized',
    );
  }
  return readHostConfiguration({ path: place, value: config }, failOnValue);
}

/** In the order of their sessions. Each has all values. */
function pendingConfigs(value: unknown, place: string, session: number) {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return failOnValue(place, 'is no list');
  const configs = value.map((entry: unknown, at) => {
    if (!Array.isArray(entry)) return failOnValue(`${place}[${at}]`, 'is no pair');
    // What was due earlier applies when the next session starts.
    const fromSession = Math.max(whole(entry[0], `${place}[${at}]`), session + 1);
    return { fromSession, config: hostConfiguration(entry[1], `${place}[${at}]`) };
  });
  return configs.sort((a, b) => a.fromSession - b.fromSession);
}

/** Leaves out what changes no limit. Of two changes in one session, the later one holds. */
function changes(
  inForce: LimitValues,
  all: readonly (LimitValues & { readonly fromSession: number })[],
): PendingLimits[] {
  const found: PendingLimits[] = [];
  let before = inForce;
  const last = all.filter(({ fromSession }, at) => all[at + 1]?.fromSession !== fromSession);
  for (const { fromSession, ...values } of last) {
    if (!isDeepStrictEqual(values, before)) found.push({ ...values, fromSession });
    before = values;
  }
  return found;
}

/** The bomb limit that goes with a code size. A runtime that tells it derives it from that size (polkadot-sdk PR 7760). */
function bombLimits(told: unknown, maxCodeSize: number): (size: number) => number {
  if (told === undefined) return () => OLD_BOMB_LIMIT;
  const limit = whole(told, `${API}.validation_code_bomb_limit`);
  if (limit === 0) return failOnValue(`${API}.validation_code_bomb_limit`, 'is 0');
  return (size) => Math.min(Math.floor((limit / maxCodeSize) * size), 0xffff_ffff);
}

async function sessionOf(runtime: Runtime): Promise<number> {
  const name = 'session_index_for_child';
  const shared = runtime.palletWith('CurrentSessionIndex');
  const index = (await told(runtime, name)) ?? (shared && (await runtime.value([shared, 'CurrentSessionIndex'])));
  if (index === undefined)
    throw new ReadFailure(`the runtime does not tell its session (${API}.${name})`, otherEndpoint);
  return whole(index, `${API}.${name}`);
}

/** The params that validators use for votes in this session. Undefined: the runtime does not tell them. */
async function sessionParams(runtime: Runtime, session: number): Promise<readonly ExecutorParam[] | undefined> {
  const place = `${API}.session_executor_params`;
  const params = await told(runtime, 'session_executor_params', session);
  if (params === undefined) return undefined;
  // The reader of a host configuration reads its params, too.
  const value = { max_code_size: 1, executor_params: params };
  return readHostConfiguration({ path: place, value }, failOnValue).executorParams;
}

/** The part of a block that inherents may use, which bring new codes. */
function blockLengthOf(runtime: Runtime): number | undefined {
  const length = runtime.constant('System', 'BlockLength');
  if (!isObject(length)) return undefined;
  // Newer runtimes have more members beside `max`. The decoder leaves out a struct around a single member.
  const { max, mandatory } = length;
  const limit = isObject(max) ? max['mandatory'] : mandatory;
  return limit === undefined ? undefined : whole(limit, 'System.BlockLength');
}

/** Undefined: the runtime has no such function, or it gives nothing. */
async function told(runtime: Runtime, method: string, ...args: readonly unknown[]): Promise<unknown> {
  return runtime.hasCall(API, method) ? runtime.call(API, method, ...args) : undefined;
}
