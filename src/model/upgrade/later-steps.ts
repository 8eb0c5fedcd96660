/** What can go wrong after everybody said yes. */
import { formatBytes, groupDigits } from '../../base/units.ts';
import type { UpgradeStep } from '../upgrade-checklist.ts';
import { isForParachain, sentences, stepsOf, type UpgradeFacts } from './facts.ts';

const step = stepsOf('afterwards');

export function laterSteps(facts: UpgradeFacts): readonly UpgradeStep[] {
  return [nodesStep(facts), ...(isForParachain(facts) ? [proofSizeStep(facts)] : [])];
}

function nodesStep({ report }: UpgradeFacts): UpgradeStep {
  const { findings, runtime } = report;
  const missing = findings.find(({ id }) => id === 'unknown-imports');
  if (missing !== undefined) return step('nodes', missing.allowed ? 'todo' : 'blocked', missing.message);
  const newer = findings.find(({ id }) => id === 'newer-host-functions');
  if (newer !== undefined) {
    const isBlocked = newer.severity === 'error' && !newer.allowed;
    return step(
      'nodes',
      isBlocked ? 'blocked' : 'todo',
      sentences(newer.message, 'Update collators and RPC nodes first.'),
    );
  }
  if (runtime.imports === undefined)
    return step('nodes', 'unknown', 'The host functions that the code imports are not known.');
  const count = runtime.imports.filter(({ kind }) => kind === 'function').length;
  return step('nodes', 'done', `Nodes have all ${groupDigits(count)} host functions that the code imports.`);
}

/** The rest of a block's proof needs some room. */
const ROOM = 0.9;

function proofSizeStep({ report, present, limits }: UpgradeFacts): UpgradeStep {
  const { storedBytes } = report.runtime;
  const old = present?.storedBytes;
  const both = storedBytes + (old ?? storedBytes);
  const size = `The proof of a block may hold the old and the new code: ${old === undefined ? 'about ' : ''}${formatBytes(both)}`;
  const { maxPovSize } = limits;
  if (maxPovSize === undefined) return step('proof-size', 'unknown', `${size}. max_pov_size is not known.`);
  const limit = `max_pov_size, ${formatBytes(maxPovSize)}`;
  if (both <= maxPovSize * ROOM) return step('proof-size', 'done', `${size}, within ${limit}.`);
  const place = both > maxPovSize ? 'over' : 'near';
  return step('proof-size', 'todo', `${size}, ${place} ${limit}. Try the upgrade on a test network first.`);
}
