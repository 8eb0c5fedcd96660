/** What can go wrong after everybody said yes. */
import { formatBytes, groupDigits } from '../../base/units.ts';
import type { UpgradeStep } from '../upgrade-checklist.ts';
import { isForParachain, stepsOf, type UpgradeFacts } from './facts.ts';

const step = stepsOf('afterwards');

export function laterSteps(facts: UpgradeFacts): readonly UpgradeStep[] {
  return [nodesStep(facts), ...(isForParachain(facts) ? [proofSizeStep(facts)] : [])];
}

function nodesStep({ report }: UpgradeFacts): UpgradeStep {
  const { findings, runtime } = report;
  const missing = findings.find(({ id, severity }) => id === 'unknown-imports' && severity === 'error');
  if (missing !== undefined) return step('nodes', missing.allowed ? 'todo' : 'blocked', missing.message);
  const newer = findings.find(({ id }) => id === 'newer-host-functions');
  if (newer !== undefined) {
    return step('nodes', newer.severity === 'error' ? 'blocked' : 'todo', newer.message, 'Update collators and RPC nodes first.');
  }
  if (runtime.imports === undefined) return step('nodes', 'unknown', 'The host functions that the code needs are not known.');
  return step('nodes', 'done', `Nodes have all ${groupDigits(runtime.imports.length)} imports of the code.`);
}

/** The rest of a block's proof needs some room. */
const ROOM = 0.9;

function proofSizeStep({ report, present, limits }: UpgradeFacts): UpgradeStep {
  const { storedBytes } = report.runtime;
  const old = present?.storedBytes;
  const both = storedBytes + (old ?? storedBytes);
  const size = `The block that applies the code may carry the old and the new one in its proof: ${old === undefined ? 'about ' : ''}${formatBytes(both)}`;
  if (limits.maxPovSize === undefined) return step('proof-size', 'unknown', `${size}. max_pov_size is not known.`);
  const limit = formatBytes(limits.maxPovSize);
  if (both > limits.maxPovSize) return step('proof-size', 'todo', `${size}, over max_pov_size, ${limit}. Make the code smaller, or try it on a test network first.`);
  return both > limits.maxPovSize * ROOM
    ? step('proof-size', 'todo', `${size}, near max_pov_size, ${limit}. Try it on a test network first.`)
    : step('proof-size', 'done', `${size}, within max_pov_size, ${limit}.`);
}
