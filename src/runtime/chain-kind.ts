import type { Export } from '../wasm/types.ts';

/** Runtime APIs of cumulus. Every collator needs the first one. */
const parachainApis = /^(CollectCollationInfo|AuraUnincludedSegmentApi|GetParachainInfo|RelayParentOffsetApi)_/;

/**
 * Is it the runtime of a parachain, or of a relay or solo chain? Undefined when the exports show neither. A parachain
 * runtime may lack `validate_block` by mistake; its runtime APIs still show what it is.
 */
export function isParachainRuntime(exports: readonly Export[]): boolean | undefined {
  const has = (matches: (name: string) => boolean) =>
    exports.some(({ name, kind }) => kind === 'function' && matches(name));
  if (has((name) => name === 'validate_block' || parachainApis.test(name))) return true;
  return has((name) => name.startsWith('Core_')) ? false : undefined;
}
