/** The built-in limit profiles. Governance changes the limits of a chain, so each profile has a source and a date. */
import type { Profile } from './profile-schema.ts';

// Only the type, to keep the schema out of the extension's bundle.
export type { LimitValues, PendingLimits, Profile } from './profile-schema.ts';

const MIB = 1024 * 1024;

/**
 * The limits of a chain with default executor params, for both values of `MAX_CODE_SIZE`. The smaller one is the default:
 * a relay chain keeps it until governance raises the host configuration (polkadot-sdk PR 11894), and a blob below it is
 * below both.
 */
export const builtInProfiles: readonly Profile[] = [
  {
    name: 'relay-3mib',
    source: 'polkadot-primitives 24.0.0 (MAX_CODE_SIZE), default executor params; not read from a live chain',
    date: '2026-11-23',
    maxCodeSize: 3 * MIB,
    bombLimit: 30 * MIB,
    executorParams: [],
    pending: [],
    notes: [],
  },
  {
    name: 'relay-5mib',
    source: 'polkadot-primitives 26.0.0 (MAX_CODE_SIZE), default executor params; not read from a live chain',
    date: '2026-11-23',
    maxCodeSize: 5 * MIB,
    bombLimit: 50 * MIB,
    executorParams: [],
    pending: [],
    notes: [],
  },
];

export const defaultProfileName = 'relay-3mib';
