/**
 * The host functions of nodes: those that a node of a parachain offers to its runtime. Nodes keep every version of a
 * function. The table is made from the published crates: sp-io (`SubstrateHostFunctions`, without the experimental
 * features), sp-statement-store and cumulus-primitives-proof-size-hostfunction, which polkadot-omni-node adds, and the
 * curves of RFC 163 in sp-crypto-ec-utils.
 */
import {
  eccHostFunctionRows,
  type HostFunctionRow,
  type NodeRelease,
  nodeHostFunctions,
  nodeReleases,
} from './host-function-table.ts';

export interface HostFunction {
  /** `i64 i64 -> i32` */
  readonly signature: string;
  /** The first release that has it. Absent: it is older than the table. */
  readonly since?: DatedRelease;
}

/** A release of nodes, and its place in the order of releases. */
export interface DatedRelease extends NodeRelease {
  /** 0 is the oldest. */
  readonly order: number;
}

const releases: readonly DatedRelease[] = nodeReleases.map((release, order) => ({ ...release, order }));

/** The table is complete up to this place in the order of releases. */
export const newestOrder = nodeReleases.length - 1;

/** `polkadot 1.3.0 to stable2609`: those that `findRelease` knows. */
export const releaseRange: string = [releases[0], releases[newestOrder]]
  .map((release) => release?.tag ?? `polkadot ${release?.version}`)
  .join(' to ');

/** Offered by every node of the newest release. */
export const hostFunctions: ReadonlyMap<string, HostFunction> = table(nodeHostFunctions);

/** Validators offer these only with the executor param `EnabledHostFunction(EccRfc163)`. */
export const eccHostFunctions: ReadonlyMap<string, HostFunction> = table(eccHostFunctionRows);

/**
 * The newest known release that is not newer than the one named: `stable2509`, `polkadot-stable2509-2`, `1.20.3`, `v1.20`.
 * Undefined for anything else, and for a release that is older than the table.
 */
export function findRelease(name: string): DatedRelease | undefined {
  const tag = /^(?:polkadot-)?(?:un)?(stable\d{4})(?:-\d{1,3})?$/.exec(name)?.[1];
  if (tag !== undefined) return releases.findLast((release) => release.tag !== undefined && release.tag <= tag);
  const [, major, minor] = /^(?:polkadot-)?v?(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?$/.exec(name) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return releases.findLast(({ version }) => {
    const [knownMajor = 0, knownMinor = 0] = version.split('.').map(Number);
    return knownMajor - Number(major) < 0 || (knownMajor === Number(major) && knownMinor <= Number(minor));
  });
}

function table(rows: readonly HostFunctionRow[]): ReadonlyMap<string, HostFunction> {
  return new Map(
    rows.map(([name, signature, first]) => {
      const since = releases.find(({ version }) => version === first);
      return [name, { signature, ...(since && { since }) }] as const;
    }),
  );
}
