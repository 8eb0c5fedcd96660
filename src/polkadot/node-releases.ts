/** The releases of Polkadot's nodes that the table of host functions knows. */
import { type NodeRelease, nodeReleases } from './node-release-table.ts';

/** A release of nodes, and its place in the order of releases. */
export interface DatedRelease extends NodeRelease {
  /** 0 is the oldest. */
  readonly order: number;
}

/** Oldest first. */
export const datedReleases: readonly DatedRelease[] = nodeReleases.map((release, order) => ({ ...release, order }));

/** The table is complete up to this place in the order of releases. */
export const newestOrder = nodeReleases.length - 1;

/** `polkadot 1.3.0 to stable2609`: those that `findRelease` knows. */
export const releaseRange: string = [datedReleases[0], datedReleases[newestOrder]]
  .map((release) => release?.tag ?? `polkadot ${release?.version}`)
  .join(' to ');

/**
 * The newest known release that is not newer than the one named: `stable2509`, `polkadot-stable2509-2`, `1.20.3`, `v1.20`.
 * Undefined for anything else, and for a release that is older than the table.
 */
export function findRelease(name: string): DatedRelease | undefined {
  const tag = /^(?:polkadot-)?(?:un)?(stable\d{4})(?:-\d{1,3})?$/.exec(name)?.[1];
  if (tag !== undefined) return datedReleases.findLast((release) => release.tag !== undefined && release.tag <= tag);
  const [, major, minor] = /^(?:polkadot-)?v?(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?$/.exec(name) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return datedReleases.findLast(({ version }) => {
    const [knownMajor = 0, knownMinor = 0] = version.split('.').map(Number);
    return knownMajor - Number(major) < 0 || (knownMajor === Number(major) && knownMinor <= Number(minor));
  });
}
