/**
 * The host functions of nodes: those that a node of a parachain offers to its runtime. Nodes keep every version of a
 * function. The table is made from the published crates: sp-io (`SubstrateHostFunctions`, without the experimental
 * features), sp-statement-store and cumulus-primitives-proof-size-hostfunction, which polkadot-omni-node adds, and the
 * curves of RFC 163 in sp-crypto-ec-utils.
 */
import { eccHostFunctionRows, type HostFunctionRow, nodeHostFunctions } from './host-function-table.ts';
import { type DatedRelease, datedReleases } from './node-releases.ts';

export interface HostFunction {
  /** `i64 i64 -> i32` */
  readonly signature: string;
  /** The first release that has it. Absent: it is older than the table. */
  readonly since?: DatedRelease;
}

/** Offered by every node of the newest release. */
export const hostFunctions: ReadonlyMap<string, HostFunction> = table(nodeHostFunctions);

/** Validators offer these only with the executor param `EnabledHostFunction(EccRfc163)`. */
export const eccHostFunctions: ReadonlyMap<string, HostFunction> = table(eccHostFunctionRows);

function table(rows: readonly HostFunctionRow[]): ReadonlyMap<string, HostFunction> {
  return new Map(
    rows.map(([name, signature, first]) => {
      const since = datedReleases.find(({ version }) => version === first);
      return [name, { signature, ...(since && { since }) }] as const;
    }),
  );
}
