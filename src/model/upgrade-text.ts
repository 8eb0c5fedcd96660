/** Where the upgrade of a parachain stands, in words. */
import { groupDigits } from '../base/units.ts';
import type { UpgradeStatus } from './report.ts';
import { relayBlocksText } from './upgrade/relay-time.ts';

/** So many validators decide a vote (`supermajority_threshold` of polkadot-primitives). */
export function votesToDecide(validators: number): number {
  return validators === 0 ? 0 : validators - Math.floor((validators - 1) / 3);
}

/**
 * One line of clauses: `vote: 12 of 30 validators for, 1 against, 21 decide`.
 * @param block the number of the relay block at which the status was read
 */
export function upgradeText(status: UpgradeStatus, block: number): string {
  const clauses = [voteText(status), signalText(status), enactmentText(status, block)].filter((text) => text !== '');
  if (clauses.length === 0) clauses.push('no upgrade in flight');
  return [...clauses, restrictionText(status, block)].filter((text) => text !== '').join('; ');
}

function voteText({ vote }: UpgradeStatus): string {
  if (vote === undefined) return '';
  const { accept, reject, validators, sessions } = vote;
  const counts = `vote: ${accept} of ${validators} validators for, ${reject} against, ${votesToDecide(validators)} decide`;
  return sessions === 0 ? counts : `${counts}, running for ${sessions} session${sessions === 1 ? '' : 's'}`;
}

function signalText({ goAhead }: UpgradeStatus): string {
  if (goAhead === undefined) return '';
  return goAhead === 'abort'
    ? 'the relay chain aborted the upgrade'
    : 'go-ahead: the parachain applies the upgrade with its next block';
}

function enactmentText({ futureCodeHash, enactedAt, goAhead, vote }: UpgradeStatus, block: number): string {
  if (goAhead !== undefined) return '';
  if (enactedAt === undefined) {
    return futureCodeHash === undefined || vote !== undefined ? '' : 'accepted, not scheduled yet';
  }
  if (enactedAt <= block) return `accepted, may be applied since block ${groupDigits(enactedAt)}`;
  return `accepted, may be applied from block ${groupDigits(enactedAt)}, in ${relayBlocksText(enactedAt - block)}`;
}

function restrictionText({ cooldownUntil, isRestricted }: UpgradeStatus, block: number): string {
  if (cooldownUntil !== undefined && cooldownUntil > block) {
    return `no new upgrade before block ${groupDigits(cooldownUntil)}, in ${relayBlocksText(cooldownUntil - block)}`;
  }
  return isRestricted ? 'the relay chain takes no new upgrade now' : '';
}
