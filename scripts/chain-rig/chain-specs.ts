import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { crateFolder } from '../provision/crates.ts';

/** Relay chains whose genesis state the rig has, from polkadot-service's `chain-specs`. */
export const relayChains = ['paseo', 'rococo'] as const;

/**
 * `paseo`: runtime 1001002 of 2024, with the whole host configuration. `rococo`: runtime 9190 of 2022, without executor
 * params and with metadata V14, which does not list the runtime's APIs.
 */
export type RelayChainName = (typeof relayChains)[number];

/** The published crate that has the chain specs. Part of the rig's key. */
export const specCrate = { name: 'polkadot-service', version: '42.0.0' } as const;

/** What chopsticks reads of a chain spec. Keys and values are 0x-hex. */
export interface RawChainSpec {
  readonly id: string;
  readonly name: string;
  readonly properties: object;
  readonly genesis: { readonly raw: { readonly top: Readonly<Record<string, string>> } };
}

/** Downloads the crate if necessary. Rejects when it lacks the chain spec. */
export async function publishedSpec(chain: RelayChainName): Promise<RawChainSpec> {
  const file = path.join(crateFolder(specCrate.name, specCrate.version), 'chain-specs', `${chain}.json`);
  const { id, name, properties, genesis } = JSON.parse(await readFile(file, 'utf8')) as RawChainSpec;
  // chopsticks takes the first key above the one asked for, so they must be in order.
  const top = Object.entries(genesis.raw.top).sort(([a], [b]) => (a < b ? -1 : 1));
  return { id, name, properties: properties ?? {}, genesis: { raw: { top: Object.fromEntries(top) } } };
}
