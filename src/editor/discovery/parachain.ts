/** Tells parachain runtimes from those of relay chains and solo chains. */
import type { RuntimeMarks } from '../../runtime/runtime-marks.ts';
import type { Disk } from '../../runtime/sources/disk.ts';
import { registersValidateBlock } from '../../runtime/sources/source-places.ts';
import type { CargoManifest } from './cargo-manifest.ts';

/** Only a chain with its own finality has these pallets. */
const OWN_FINALITY: readonly string[] = ['pallet-grandpa', 'pallet-beefy', 'pallet-babe'];

/**
 * The blob decides if it has `validate_block`. Otherwise the crate does: a parachain's blob without it is an error that the
 * check reports. A relay chain may use types of a cumulus pallet, so its own finality counts more than that dependency.
 * @param marks undefined: no file of the runtime is readable as a module, for example because it is compressed
 * @returns undefined if nothing is known
 */
export async function isParachainRuntime(
  disk: Disk,
  marks: RuntimeMarks | undefined,
  manifest: CargoManifest | undefined,
  renamed: ReadonlyMap<string, string>,
): Promise<boolean | undefined> {
  if (marks?.hasValidateBlock) return true;
  if (manifest === undefined) return marks === undefined ? undefined : false;
  const dependencies = [...manifest.dependencies].flatMap((name) => [name, renamed.get(name) ?? name]);
  const hasCumulus = dependencies.some((name) => /^cumulus[-_]pallet[-_]/.test(name));
  if (hasCumulus && !dependencies.some((name) => OWN_FINALITY.includes(name))) return true;
  return registersValidateBlock(disk, manifest.path);
}
