/**
 * The table of the values that a profile has. `pvf limits` and the editor show them from here. To add a value, add a row. No
 * schema is imported here, so the extension's bundle may have it.
 */
import { formatBlocks, formatBytesExactly, formatSeconds, groupDigits } from '../base/units.ts';
import type { ProfileFigure, ProfileSummary, ProfileValueUnit } from '../model/profile-summary.ts';
import type { ExecutorParamSummary } from '../model/report.ts';
import type { ExecutorParam } from '../polkadot/executor-params.ts';
import { defaultPrepTimeoutMs, maxMemoryIn, type PrepTimeoutKind, prepTimeoutIn } from '../polkadot/prep-params.ts';
import type { LimitValues, Profile } from './profile.ts';

type AmountUnit = Exclude<ProfileValueUnit, 'params'>;

interface Row {
  /** Stable, kebab-case. */
  readonly id: string;
  /** `Code size` */
  readonly label: string;
  readonly unit: ProfileValueUnit;
  /** One sentence that says who enforces the value, and what happens. */
  readonly about: string;
  readonly of: (values: LimitValues) => ProfileFigure;
}

const rows = [
  amount('code-size', 'Code size', 'bytes', {
    about: 'The relay chain refuses a larger code as stored, before any validator sees it (max_code_size).',
    of: ({ maxCodeSize }) => maxCodeSize,
  }),
  amount('raw-code-size', 'Raw code size', 'bytes', {
    about: 'Validators stop decompressing here, and vote against the code (validation_code_bomb_limit).',
    of: ({ bombLimit }) => bombLimit,
  }),
  prepTimeout('precheck-timeout', 'Pre-check timeout', 'Precheck', {
    about:
      'Validators stop the preparation before the vote at this CPU time, and vote against the code (PvfPrepTimeout).',
  }),
  prepTimeout('lenient-timeout', 'Lenient timeout', 'Prepare', {
    about: 'Validators that prepare an accepted code again, to execute it, stop at this CPU time (PvfPrepTimeout).',
  }),
  amount('memory', 'Memory', 'bytes', {
    about: 'Validators stop the preparation above this memory, and vote against the code (PrecheckingMaxMemory).',
    of: ({ executorParams }) => maxMemoryIn(executorParams),
    absent: 'no limit',
  }),
  amount('pov-size', 'PoV size', 'bytes', {
    about:
      'Validators refuse a block whose proof is larger; that of an upgrade has the old and the new code (max_pov_size).',
    of: ({ maxPovSize }) => maxPovSize,
  }),
  amount('block-length', 'Block length', 'bytes', {
    about:
      'Backed candidates share this room in a relay block; the one that announces an upgrade has the new code in it.',
    of: ({ blockLength }) => blockLength,
  }),
  amount('upgrade-cooldown', 'Upgrade cooldown', 'blocks', {
    about: 'The relay chain refuses an upgrade within so many blocks after the last one (validation_upgrade_cooldown).',
    of: ({ upgradeCooldown }) => upgradeCooldown,
  }),
  amount('upgrade-delay', 'Upgrade delay', 'blocks', {
    about:
      'The relay chain switches to an accepted code so many blocks after it was announced (validation_upgrade_delay).',
    of: ({ upgradeDelay }) => upgradeDelay,
  }),
  amount('minimum-upgrade-delay', 'Minimum delay', 'blocks', {
    about: 'But it does not switch sooner than so many blocks after the vote (minimum_validation_upgrade_delay).',
    of: ({ minimumUpgradeDelay }) => minimumUpgradeDelay,
  }),
  amount('voting-ttl', 'Voting TTL', 'sessions', {
    about: 'The relay chain rejects a code whose vote has no result after so many session changes (pvf_voting_ttl).',
    of: ({ votingTtl }) => votingTtl,
  }),
  {
    id: 'executor-params',
    label: 'Executor params',
    unit: 'params',
    about: 'Validators prepare and execute code with these params; what is not in the list has its default.',
    of: ({ executorParams }) => ({
      value: executorParams.map(summaryOf),
      lines: executorParams.length === 0 ? ['none: all have their defaults'] : executorParams.map(paramText),
    }),
  },
] satisfies readonly Row[];

/** In reading order. */
export const profileValues: readonly Row[] = rows;

/** A profile with the texts of all its values. */
export function summarizeProfile({ executorParams, pending, notes, ...profile }: Profile): ProfileSummary {
  const { name, source, date, chain, specVersion, block, session, rpc } = profile;
  const active = { ...profile, executorParams };
  return {
    ...{ name, source, date, notes },
    ...(chain !== undefined && { chain }),
    ...(specVersion !== undefined && { specVersion }),
    ...(block && { block }),
    ...(session !== undefined && { session }),
    ...(rpc !== undefined && { rpc }),
    values: profileValues.map(({ of, ...row }) => ({ ...row, active: of(active), pending: pending.map(of) })),
    pending: pending.map(({ fromSession }) => (fromSession === undefined ? {} : { fromSession })),
  };
}

interface Amount {
  readonly about: string;
  readonly of: (values: LimitValues) => number | undefined;
  /** What an absent value means. Absent: it is not known. */
  readonly absent?: string;
}

function amount(id: string, label: string, unit: AmountUnit, { about, of, absent = 'not known' }: Amount): Row {
  return {
    ...{ id, label, unit, about },
    of: (values) => {
      const value = of(values);
      return value === undefined ? { lines: [absent] } : { value, lines: [amountTexts[unit](value)] };
    },
  };
}

function prepTimeout(id: string, label: string, kind: PrepTimeoutKind, { about }: Pick<Amount, 'about'>): Row {
  return {
    ...{ id, label, unit: 'ms', about },
    of: ({ executorParams }) => {
      const own = prepTimeoutIn(executorParams, kind);
      const value = own ?? defaultPrepTimeoutMs[kind];
      return { value, lines: [`${formatSeconds(value)}${own === undefined ? ' (default)' : ''}`] };
    },
  };
}

const amountTexts: Readonly<Record<AmountUnit, (value: number) => string>> = {
  bytes: formatBytesExactly,
  ms: formatSeconds,
  blocks: formatBlocks,
  sessions: (value) => `${groupDigits(value)} session${value === 1 ? '' : 's'}`,
};

function summaryOf({ tag, value }: ExecutorParam): ExecutorParamSummary {
  switch (typeof value) {
    case 'undefined':
      return { name: tag };
    case 'number':
      return { name: tag, value };
    case 'bigint':
      return { name: tag, value: value.toString() };
    case 'string':
      return { name: tag, kind: value };
    default:
      return { name: tag, kind: value.kind, value: value.millis.toString() };
  }
}

/** `PvfPrepTimeout(Precheck)=60000` */
function paramText(param: ExecutorParam): string {
  const { name, kind, value } = summaryOf(param);
  return `${name}${kind === undefined ? '' : `(${kind})`}${value === undefined ? '' : `=${value}`}`;
}
