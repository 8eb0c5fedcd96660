/** What the relay chain checks, and when (pallets `paras` and `configuration`, and the parachain's `parachain-system`). */
import { formatBytesExactly, groupDigits } from '../../base/units.ts';
import type { UpgradeStatus } from '../report.ts';
import type { ChainFacts, UpgradeStep } from '../upgrade-checklist.ts';
import { votesToDecide } from '../upgrade-text.ts';
import { isForParachain, sentences, stepsOf, type UpgradeFacts } from './facts.ts';
import { aboutBlocks, relayBlocksText } from './relay-time.ts';

const step = stepsOf('relay-chain');

/** `MIN_CODE_SIZE` of polkadot-primitives. */
const MIN_CODE_SIZE = 9;

/** None for a relay chain or a solo chain. */
export function relaySteps(facts: UpgradeFacts): readonly UpgradeStep[] {
  if (!isForParachain(facts)) return [];
  return [
    codeSizeStep(facts),
    ...inFlightSteps(facts),
    restrictionStep(facts),
    cooldownStep(facts),
    voteStep(facts),
    delayStep(facts),
    goAheadStep(facts),
  ];
}

function codeSizeStep({ report, limits }: UpgradeFacts): UpgradeStep {
  const { storedBytes } = report.runtime;
  const size = formatBytesExactly(storedBytes);
  if (storedBytes < MIN_CODE_SIZE)
    return step('code-size', 'blocked', `${size} is under the least, ${MIN_CODE_SIZE} B.`);
  if (storedBytes > limits.maxCodeSize) {
    return step('code-size', 'blocked', `${size} is over max_code_size, ${formatBytesExactly(limits.maxCodeSize)}.`);
  }
  const lower = limits.pending.find(({ maxCodeSize }) => storedBytes > maxCodeSize);
  if (lower !== undefined) {
    const from = lower.fromSession === undefined ? 'soon' : `from session ${groupDigits(lower.fromSession)} on`;
    const limit = formatBytesExactly(lower.maxCodeSize);
    return step('code-size', 'blocked', `${size} is over what max_code_size is ${from}, ${limit}.`);
  }
  return step('code-size', 'done', `${size} is within max_code_size, ${formatBytesExactly(limits.maxCodeSize)}.`);
}

function statusOf({ chain }: UpgradeFacts): UpgradeStatus | undefined {
  return chain?.para?.upgrade;
}

function isUnderWay(facts: UpgradeFacts): boolean {
  const { vote, futureCodeHash } = statusOf(facts) ?? {};
  return (vote?.codeHash ?? futureCodeHash) === facts.report.runtime.codeHash;
}

function inFlightSteps(facts: UpgradeFacts): UpgradeStep[] {
  const status = statusOf(facts);
  if (status === undefined) return [];
  const known = status.vote?.codeHash ?? status.futureCodeHash;
  if (known === undefined) return [step('in-flight', 'done', 'No other upgrade is under way.')];
  if (isUnderWay(facts)) return [step('in-flight', 'done', 'The upgrade to this code is under way.')];
  return [step('in-flight', 'blocked', `The upgrade to another code, ${known}, is under way. It has to end first.`)];
}

/** The relay chain sets the signal with the announcement and takes it back when the cooldown ends. */
function restrictionStep(facts: UpgradeFacts): UpgradeStep {
  const status = statusOf(facts);
  const effect = 'the parachain refuses a code with ProhibitedByPolkadot';
  if (status === undefined) {
    return step(
      'restriction',
      'unknown',
      `As long as the relay chain restricts upgrades of the parachain, ${effect}.`,
      'Give --rpc of the relay chain, and --para.',
    );
  }
  if (status.isRestricted === undefined)
    return step('restriction', 'done', 'The relay chain does not restrict upgrades.');
  return isUnderWay(facts)
    ? step('restriction', 'done', 'The relay chain restricts further upgrades, because this one is under way.')
    : step('restriction', 'blocked', `The relay chain restricts upgrades of the parachain now: ${effect}.`);
}

function cooldownStep(facts: UpgradeFacts): UpgradeStep {
  const { chain, limits } = facts;
  const { upgradeCooldown } = limits;
  const status = statusOf(facts);
  const rule =
    upgradeCooldown === undefined
      ? 'How long a parachain waits from one announced upgrade to the next (validation_upgrade_cooldown) is not known.'
      : `From one announced upgrade to the next a parachain waits ${relayBlocksText(upgradeCooldown)}, also after a rejected code.`;
  if (chain === undefined || status === undefined) return step('cooldown', 'unknown', rule);
  if (status.cooldownUntil === undefined) return step('cooldown', 'done', `No cooldown runs. ${rule}`);
  const end = `A cooldown runs until relay block ${groupDigits(status.cooldownUntil)}${fromNow(chain, status.cooldownUntil)}.`;
  return step('cooldown', isUnderWay(facts) ? 'done' : 'blocked', `${end} ${rule}`);
}

/** The number of a parachain's block says nothing about relay blocks. */
function fromNow({ kind, block }: ChainFacts, relayBlock: number): string {
  const left = relayBlock - block.number;
  return kind === 'relay' && left > 0 ? `, ${aboutBlocks(left)} from now` : '';
}

function voteStep(facts: UpgradeFacts): UpgradeStep {
  const { report, limits } = facts;
  const { codeHash } = report.runtime;
  const { vote, futureCodeHash } = statusOf(facts) ?? {};
  if (vote === undefined && futureCodeHash === codeHash) {
    return step('vote', 'done', 'The validators have accepted the code.');
  }
  const { votingTtl } = limits;
  const end =
    votingTtl === undefined
      ? 'After how many sessions the vote ends as a rejection (pvf_voting_ttl) is not known.'
      : `After ${sessionsText(votingTtl)} the vote ends as a rejection. It starts anew with each session.`;
  if (vote?.codeHash === codeHash) {
    const { accept, reject, validators, sessions } = vote;
    const needed = votesToDecide(validators);
    const votes = `${groupDigits(accept)} of ${groupDigits(validators)} validators accept the code, ${groupDigits(reject)} reject it, and ${groupDigits(needed)} must accept it.`;
    const age = `The vote has run through ${sessionsText(sessions)}.`;
    return step('vote', reject > validators - needed ? 'blocked' : 'todo', sentences(votes, age, end));
  }
  const rule = 'Validators prepare the code, and two thirds of them must accept it (pre-checking).';
  return step('vote', 'todo', sentences(rule, end));
}

function sessionsText(count: number): string {
  return `${groupDigits(count)} session${count === 1 ? '' : 's'}`;
}

function delayStep(facts: UpgradeFacts): UpgradeStep {
  const { report, chain, limits } = facts;
  const { upgradeDelay, minimumUpgradeDelay } = limits;
  const { enactedAt, futureCodeHash } = statusOf(facts) ?? {};
  if (chain !== undefined && enactedAt !== undefined && futureCodeHash === report.runtime.codeHash) {
    const when = `relay block ${groupDigits(enactedAt)}${fromNow(chain, enactedAt)}`;
    return step('delay', 'todo', `The code is scheduled for ${when}.`);
  }
  if (upgradeDelay === undefined) {
    return step('delay', 'unknown', 'How long an accepted code waits (validation_upgrade_delay) is not known.');
  }
  const least =
    minimumUpgradeDelay === undefined ? '' : `, but at least ${relayBlocksText(minimumUpgradeDelay)} after the vote`;
  return step('delay', 'todo', `The code is due ${relayBlocksText(upgradeDelay)} after the announcement${least}.`);
}

function goAheadStep(facts: UpgradeFacts): UpgradeStep {
  switch (statusOf(facts)?.goAhead) {
    case 'abort':
      return step(
        'go-ahead',
        'blocked',
        'The relay chain aborts the last upgrade: its code was rejected, or the vote ended.',
      );
    case 'go-ahead':
      return step(
        'go-ahead',
        'todo',
        "The relay chain has given the go-ahead. The parachain's next block applies the code.",
      );
    case undefined:
      return step(
        'go-ahead',
        'todo',
        "The relay chain gives the go-ahead, and the parachain's next block applies the code.",
      );
  }
}
