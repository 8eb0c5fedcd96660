/** The colour of a part says where its code comes from. */
import type { CodeOwner, SizeNodeKind } from '../../model/size-tree.ts';

export const families = {
  pallet: 'Pallets',
  own: 'Your crates',
  substrate: 'FRAME, Substrate, Polkadot',
  rust: 'Rust libraries',
  other: 'Other crates',
  data: 'Data',
  names: 'Names and custom sections',
  rest: 'Unattributed and headers',
} as const;

export type Family = keyof typeof families;

const patterns: readonly (readonly [Family, RegExp])[] = [
  ['pallet', /(^|_)pallet_/],
  ['substrate', /^(frame|sp|sc|cumulus|polkadot|substrate|staging|xcm|parachain|parachains|parity|bp)(_|$)/],
  ['rust', /^(core|alloc|std|compiler_builtins|hashbrown|memchr|rustc_\w+)$/],
];

/** @param owners the pallets and the crates of the team's own */
export function familyOfCrate(name: string, owners: ReadonlyMap<string, CodeOwner['kind']>): Family {
  const kind = owners.get(name);
  if (kind === 'pallet') return 'pallet';
  if (kind === 'crate') return 'own';
  return patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}

/** Undefined where the part around it decides. */
export function familyOfKind(kind: SizeNodeKind, name: string): Family | undefined {
  switch (kind) {
    case 'segment':
      return 'data';
    case 'names':
      return 'names';
    case 'header':
    case 'unattributed':
      return 'rest';
    case 'section':
      if (name === 'data') return 'data';
      return name === 'code' ? undefined : 'names';
    case 'file':
    case 'crate':
    case 'module':
    case 'function':
      return undefined;
  }
}
