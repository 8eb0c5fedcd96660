/** Limits of a relay chain at a time. Governance changes them, so they are data with a source and a date. */
import type { ExecutorParam } from '../polkadot/executor-params.ts';

export interface Profile {
  readonly name: string;
  /** Where the values were read. */
  readonly source: string;
  /** ISO 8601 day on which they were read. */
  readonly date: string;
  /** `max_code_size` of the relay chain's host configuration: bytes as stored. */
  readonly maxCodeSize: number;
  /** `validation_code_bomb_limit`: bytes after decompression. */
  readonly bombLimit: number;
  /** The executor params of the session. */
  readonly executorParams: readonly ExecutorParam[];
}

const MIB = 1024 * 1024;

/** `validation_code_bomb_limit` is this many times `max_code_size` (polkadot-sdk PR 7760). */
export const BOMB_FACTOR = 10;

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
    bombLimit: 3 * MIB * BOMB_FACTOR,
    executorParams: [],
  },
  {
    name: 'relay-5mib',
    source: 'polkadot-primitives 26.0.0 (MAX_CODE_SIZE), default executor params; not read from a live chain',
    date: '2026-11-23',
    maxCodeSize: 5 * MIB,
    bombLimit: 5 * MIB * BOMB_FACTOR,
    executorParams: [],
  },
];

export const defaultProfileName = 'relay-3mib';
