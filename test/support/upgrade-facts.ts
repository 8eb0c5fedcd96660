/** An upgrade of Hydration with everything known, to change. */
import type { UpgradeFacts } from '../../src/model/upgrade/facts.ts';
import { upgradeSteps } from '../../src/model/upgrade/steps.ts';
import type {
  ChainFacts,
  UpgradeCall,
  UpgradeChecklist,
  UpgradeStep,
  UpgradeStepId,
} from '../../src/model/upgrade-checklist.ts';
import { accepted } from './sample-reports.ts';

export const codeHash = accepted.runtime.codeHash;
export const otherHash = `0x${'5a'.repeat(32)}`;
const callHash = `0x${'c4'.repeat(32)}`;

const authorize: UpgradeCall = {
  ...{ id: 'authorize', name: 'System.authorize_upgrade', origin: 'root', bytes: 34, hash: callHash },
  data: `0x0109${codeHash.slice(2)}`,
};

export const calls: readonly UpgradeCall[] = [
  authorize,
  {
    ...{ id: 'apply', name: 'System.apply_authorized_upgrade', origin: 'anyone' },
    ...{ bytes: 3_135_119, hash: callHash },
  },
  {
    ...{ id: 'authorize-without-checks', name: 'System.authorize_upgrade_without_checks', origin: 'root' },
    ...{ bytes: 34, hash: callHash, data: `0x010a${codeHash.slice(2)}` },
  },
  {
    ...{ id: 'note-preimage', name: 'Preimage.note_preimage', origin: 'signed', bytes: 37, hash: callHash },
    data: `0x0f00880109${codeHash.slice(2)}`,
  },
];

export function chainWith(
  upgrade: NonNullable<ChainFacts['para']>['upgrade'],
  others: Partial<ChainFacts> = {},
): ChainFacts {
  return {
    ...{ rpc: 'ws://127.0.0.1:9944', kind: 'relay', specName: 'paseo', specVersion: 1_001_002 },
    block: { number: 1000, hash: otherHash },
    para: { id: 2034, upgrade },
    ...others,
  };
}

export const upgradeFacts: UpgradeFacts = {
  report: accepted,
  limits: {
    ...{ maxCodeSize: 3 * 1024 * 1024, maxPovSize: 10 * 1024 * 1024, pending: [] },
    ...{ upgradeCooldown: 14_400, upgradeDelay: 600, minimumUpgradeDelay: 20, votingTtl: 2 },
  },
  present: {
    ...{ specName: 'hydradx', specVersion: 407, transactionVersion: 1, codeHash: otherHash, storedBytes: 3_100_000 },
  },
  chain: chainWith({ currentCodeHash: otherHash }),
  calls: { kind: 'made', by: 'chain', calls },
};

/** What is said about a step. */
export function stepOf(id: UpgradeStepId, facts: Partial<UpgradeFacts> = {}): Pick<UpgradeStep, 'state' | 'text'> {
  const found = upgradeSteps({ ...upgradeFacts, ...facts }).find((step) => step.id === id);
  if (found === undefined) throw new Error(`there is no step ${id}`);
  return { state: found.state, text: found.text };
}

export function checklistOf(facts: UpgradeFacts = upgradeFacts): UpgradeChecklist {
  const { report, chain, calls: made } = facts;
  const { path, codeHash: hash, storedBytes, specName, specVersion, transactionVersion } = report.runtime;
  return {
    ...{ schemaVersion: 1, tool: { name: 'polkadot-pvf', version: '0.1.0' }, createdAt: '2026-11-26T17:00:00.000Z' },
    runtime: {
      ...{ path, codeHash: hash, storedBytes },
      ...(specName !== undefined && { specName }),
      ...(specVersion !== undefined && { specVersion }),
      ...(transactionVersion !== undefined && { transactionVersion }),
    },
    ...{ vote: report.vote, conclusion: report.conclusion },
    limits: { profile: report.limits.profile, source: report.limits.source, date: report.limits.date },
    ...(chain && { chain }),
    ...(made.kind === 'made' && { callsBy: made.by }),
    calls: made.kind === 'made' ? [...made.calls] : [],
    steps: [...upgradeSteps(facts)],
  };
}
