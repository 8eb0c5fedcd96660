/** The calls that bring a code onto a chain, by the metadata of the runtime that dispatches them. */
import { fromHex, toHex } from '../../base/bytes.ts';
import { blake2b256 } from '../../base/hash.ts';
import type { RuntimeMetadata } from '../../model/metadata.ts';
import type { UpgradeCall } from '../../model/upgrade-checklist.ts';
import { bytesOfCall, type CallArgument, type CallData, encodeCall } from '../../runtime/metadata/call-data.ts';

/** A call with its data, which contains the code of megabytes or not. */
export interface MadeCall extends UpgradeCall {
  readonly parts: CallData['parts'];
}

export type MadeCalls =
  /** The first call is the one that governance votes on. */
  | { readonly kind: 'made'; readonly calls: readonly MadeCall[] }
  /** `reason`: a sentence. */
  | { readonly kind: 'none'; readonly reason: string };

export interface NewCode {
  /** As stored on chain. */
  readonly stored: Uint8Array;
  /** 0x-hex. */
  readonly codeHash: string;
}

/** The calls differ by the age of the runtime. The newest way comes first. */
type Way = readonly Step[];

interface Step {
  readonly id: UpgradeCall['id'];
  readonly origin: UpgradeCall['origin'];
  readonly pallet: string;
  readonly call: string;
  readonly args: readonly CallArgument[];
  /** The way works without it. */
  readonly isExtra?: true;
}

/** Never throws. */
export function upgradeCalls(metadata: RuntimeMetadata, code: NewCode): MadeCalls {
  for (const way of ways(code)) {
    const made = alongWay(metadata, way);
    if (made !== undefined) return made;
  }
  return {
    kind: 'none',
    reason: 'The metadata has no call for an upgrade: neither System.authorize_upgrade nor System.set_code.',
  };
}

function ways({ stored, codeHash }: NewCode): readonly Way[] {
  const hash: CallArgument = { name: 'code_hash', value: { kind: 'hash', bytes: fromHex(codeHash) } };
  const code: CallArgument = { name: 'code', value: { kind: 'bytes', bytes: stored } };
  const checked = (value: boolean): CallArgument => ({
    ...{ name: 'check_version', value: { kind: 'bool', value } },
    isOptional: true,
  });
  const system = { pallet: 'System' } as const;
  const parachain = { pallet: 'ParachainSystem' } as const;
  const root = { origin: 'root' } as const;
  const anyone = { origin: 'anyone' } as const;
  return [
    [
      { id: 'authorize', ...root, ...system, call: 'authorize_upgrade', args: [hash] },
      { id: 'apply', ...anyone, ...system, call: 'apply_authorized_upgrade', args: [code] },
      {
        ...{ id: 'authorize-without-checks', ...root, ...system, call: 'authorize_upgrade_without_checks' },
        ...{ args: [hash], isExtra: true },
      },
    ],
    [
      { id: 'authorize', ...root, ...parachain, call: 'authorize_upgrade', args: [hash, checked(true)] },
      { id: 'apply', ...anyone, ...parachain, call: 'enact_authorized_upgrade', args: [code] },
    ],
    [{ id: 'set-code', ...root, ...system, call: 'set_code', args: [code] }],
  ];
}

/** Undefined when the runtime lacks a call of the way. */
function alongWay(metadata: RuntimeMetadata, way: Way): MadeCalls | undefined {
  const calls: MadeCall[] = [];
  let first: CallData | undefined;
  for (const { id, origin, isExtra = false, ...request } of way) {
    const result = encodeCall(metadata, request);
    if (result.kind === 'refused' && !isExtra) return refusal(result.reason);
    if (result.kind === 'absent' && !isExtra) return undefined;
    if (result.kind !== 'encoded') continue;
    first ??= result.data;
    calls.push(madeCall(id, origin, result.data));
  }
  const wrapped = first === undefined ? [] : wrappers(metadata, first);
  return { kind: 'made', calls: [...calls, ...wrapped] };
}

function refusal(reason: string): MadeCalls {
  return { kind: 'none', reason: `The call can't be encoded safely: ${reason}.` };
}

/** Calls around the one that needs Root: its preimage for a referendum, and Sudo's where the chain has that pallet. */
function wrappers(metadata: RuntimeMetadata, call: CallData): MadeCall[] {
  const preimage = encodeCall(metadata, {
    ...{ pallet: 'Preimage', call: 'note_preimage' },
    args: [{ name: 'bytes', value: { kind: 'bytes', bytes: bytesOfCall(call) } }],
  });
  const sudo = encodeCall(metadata, {
    ...{ pallet: 'Sudo', call: 'sudo' },
    args: [{ name: 'call', value: { kind: 'call', call } }],
  });
  return [
    ...(preimage.kind === 'encoded' ? [madeCall('note-preimage', 'signed', preimage.data)] : []),
    ...(sudo.kind === 'encoded' ? [madeCall('sudo', 'sudo-key', sudo.data)] : []),
  ];
}

/** Longer call data contains the code. */
const MAX_SHOWN_BYTES = 1024;

function madeCall(id: UpgradeCall['id'], origin: UpgradeCall['origin'], data: CallData): MadeCall {
  const { pallet, call, parts, length } = data;
  return {
    ...{ id, origin, name: `${pallet}.${call}`, bytes: length, hash: toHex(blake2b256(...parts)) },
    ...(length <= MAX_SHOWN_BYTES && { data: toHex(bytesOfCall(data)) }),
    parts,
  };
}
