/** The words of an upgrade checklist that all formats share. */
import {
  type UpgradeCall,
  type UpgradeChecklist,
  type UpgradeStage,
  type UpgradeState,
  upgradeStates,
} from '../model/upgrade-checklist.ts';

export const stageTitles: Readonly<Record<UpgradeStage, string>> = {
  code: 'The code',
  proposal: 'The proposal',
  'relay-chain': 'What the relay chain checks',
  afterwards: 'After the yes',
};

export const originTexts: Readonly<Record<UpgradeCall['origin'], string>> = {
  root: 'origin Root',
  'sudo-key': 'signed with the sudo key',
  signed: 'signed, for a deposit',
  anyone: 'by anyone',
};

/** Whose metadata the call data was made with. Undefined: there is no call data. */
export function callsByText({ callsBy }: Pick<UpgradeChecklist, 'callsBy'>): string | undefined {
  return callsBy && callsByTexts[callsBy];
}

const callsByTexts: Readonly<Record<NonNullable<UpgradeChecklist['callsBy']>, string>> = {
  chain: 'Made with the metadata of the code that the chain runs.',
  baseline: 'Made with the metadata of the baseline.',
  blob: "Made with the new code's own metadata.",
};

/** `hydradx 408`, or the file's name. */
export function upgradeName({ runtime }: UpgradeChecklist): string {
  const { specName, specVersion, path } = runtime;
  const name = specName ?? path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
  return specVersion === undefined ? name : `${name} ${specVersion}`;
}

/** The conclusion for a heading. That of an inspection without an error promises less. */
export function upgradeWord({ conclusion, vote }: UpgradeChecklist): string {
  return conclusion.status === 'pass' && vote === 'undecided' ? 'INSPECTED' : statusWords[conclusion.status];
}

const statusWords = { pass: 'PASS', fail: 'FAIL', undecided: 'UNDECIDED' } as const;

/** `5 done, 8 to do, 1 blocked, 3 not known` */
export function countsText({ steps }: UpgradeChecklist): string {
  const counts = upgradeStates.map(
    (state) => [steps.filter((step) => step.state === state).length, stateTexts[state]] as const,
  );
  return counts.flatMap(([count, text]) => (count === 0 ? [] : [`${count} ${text}`])).join(', ');
}

const stateTexts: Readonly<Record<UpgradeState, string>> = {
  done: 'done',
  todo: 'to do',
  blocked: 'blocked',
  unknown: 'not known',
};
