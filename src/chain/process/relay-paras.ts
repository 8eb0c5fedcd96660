/** The parachains of a relay chain, on-demand ones too, and where their upgrades stand. */
import { omitUndefined } from '../../base/omit-undefined.ts';
import type { UpgradeStatus } from '../../model/report.ts';
import type { ChainPara } from '../chain-reader.ts';
import { codesOf } from './codes.ts';
import { goAheadOf, hashOf, isPresent, pairs, whole } from './decoded.ts';
import type { OpenedChain, RelayPallets } from './open.ts';
import { votesByPara } from './relay-votes.ts';
import type { Entry } from './runtime.ts';

/** A few round trips, however many parachains there are. */
export async function relayParas({ runtime }: OpenedChain, { paras }: RelayPallets): Promise<readonly ChainPara[]> {
  const map = async <T>(name: string, read: (value: unknown, place: string) => T): Promise<ReadonlyMap<number, T>> => {
    const entry: Entry = [paras, name];
    const place = entry.join('.');
    const found = await runtime.entries(entry);
    return new Map(found.map(([id, value]) => [whole(id, place), read(value, `${place}(${whole(id, place)})`)]));
  };
  const list = async (name: string): Promise<ReadonlyMap<number, number>> => {
    const place = `${paras}.${name}`;
    return new Map(pairs((await runtime.value([paras, name])) ?? [], place));
  };
  const [current, future, upgrades, upgradesAt, goAhead, restriction, cooldowns, votes] = await Promise.all([
    map('CurrentCodeHash', hashOf),
    map('FutureCodeHash', hashOf),
    map('FutureCodeUpgrades', whole),
    list('FutureCodeUpgradesAt'),
    map('UpgradeGoAheadSignal', goAheadOf),
    map('UpgradeRestrictionSignal', isPresent),
    list('UpgradeCooldowns'),
    votesByPara(runtime, paras),
  ]);
  // A parachain that is not yet onboarded has only a vote.
  const ids = [...new Set([...current.keys(), ...future.keys(), ...votes.keys()])].sort((a, b) => a - b);
  return ids.map((id) => {
    const upgrade: UpgradeStatus = omitUndefined({
      currentCodeHash: current.get(id),
      futureCodeHash: future.get(id),
      enactedAt: upgrades.get(id) ?? upgradesAt.get(id),
      vote: votes.get(id),
      cooldownUntil: cooldowns.get(id),
      goAhead: goAhead.get(id),
      isRestricted: restriction.get(id),
    });
    return { id, upgrade, codes: codesOf(upgrade) };
  });
}
