/**
 * What published libraries are in a runtime for. Needed where neither names nor calls tell: legacy symbols don't have the
 * type arguments of generic functions, and calls through tables have no known target. Code that may serve anybody is in no
 * table here.
 */
import type { FunctionSymbol } from '../symbols/symbols.ts';

/** The runtime's own crate, or a pallet by its crate. */
export type Purpose = { readonly kind: 'runtime' } | { readonly kind: 'pallet'; readonly crate: string };

/**
 * The parts of XCM's executor take their types from the runtime's `xcm_config` (polkadot/xcm/xcm-executor/src/config.rs).
 * `frame_executive` and `frame_metadata` are what the runtime's API calls (`impl_runtime_apis!` of every runtime).
 */
const ofRuntime: ReadonlySet<string> = new Set([
  'xcm_executor',
  'staging_xcm_executor',
  'xcm_builder',
  'staging_xcm_builder',
  'orml_xcm_support',
  'frame_executive',
  'frame_metadata',
]);

/**
 * Runtimes ask the host for storage. `validate_block` alone has it in the module, because it runs on a proof
 * (cumulus/pallets/parachain-system/src/validate_block/implementation.rs). Frontier's pallets run the libraries of Ethereum
 * (frame/evm/src/runner/stack.rs, frame/ethereum/src/lib.rs).
 */
const ofPallet: ReadonlyMap<string, string> = new Map([
  ['sp_state_machine', 'cumulus_pallet_parachain_system'],
  ['evm', 'pallet_evm'],
  ['evm_core', 'pallet_evm'],
  ['evm_gasometer', 'pallet_evm'],
  ['evm_runtime', 'pallet_evm'],
  ['ethereum', 'pallet_ethereum'],
]);

/** The description of a type for the metadata, which the runtime exports as a whole. */
const TYPE_INFO = ' as TypeInfo>::type_info';

/** Undefined for code that may serve anybody. */
export function purposeOf({ crate, item }: FunctionSymbol): Purpose | undefined {
  if (item.endsWith(TYPE_INFO)) return { kind: 'runtime' };
  if (crate === undefined) return undefined;
  if (ofRuntime.has(crate)) return { kind: 'runtime' };
  const pallet = ofPallet.get(crate);
  return pallet === undefined ? undefined : { kind: 'pallet', crate: pallet };
}
