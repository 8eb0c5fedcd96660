import type { UpgradeStep } from '../upgrade-checklist.ts';
import { codeSteps } from './code-steps.ts';
import type { UpgradeFacts } from './facts.ts';
import { laterSteps } from './later-steps.ts';
import { proposalSteps } from './proposal-steps.ts';
import { relaySteps } from './relay-steps.ts';

/** Everything that has to hold or happen, in its order in time. */
export function upgradeSteps(facts: UpgradeFacts): readonly UpgradeStep[] {
  return [...codeSteps(facts), ...proposalSteps(facts), ...relaySteps(facts), ...laterSteps(facts)];
}
