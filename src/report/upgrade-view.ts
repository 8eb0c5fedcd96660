/** The words of an upgrade checklist that all formats share. */
import type { UpgradeCall, UpgradeChecklist, UpgradeStage } from '../model/upgrade-checklist.ts';

export const stageTitles: Readonly<Record<UpgradeStage, string>> = {
  code: 'The code',
  proposal: 'The proposal',
  'relay-chain': 'What the relay chain checks',
  afterwards: 'After the yes',
};

export const originTexts: Readonly<Record<UpgradeCall['origin'], string>> = {
  root: 'origin Root',
  'sudo-key': 'signed with the sudo key',
  signed: 'signed by anyone with the deposit',
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
