/** What differs between two profiles, for people. */
import { formatBytes, groupDigits } from '../base/units.ts';
import { type ExecutorParam, executorParamContent } from '../polkadot/executor-params.ts';
import type { LimitValues, Profile } from './profile.ts';

export interface ValueChange {
  /** `code size` */
  readonly label: string;
  /** `3.00 MiB` */
  readonly was: string;
  readonly now: string;
}

const NOT_KNOWN = 'not known';

type Row = readonly [label: string, text: (values: LimitValues) => string];

const rows: readonly Row[] = [
  ['code size', ({ maxCodeSize }) => formatBytes(maxCodeSize)],
  ['raw code size', ({ bombLimit }) => formatBytes(bombLimit)],
  ['executor params', ({ executorParams }) => executorParams.map(paramText).sort().join(', ') || 'the defaults'],
  ['PoV size', ({ maxPovSize }) => (maxPovSize === undefined ? NOT_KNOWN : formatBytes(maxPovSize))],
  ['block length', ({ blockLength }) => (blockLength === undefined ? NOT_KNOWN : formatBytes(blockLength))],
  ['upgrade cooldown', ({ upgradeCooldown }) => countText(upgradeCooldown, 'relay blocks')],
  ['upgrade delay', ({ upgradeDelay }) => countText(upgradeDelay, 'relay blocks')],
  ['minimum upgrade delay', ({ minimumUpgradeDelay }) => countText(minimumUpgradeDelay, 'relay blocks')],
  ['voting time', ({ votingTtl }) => countText(votingTtl, 'sessions')],
];

/** The values in force that differ, then those that each scheduled change brings. */
export function profileChanges(before: Profile, after: Profile): ValueChange[] {
  const scheduled = after.pending.flatMap((pending, at) => {
    const from = pending.fromSession === undefined ? 'scheduled' : `from session ${groupDigits(pending.fromSession)}`;
    const earlier = after.pending[at - 1] ?? after;
    return differences(earlier, pending).map((change) => ({ ...change, label: `${change.label}, ${from}` }));
  });
  return [...differences(before, after), ...scheduled];
}

function differences(before: LimitValues, after: LimitValues): ValueChange[] {
  return rows.flatMap(([label, text]) => {
    const [was, now] = [text(before), text(after)];
    return was === now ? [] : [{ label, was, now }];
  });
}

function countText(value: number | undefined, unit: string): string {
  return value === undefined ? NOT_KNOWN : `${groupDigits(value)} ${unit}`;
}

/** `PvfPrepTimeout Precheck 60000` */
function paramText(param: ExecutorParam): string {
  const { kind, value } = executorParamContent(param);
  return [param.tag, kind, value].filter((part) => part !== undefined).join(' ');
}
