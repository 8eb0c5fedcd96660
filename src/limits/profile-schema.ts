import * as v from 'valibot';
import { omitUndefined } from '../base/omit-undefined.ts';
import type { ExecutorParam } from '../polkadot/executor-params.ts';
import { configObject, nonEmptyText, wholeNumber } from './config-schema.ts';
import { executorParamSchema } from './executor-param-json.ts';

/** `validation_code_bomb_limit` is this many times `max_code_size` (polkadot-sdk PR 7760). */
export const BOMB_FACTOR = 10;

/** The limit is a `u32` on the wire. */
export const MAX_BOMB_LIMIT = 0xffff_ffff;

const maxCodeSize = v.pipe(
  wholeNumber(1),
  v.description("`max_code_size` of the relay chain's host configuration: bytes as stored."),
);

/** The values that a relay chain may change: absent members have defaults, or are not known. */
const optionalValues = {
  bombLimit: v.exactOptional(
    v.pipe(
      wholeNumber(1),
      v.description(
        `\`validation_code_bomb_limit\`: bytes after decompression. Absent: ${BOMB_FACTOR} times \`maxCodeSize\`.`,
      ),
    ),
  ),
  executorParams: v.exactOptional(
    v.pipe(
      v.array(executorParamSchema, 'must be an array'),
      // The runtime rejects duplicates (`ExecutorParams::check_consistency`), so no relay chain has them.
      v.checkItems((...item) => !repeatsEarlierParam(...item), 'repeats an earlier param'),
      v.description('The executor params of the session.'),
    ),
  ),
  maxPovSize: known('`max_pov_size`: bytes of the proof that a collator may send with a block.'),
  blockLength: known(
    "Bytes of a relay block that the paras inherent may use: the runtime's constant `BlockLength`, mandatory.",
  ),
  upgradeCooldown: known('`validation_upgrade_cooldown`: relay blocks between two upgrades of a parachain.'),
  upgradeDelay: known('`validation_upgrade_delay`: relay blocks from an accepted upgrade to its enactment.'),
  minimumUpgradeDelay: known('`minimum_validation_upgrade_delay`: relay blocks that the delay has at least.'),
  votingTtl: known('`pvf_voting_ttl`: sessions after which a vote on a PVF ends without a result.'),
};

/** A profile file: the limits of a relay chain on some day, those in force and those that are scheduled. */
export const profileSchema = v.pipe(
  configObject({
    name: nonEmptyText(),
    source: v.pipe(nonEmptyText(), v.description('The source of the values.')),
    date: v.pipe(
      nonEmptyText(),
      v.regex(/^\d{4}-\d{2}-\d{2}$/, 'must look like 2026-11-23'),
      v.description('ISO 8601 day on which the values were read.'),
    ),
    maxCodeSize,
    ...optionalValues,
    pending: v.exactOptional(
      v.pipe(
        v.array(
          configObject({
            fromSession: v.exactOptional(v.pipe(wholeNumber(0), v.description('The session from which it holds.'))),
            maxCodeSize: v.exactOptional(maxCodeSize),
            ...optionalValues,
          }),
          'must be an array',
        ),
        v.description('Scheduled changes, the earliest first. Each has only the values that change.'),
      ),
    ),
    chain: v.exactOptional(v.pipe(nonEmptyText(), v.description('The spec name of the relay chain: `polkadot`.'))),
    specVersion: v.exactOptional(v.pipe(wholeNumber(0), v.description("Of the relay chain's runtime."))),
    block: v.exactOptional(
      v.pipe(
        configObject({
          number: wholeNumber(0),
          hash: v.pipe(nonEmptyText(), v.regex(/^0x[0-9a-f]{64}$/, 'must be 0x and 64 hex digits in lower case')),
        }),
        v.description('The block at which the values were read.'),
      ),
    ),
    session: v.exactOptional(v.pipe(wholeNumber(0), v.description('The session of that block.'))),
    rpc: v.exactOptional(v.pipe(nonEmptyText(), v.description('The RPC endpoint that the values were read from.'))),
    notes: v.exactOptional(
      v.pipe(
        v.array(nonEmptyText(), 'must be an array'),
        v.description('What is not known, or was derived: one clause each.'),
      ),
    ),
  }),
  v.transform(({ bombLimit, executorParams = [], pending = [], notes = [], ...given }) => {
    const active = { ...given, bombLimit: bombLimit ?? given.maxCodeSize * BOMB_FACTOR, executorParams };
    return { ...active, notes, pending: scheduledLimits(valuesOf(active), pending) };
  }),
  v.forward(
    v.check(({ bombLimit }) => bombLimit <= MAX_BOMB_LIMIT, 'must fit 32 bits'),
    ['bombLimit'],
  ),
  v.forward(
    v.check(({ pending }) => isInOrder(pending), 'must be in the order of their sessions'),
    ['pending'],
  ),
  v.forward(
    v.check(({ pending }) => pending.every(({ bombLimit }) => bombLimit <= MAX_BOMB_LIMIT), 'must fit 32 bits in each'),
    ['pending'],
  ),
);

/** The values of a relay chain that decide whether it takes a code. */
export interface LimitValues {
  /** Bytes as stored. */
  readonly maxCodeSize: number;
  /** Bytes after decompression. */
  readonly bombLimit: number;
  readonly executorParams: readonly ExecutorParam[];
  /** Bytes. Absent, as the members below: not known. */
  readonly maxPovSize?: number;
  /** Bytes. */
  readonly blockLength?: number;
  /** Relay blocks. */
  readonly upgradeCooldown?: number;
  /** Relay blocks. */
  readonly upgradeDelay?: number;
  /** Relay blocks. */
  readonly minimumUpgradeDelay?: number;
  /** Sessions. */
  readonly votingTtl?: number;
}

/** What will be in force. */
export interface PendingLimits extends LimitValues {
  /** Absent: not known. */
  readonly fromSession?: number;
}

/** The limits of a relay chain on some day. */
export interface Profile extends LimitValues {
  readonly name: string;
  /** The source of the values, for people. */
  readonly source: string;
  /** ISO 8601 day on which the values were read. */
  readonly date: string;
  /** All values from some session on, the earliest first. */
  readonly pending: readonly PendingLimits[];
  /** The spec name of the relay chain. */
  readonly chain?: string;
  readonly specVersion?: number;
  /** The block at which the values were read. */
  readonly block?: { readonly number: number; readonly hash: string };
  readonly session?: number;
  /** The RPC endpoint that the values were read from. */
  readonly rpc?: string;
  /** What is not known, or was derived: one clause each. */
  readonly notes: readonly string[];
}

function known(description: string) {
  return v.exactOptional(v.pipe(wholeNumber(0), v.description(description)));
}

function valuesOf(values: LimitValues): LimitValues {
  const { maxCodeSize, bombLimit, executorParams, maxPovSize, blockLength } = values;
  const { upgradeCooldown, upgradeDelay, minimumUpgradeDelay, votingTtl } = values;
  return {
    ...{ maxCodeSize, bombLimit, executorParams },
    ...omitUndefined({ maxPovSize, blockLength, upgradeCooldown, upgradeDelay, minimumUpgradeDelay, votingTtl }),
  };
}

/** The values that change, from a session on. */
export type ScheduledChange = Partial<LimitValues> & { readonly fromSession?: number };

/** Applies each change to the values before it. */
export function scheduledLimits(active: LimitValues, changes: readonly ScheduledChange[]): PendingLimits[] {
  let values = active;
  return changes.map(({ fromSession, ...change }) => {
    const { maxCodeSize = values.maxCodeSize } = change;
    // The runtime derives the bomb limit from the code size.
    const derived = maxCodeSize === values.maxCodeSize ? {} : { bombLimit: maxCodeSize * BOMB_FACTOR };
    values = { ...values, ...derived, ...change };
    return fromSession === undefined ? values : { ...values, fromSession };
  });
}

function isInOrder(changes: readonly { readonly fromSession?: number }[]): boolean {
  const sessions = changes.flatMap(({ fromSession }) => fromSession ?? []);
  return sessions.every((session, at) => at === 0 || session > (sessions[at - 1] ?? 0));
}

export function repeatsEarlierParam(param: ExecutorParam, index: number, all: readonly ExecutorParam[]): boolean {
  return all.findIndex((other) => kindOf(other) === kindOf(param)) !== index;
}

/** Timeouts may occur once per kind of job. */
function kindOf(param: ExecutorParam): string {
  const isTimeout = param.tag === 'PvfPrepTimeout' || param.tag === 'PvfExecTimeout';
  return isTimeout ? `${param.tag} ${param.value.kind}` : param.tag;
}
