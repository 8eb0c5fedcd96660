/** The releases of Polkadot's nodes, oldest first, and where the versions of their crates are written. */

export type CrateName =
  | 'sp-io'
  | 'sp-statement-store'
  | 'cumulus-primitives-proof-size-hostfunction'
  | 'sp-crypto-ec-utils';

export interface ReleaseSource {
  /** The tag. Absent for the releases before 2024-07, which have only a version. */
  readonly tag?: string;
  /** The crate whose manifest names the versions of the crates and of the node. */
  readonly manifest: readonly [crate: string, version: string];
  /** What the manifest does not name. Found by the version of sp-core that they have in common. */
  readonly others?: Partial<Record<CrateName, string>>;
}

/** Before the crate polkadot-sdk. A node's first release with a crate is that of cumulus-client-service with it. */
function early(major: number, statementStore: number, proofSize?: number): ReleaseSource {
  return {
    manifest: ['polkadot-cli', `${major}.0.0`],
    others: {
      'sp-statement-store': `${statementStore}.0.0`,
      ...(proofSize !== undefined && { 'cumulus-primitives-proof-size-hostfunction': `0.${proofSize}.0` }),
    },
  };
}

function stable(tag: string, sdkVersion: string): ReleaseSource {
  return { tag, manifest: ['polkadot-sdk', sdkVersion] };
}

export const releaseSources: readonly ReleaseSource[] = [
  early(4, 7),
  early(5, 8),
  early(6, 9, 1),
  early(7, 10, 2),
  early(8, 11, 3),
  early(9, 12, 4),
  early(10, 13, 5),
  early(11, 14, 6),
  early(12, 15, 7),
  early(13, 16, 8),
  early(14, 17, 9),
  stable('stable2407', '0.5.0'),
  stable('stable2409', '0.7.0'),
  stable('stable2412', '0.10.1'),
  stable('stable2503', '2503.0.0'),
  stable('stable2506', '2506.0.0'),
  stable('stable2509', '2509.0.0'),
  stable('stable2512', '2512.0.0'),
  stable('stable2603', '2603.0.0'),
  stable('stable2606', '2606.0.0'),
  stable('stable2609', '2609.0.0'),
];

/** Versions of sp-io before the first release above, for the functions that were removed since. */
export const earlySpIo: readonly string[] = ['2.0.0', '3.0.0', '4.0.0', '5.0.0', '6.0.0', '7.0.0', '8.0.0', '26.0.0'];
