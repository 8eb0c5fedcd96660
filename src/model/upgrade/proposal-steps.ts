/** The calls that governance and the team make. */
import { formatBytes, groupDigits } from '../../base/units.ts';
import type { UpgradeCall, UpgradeCalls, UpgradeStep } from '../upgrade-checklist.ts';
import { sentences, stepsOf, type UpgradeFacts } from './facts.ts';

const step = stepsOf('proposal');

export function proposalSteps({ calls }: UpgradeFacts): readonly UpgradeStep[] {
  if (calls.kind === 'none') return [step('authorize', 'unknown', `There is no call data. ${calls.reason}`)];
  const find = (id: UpgradeCall['id']) => calls.calls.find((call) => call.id === id);
  const authorize = find('authorize');
  const setCode = find('set-code');
  const proposal = authorize ?? setCode;
  const note = find('note-preimage');
  const apply = find('apply');
  return [
    ...(authorize === undefined ? [] : [authorizeStep(authorize, find('sudo'), calls)]),
    ...(setCode === undefined ? [] : [setCodeStep(setCode, find('sudo'), calls)]),
    ...(proposal === undefined || note === undefined ? [] : [preimageStep(proposal, note)]),
    ...(apply === undefined ? [] : [applyStep(apply)]),
  ];
}

function authorizeStep(call: UpgradeCall, sudo: UpgradeCall | undefined, calls: UpgradeCalls): UpgradeStep {
  const what = `The origin Root calls ${call.name} with the code hash.`;
  return step('authorize', 'todo', sentences(what, sudoText(sudo), sourceNote(calls)), sourceHint(calls));
}

function setCodeStep(call: UpgradeCall, sudo: UpgradeCall | undefined, calls: UpgradeCalls): UpgradeStep {
  const what = `The origin Root calls ${call.name} with the code. The runtime can't authorize its hash first.`;
  return step('set-code', 'todo', sentences(what, sudoText(sudo), sourceNote(calls)), sourceHint(calls));
}

function sudoText(sudo: UpgradeCall | undefined): string | undefined {
  return sudo && `The holder of the sudo key makes it with ${sudo.name}.`;
}

/** The chain decodes a call by the code that it runs now, in which a pallet can have another index. */
function sourceNote(calls: UpgradeCalls): string | undefined {
  return isByBlob(calls)
    ? 'The call data is right if that call has the same indices in the code that the chain runs now.'
    : undefined;
}

function sourceHint(calls: UpgradeCalls): string | undefined {
  return isByBlob(calls) ? 'With --rpc or --baseline it is made with the metadata of that code.' : undefined;
}

function isByBlob(calls: UpgradeCalls): boolean {
  return calls.kind === 'made' && calls.by === 'blob';
}

function preimageStep(call: UpgradeCall, note: UpgradeCall): UpgradeStep {
  return step(
    'preimage',
    'todo',
    `A referendum names that call by its preimage, which ${note.name} stores: hash ${call.hash}, length ${groupDigits(call.bytes)}.`,
  );
}

function applyStep(call: UpgradeCall): UpgradeStep {
  const what = `Then anyone submits ${call.name} with the code (${formatBytes(call.bytes)}), signed or not.`;
  // `do_apply_authorized_upgrade` ends the authorization before it compares the versions.
  const risk = call.name.startsWith('System.')
    ? 'A refused spec_name or spec_version uses the authorization up.'
    : undefined;
  return step('apply', 'todo', sentences(what, risk));
}
