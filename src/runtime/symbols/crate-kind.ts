/** Whose code a crate is. */
import { families, otherPallets, palletNames, published, rustCrates } from './known-crates.ts';

export function isPallet(crate: string): boolean {
  return otherPallets.has(crate) || palletNames.test(crate);
}

/**
 * Is the crate the team's own? True for every crate that neither Polkadot SDK nor a well-known library publishes, so also
 * for a library that is not in the table.
 * @param runtimeCrate the crate of the runtime itself, which Polkadot SDK may publish too
 */
export function isOwnCrate(crate: string, runtimeCrate?: string): boolean {
  return crate === runtimeCrate || crateRank(crate) === 2;
}

/** 0: Rust's own. 1: published. 2: not known, so the team's. A crate depends on others of its rank or of a lower one. */
export function crateRank(crate: string): 0 | 1 | 2 {
  if (rustCrates.has(crate)) return 0;
  return published.has(crate) || families.some((prefix) => crate.startsWith(prefix)) ? 1 : 2;
}
