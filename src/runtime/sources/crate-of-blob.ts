/** The crate that a blob was built from, by wasm-builder's folders: `<target>/<profile>/wbuild/<crate>/`. */
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Disk } from './disk.ts';
import { crateFolder, packageName } from './manifest.ts';

/** A path from a container: this many of its last folders are looked for in the repository. */
const MAX_FOLDERS = 16;

/**
 * The crate's `Cargo.toml`. Undefined for a blob that lies elsewhere, or whose crate is not there. Reads a few small files, and
 * runs nothing.
 */
export async function manifestOfBlob(path: string, signal?: AbortSignal): Promise<string | undefined> {
  const folder = dirname(resolve(path));
  const crate = basename(folder);
  if (!/^[wr]build$/.test(basename(dirname(folder)))) return undefined;
  const disk = new Disk(signal);
  const generated = await disk.text(join(folder, 'Cargo.toml'));
  const named = generated === undefined ? undefined : crateFolder(generated, crate);
  if (named === undefined) return undefined;
  for (const candidate of [resolve(folder, named), ...below(rootOf(folder), named)]) {
    const manifest = join(candidate, 'Cargo.toml');
    const text = await disk.text(manifest);
    if (text !== undefined && packageName(manifest, text)?.name === crate) return manifest;
  }
  return undefined;
}

/** srtool builds in a container, so the path in the generated manifest exists only there: `/build/runtime`. */
function below(root: string | undefined, named: string): string[] {
  if (root === undefined) return [];
  const parts = named.split(/[\\/]/).filter((part) => part !== '');
  const tails = parts.slice(-MAX_FOLDERS).map((_, at, all) => all.slice(at));
  return [...tails, []].filter((tail) => !tail.includes('..')).map((tail) => join(root, ...tail));
}

/** The folder that holds the target folder. */
function rootOf(folder: string): string | undefined {
  const parts = folder.split(sep);
  const target = parts.lastIndexOf('target');
  return target < 1 ? undefined : parts.slice(0, target).join(sep) || sep;
}
