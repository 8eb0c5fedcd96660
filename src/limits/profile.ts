/** The built-in limit profiles. Governance changes the limits of a chain, so they are data with a source and a date. */
import type { Profile } from './profile-schema.ts';

// A type alone: the extension's bundle needs no schema.
export type { Profile } from './profile-schema.ts';

const MIB = 1024 * 1024;

/**
 * What a chain with default executor params has, for both values that `MAX_CODE_SIZE` had. The smaller one is the
 * default here: a relay chain keeps it until its governance raises the host configuration (polkadot-sdk PR 11894), and
 * a blob that fits it fits both.
 */
export const builtInProfiles: readonly Profile[] = [
  {
    name: 'relay-3mib',
    source: 'polkadot-primitives 24.0.0 (MAX_CODE_SIZE), default executor params; not read from a live chain',
    date: '2026-11-23',
    maxCodeSize: 3 * MIB,
    bombLimit: 30 * MIB,
    executorParams: [],
  },
  {
    name: 'relay-5mib',
    source: 'polkadot-primitives 26.0.0 (MAX_CODE_SIZE), default executor params; not read from a live chain',
    date: '2026-11-23',
    maxCodeSize: 5 * MIB,
    bombLimit: 50 * MIB,
    executorParams: [],
  },
];

export const defaultProfileName = 'relay-3mib';
