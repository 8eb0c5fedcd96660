/** The crates of runtimes, whether built or not. */
import path from 'node:path';
import { isInside } from '../../base/paths.ts';
import type { Searched } from '../discovery/searched.ts';
import type { Runtime, UnbuiltCrate } from '../model.ts';

export interface Crate {
  /** The package name. */
  readonly name: string;
  readonly manifestPath: string;
  readonly workspaceFolder?: string;
  readonly isBuilt: boolean;
}

interface Found {
  readonly all: readonly Runtime[];
  readonly unbuilt: readonly UnbuiltCrate[];
}

/** Variants and profiles of a runtime share one crate. */
export function cratesOf({ all, unbuilt }: Found): Crate[] {
  const built = all.flatMap((runtime) => crateOf(runtime) ?? []);
  const others = unbuilt.map(({ crateName, manifestPath }) => ({ name: crateName, manifestPath, isBuilt: false }));
  return [...new Map([...others, ...built].map((crate) => [crate.manifestPath, crate])).values()];
}

/** Undefined if the crate is not known. */
export function crateOf({ name, crateName = name, manifestPath, workspaceFolder }: Runtime): Crate | undefined {
  if (manifestPath === undefined) return undefined;
  return {
    name: crateName,
    manifestPath,
    isBuilt: true,
    ...(workspaceFolder === undefined ? {} : { workspaceFolder }),
  };
}

/** The blob that was built last. Undefined if the crate is not built. */
export function newestBlob({ manifestPath }: Crate, runtimes: readonly Runtime[]): string | undefined {
  const own = runtimes.filter((runtime) => runtime.manifestPath === manifestPath);
  const [newest] = own.sort((a, b) => b.blob.modifiedMs - a.blob.modifiedMs);
  return newest?.blob.path;
}

/**
 * Where a build will put the blob of a crate: below the innermost target folder around the crate.
 * @param buildArguments those of `cargo build`
 */
export function expectedBlob(
  { name, manifestPath }: Crate,
  buildArguments: readonly string[],
  searched: Searched | undefined,
): string {
  const around = (searched?.targets ?? [])
    .map(({ path: target }) => target)
    .filter((target) => path.basename(target) === 'target' && isInside(manifestPath, path.dirname(target)))
    .sort((a, b) => b.length - a.length);
  const target = around[0] ?? path.join(path.dirname(manifestPath), 'target');
  const file = `${name.replaceAll('-', '_')}.compact.compressed.wasm`;
  return path.join(target, profileFolder(buildArguments), 'wbuild', name, file);
}

/** The name of the folder that cargo creates for a profile. */
function profileFolder(buildArguments: readonly string[]): string {
  for (const [index, argument] of buildArguments.entries()) {
    const profile = argument === '--profile' ? buildArguments[index + 1] : /^--profile=(.+)$/.exec(argument)?.[1];
    if (profile !== undefined) return profile === 'dev' ? 'debug' : profile;
  }
  return buildArguments.some((argument) => argument === '--release' || argument === '-r') ? 'release' : 'debug';
}
