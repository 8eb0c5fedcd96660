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

/** Oldest first. */
const releases: readonly DatedRelease[] = nodeReleases.map((release, order) => ({ ...release, order }));

/** Offered by every node of the newest release. */
export const hostFunctions: ReadonlyMap<string, HostFunction> = table(nodeHostFunctions);

/** Validators offer these only with the executor param `EnabledHostFunction(EccRfc163)`. */
export const eccHostFunctions: ReadonlyMap<string, HostFunction> = table(eccHostFunctionRows);

/**
 * The newest known release that is not newer than the one named: `stable2509`, `polkadot-stable2509-2`, `1.20.3`, `v1.20`.
 * Undefined for anything else, and for a release that is older than the table.
 */
export function findRelease(name: string): DatedRelease | undefined {
  const tag = /^(?:polkadot-)?(?:un)?stable(\d{4})(?:-\d+)?$/.exec(name)?.[1];
  if (tag !== undefined) return releases.findLast((release) => (release.tag ?? '') !== '' && tagOf(release) <= tag);
  const [, major, minor] = /^(?:polkadot-)?v?(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?$/.exec(name) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return releases.findLast(({ version }) => compareVersions(version, [Number(major), Number(minor)]) <= 0);
}

/** `stable2509 (polkadot 1.20.0)` */
export function releaseLabel({ tag, version }: NodeRelease): string {
  return tag === undefined ? `polkadot ${version}` : `${tag} (polkadot ${version})`;
}

function table(rows: readonly HostFunctionRow[]): ReadonlyMap<string, HostFunction> {
  return new Map(
    rows.map(([name, signature, first]) => {
      const since = releases.find(({ version }) => version === first);
      return [name, { signature, ...(since && { since }) }] as const;
    }),
  );
}

function tagOf({ tag = '' }: NodeRelease): string {
  return tag.replace('stable', '');
}

/** By major and minor version. */
function compareVersions(version: string, [major, minor]: readonly [number, number]): number {
  const [knownMajor = 0, knownMinor = 0] = version.split('.').map(Number);
  return knownMajor - major || knownMinor - minor;
}
