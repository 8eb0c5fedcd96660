/** What the relay chain checks, and when (pallets `paras`, `configuration` and `parachain-system`). */
import { formatBytesExactly, groupDigits } from '../../base/units.ts';
import type { UpgradeStatus } from '../report.ts';
import type { ChainFacts, UpgradeStep } from '../upgrade-checklist.ts';
import { isForParachain, stepsOf, type UpgradeFacts } from './facts.ts';
import { aboutBlocks, relayBlocksText } from './relay-time.ts';

const step = stepsOf('relay-chain');

const ASK_RELAY_CHAIN = 'Give --rpc of the relay chain with --para.';

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
  const lowest = limits.pending.find(({ maxCodeSize }) => storedBytes > maxCodeSize);
  const size = formatBytesExactly(storedBytes);
  if (storedBytes > limits.maxCodeSize) {
    return step('code-size', 'blocked', `${size} is over max_code_size, ${formatBytesExactly(limits.maxCodeSize)}.`);
  }
  if (storedBytes < MIN_CODE_SIZE) {
    return step('code-size', 'blocked', `${size} is under MIN_CODE_SIZE, ${MIN_CODE_SIZE} B.`);
  }
  if (lowest !== undefined) {
    const from = lowest.fromSession === undefined ? 'later' : `from session ${groupDigits(lowest.fromSession)} on`;
    return step('code-size', 'blocked', `${size} is over what max_code_size will be ${from}, ${formatBytesExactly(lowest.maxCodeSize)}.`);
  }
  return step('code-size', 'done', `${size} is within max_code_size, ${formatBytesExactly(limits.maxCodeSize)}.`);
}

/** `polkadot_runtime_parachains::paras::MIN_CODE_SIZE` */
const MIN_CODE_SIZE = 9;

function inFlightSteps({ report, chain }: UpgradeFacts): UpgradeStep[] {
  const status = chain?.para?.upgrade;
  if (status === undefined) return [];
  const { codeHash } = report.runtime;
  const other = [status.vote?.codeHash, status.futureCodeHash].find((hash) => hash !== undefined && hash !== codeHash);
  if (other !== undefined) {
    return [step('in-flight', 'blocked', `Another upgrade is under way, to the code ${other}. The relay chain takes one at a time.`)];
  }
  const isOurs = status.vote !== undefined || status.futureCodeHash !== undefined;
  return [
    isOurs
      ? step('in-flight', 'done', 'The upgrade to this code is under way.')
      : step('in-flight', 'done', 'No other upgrade is under way.'),
  ];
}

function isOurs({ report, chain }: UpgradeFacts): boolean {
  const { vote, futureCodeHash } = chain?.para?.upgrade ?? {};
  return (vote?.codeHash ?? futureCodeHash) === report.runtime.codeHash;
}

function restrictionStep(facts: UpgradeFacts): UpgradeStep {
  const { chain } = facts;
  const status = chain?.para?.upgrade;
  const meaning = 'While the restriction signal stands, the parachain refuses a code with ProhibitedByPolkadot.';
  if (chain === undefined || status === undefined) return step('restriction', 'unknown', meaning, ASK_RELAY_CHAIN);
  if (status.isRestricted === undefined) return step('restriction', 'done', 'There is no restriction signal.');
  // The relay chain sets the signal with the announcement.
  if (isOurs(facts)) return step('restriction', 'done', 'The restriction signal stands because of this upgrade.');
  return step('restriction', 'blocked', 'The restriction signal stands: the parachain refuses a code with ProhibitedByPolkadot.', untilText(chain, status));
}

/** The number of a parachain's block says nothing about relay blocks. */
function untilText({ kind, block }: ChainFacts, { cooldownUntil }: UpgradeStatus): string {
  if (cooldownUntil === undefined) return '';
  const left = cooldownUntil - block.number;
  const wait = kind === 'relay' && left > 0 ? `, ${aboutBlocks(left)} from now` : '';
  return `It ends at relay block ${groupDigits(cooldownUntil)}${wait}.`;
}

function cooldownStep(facts: UpgradeFacts): UpgradeStep {
  const { chain, limits } = facts;
  const { upgradeCooldown } = limits;
  const status = chain?.para?.upgrade;
  const rule =
    upgradeCooldown === undefined
      ? 'How long a parachain waits between two upgrades (validation_upgrade_cooldown) is not known.'
      : `Between two upgrades a parachain waits ${relayBlocksText(upgradeCooldown)}. A rejected code costs that time too.`;
  if (chain === undefined || status === undefined) return step('cooldown', 'unknown', rule, ASK_RELAY_CHAIN);
  if (status.cooldownUntil === undefined) return step('cooldown', 'done', 'No cooldown runs.', rule);
  return step('cooldown', isOurs(facts) ? 'done' : 'blocked', 'A cooldown runs.', untilText(chain, status), rule);
}

function voteStep(facts: UpgradeFacts): UpgradeStep {
  const { report, chain, limits } = facts;
  const { codeHash } = report.runtime;
  const { vote, futureCodeHash } = chain?.para?.upgrade ?? {};
  if (futureCodeHash === codeHash && vote === undefined) return step('vote', 'done', 'The validators have accepted the code.');
  const ttl =
    limits.votingTtl === undefined
      ? 'After how many sessions the vote ends as a rejection (pvf_voting_ttl) is not known.'
      : `The vote ends as a rejection after ${groupDigits(limits.votingTtl)} session${limits.votingTtl === 1 ? '' : 's'}. Each session starts it anew.`;
  if (vote?.codeHash === codeHash) {
    const { accept, reject, validators, sessions } = vote;
    const needed = votesToAccept(validators);
    return step(
      'vote',
      reject > validators - needed ? 'blocked' : 'todo',
      `${groupDigits(accept)} of ${groupDigits(validators)} validators have accepted the code, ${groupDigits(reject)} have rejected it, and ${groupDigits(needed)} must accept it. The vote has run through ${groupDigits(sessions)} session${sessions === 1 ? '' : 's'}.`,
      ttl,
    );
  }
  return step('vote', limits.votingTtl === undefined ? 'unknown' : 'todo', 'Validators prepare the code, and two thirds of them must accept it (pre-checking).', ttl);
}

/** `supermajority_threshold` of polkadot-primitives. */
export function votesToAccept(validators: number): number {
  return validators - Math.floor(Math.max(0, validators - 1) / 3);
}

function delayStep({ report, chain, limits }: UpgradeFacts): UpgradeStep {
  const { upgradeDelay, minimumUpgradeDelay } = limits;
  const { enactedAt, futureCodeHash } = chain?.para?.upgrade ?? {};
  if (chain !== undefined && enactedAt !== undefined && futureCodeHash === report.runtime.codeHash) {
    const left = chain.kind === 'relay' ? enactedAt - chain.block.number : 0;
    const wait = left > 0 ? `, ${aboutBlocks(left)} from now` : '';
    return step('delay', 'todo', `The code is scheduled for relay block ${groupDigits(enactedAt)}${wait}.`);
  }
  if (upgradeDelay === undefined) {
    return step('delay', 'unknown', 'How long an accepted code waits (validation_upgrade_delay) is not known.');
  }
  const least =
    minimumUpgradeDelay === undefined ? '' : `, and not earlier than ${relayBlocksText(minimumUpgradeDelay)} after the vote`;
  return step('delay', 'todo', `The code takes effect ${relayBlocksText(upgradeDelay)} after the announcement${least}.`);
}

function goAheadStep({ chain }: UpgradeFacts): UpgradeStep {
  switch (chain?.para?.upgrade.goAhead) {
    case 'abort':
      return step('go-ahead', 'blocked', 'The relay chain has sent the signal Abort: validators rejected the last code, or the vote ran out of time.');
    case 'go-ahead':
      return step('go-ahead', 'done', "The relay chain has sent the signal GoAhead. The parachain's next block applies the code.");
    case undefined:
      return step('go-ahead', 'todo', "The relay chain sends the signal GoAhead, and the parachain's next block applies the code. Collators must make blocks then.");
  }
}
