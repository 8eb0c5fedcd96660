/** The calls that governance and the team make. */
import { formatBytes, groupDigits } from '../../base/units.ts';
import type { UpgradeCall, UpgradeCalls, UpgradeStep } from '../upgrade-checklist.ts';
import { stepsOf, type UpgradeFacts } from './facts.ts';

const step = stepsOf('proposal');

export function proposalSteps({ calls }: UpgradeFacts): readonly UpgradeStep[] {
  if (calls.kind === 'none') return [step('authorize', 'unknown', 'There is no call data.', calls.reason)];
  const find = (id: UpgradeCall['id']) => calls.calls.find((call) => call.id === id);
  const authorize = find('authorize');
  const setCode = find('set-code');
  const proposal = authorize ?? setCode;
  const apply = find('apply');
  return [
    ...(authorize === undefined ? [] : [authorizeStep(authorize, find('sudo'), calls)]),
    ...(proposal === undefined ? [] : preimageSteps(proposal, find('note-preimage'))),
    ...(apply === undefined ? [] : [applyStep(apply)]),
    ...(setCode === undefined ? [] : [setCodeStep(setCode, find('sudo'), calls)]),
  ];
}

function authorizeStep(call: UpgradeCall, sudo: UpgradeCall | undefined, calls: UpgradeCalls): UpgradeStep {
  return step(
    'authorize',
    'todo',
    `Root calls ${call.name} with the code hash (${call.bytes} bytes).${sudoText(sudo)}`,
    sourceNote(calls),
  );
}

function setCodeStep(call: UpgradeCall, sudo: UpgradeCall | undefined, calls: UpgradeCalls): UpgradeStep {
  return step(
    'set-code',
    'todo',
    `Root calls ${call.name} with the code (${formatBytes(call.bytes)}): this runtime can't authorize a code hash first.${sudoText(sudo)}`,
    sourceNote(calls),
  );
}

function sudoText(sudo: UpgradeCall | undefined): string {
  return sudo === undefined ? '' : ` The owner of the sudo key can do it with ${sudo.name}.`;
}

/** The chain decodes a call by the code that it runs now. */
function sourceNote(calls: UpgradeCalls): string {
  return calls.kind === 'made' && calls.by === 'blob'
    ? "The call data was made with the new code's metadata. The chain decodes it by the code that it runs now: if a pallet or call moved, use --rpc or --baseline."
    : '';
}

function preimageSteps(call: UpgradeCall, note: UpgradeCall | undefined): UpgradeStep[] {
  if (note === undefined) return [];
  return [
    step(
      'preimage',
      'todo',
      `A referendum names its call by a preimage: ${note.name} stores the call data (hash ${call.hash}, ${groupDigits(call.bytes)} bytes).`,
    ),
  ];
}

function applyStep(call: UpgradeCall): UpgradeStep {
  return step(
    'apply',
    'todo',
    `Then anyone submits ${call.name} with the code (${formatBytes(call.bytes)}), signed or not.`,
    call.name.startsWith('System.')
      ? 'If spec_name or spec_version is refused then, the authorization is used up.'
      : '',
  );
}
