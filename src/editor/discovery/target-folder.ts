/** Cargo's target folders. Reads only the levels where wasm-builder puts its folders. */
import type { Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { expandPath } from '../../base/paths.ts';
import type { Disk } from '../../runtime/sources/disk.ts';

/** A folder with blobs. */
export interface BuildFolder {
  readonly path: string;
  readonly holds: BuildKind;
  /** The package name, with dashes. Absent if the folder does not have it. */
  readonly crateName?: string;
  /** `release`, `srtool/production`, `x86_64-unknown-linux-gnu/release`, … */
  readonly profile: string;
}

/**
 * - `wasm-builder`: `wbuild/<crate>`, the generated project of wasm-builder
 * - `polkavm`: `rbuild` or `rbuild/<crate>`, the same for SUBSTRATE_RUNTIME_TARGET=riscv
 * - `cargo`: the output of cargo itself for a wasm target. Most modules in it may be no runtimes
 */
export type BuildKind = 'wasm-builder' | 'polkavm' | 'cargo';

/** A folder in which a runtime, or a folder that may contain one, can appear, change or disappear. */
export interface WatchedFolder {
  readonly path: string;
  /** Glob of the relevant names. Has no slashes, so that watching is not recursive. */
  readonly pattern: string;
  /** `names`: only added and removed entries. `contents`: written entries, too. */
  readonly sees: 'names' | 'contents';
}

export interface TargetFolder {
  readonly builds: readonly BuildFolder[];
  /** All existing folders, including the target folder itself and the build folders. */
  readonly watched: readonly WatchedFolder[];
}

/** A target folder has fewer entries. Other folders in the setting may have more. */
const MAX_ENTRIES = 256;
/** Entries of a profile folder. A folder with one of these does not contain profiles. */
const PROFILE_ENTRIES: ReadonlySet<string> = new Set(['.fingerprint', 'build', 'deps', 'incremental', '.cargo-lock']);

/** The folders of `pvf.targetDirectories` as absolute paths. Accepts any value, and leaves out invalid entries. */
export function targetDirectoriesOf(
  setting: unknown,
  workspaceFolder: string,
  homeFolder?: string,
  env?: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if (!Array.isArray(setting)) return [];
  const written = setting.filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
  const context = { workspaceFolder, ...(homeFolder !== undefined && { homeFolder }), ...(env && { env }) };
  return [...new Set(written.map((path) => expandPath(path.trim(), context)))];
}

/** Levels of folders above a profile folder: `srtool/x86_64-unknown-linux-gnu/release`. */
const MAX_LEVELS = 3;

/**
 * Finds `<profile>/wbuild/<crate>`, `<profile>/rbuild` and `<wasm target>/<profile>`, also below a target triple, `srtool` or
 * a target folder inside the target folder. An absent folder has no builds.
 */
export async function readTarget(disk: Disk, target: string): Promise<TargetFolder> {
  const entries = await disk.list(target);
  if (!entries) return { builds: [], watched: [] };
  const names = folderNames(entries);
  const name = basename(target);
  // The setting may contain a profile folder, or the folder of a target.
  if (names.includes('wbuild') || names.includes('rbuild')) return readProfile(disk, target, name);
  const prefix = isWasmTarget(name) ? `${name}/` : '';
  const found = await Promise.all(names.map((inner) => readUpper(disk, join(target, inner), `${prefix}${inner}`, 1)));
  return joined([namesIn(target), ...found]);
}

/** Reads a profile folder, or a folder with profiles: of a target triple, of srtool, or of rust-analyzer. */
async function readUpper(disk: Disk, folder: string, profile: string, level: number): Promise<TargetFolder> {
  const read = await readProfile(disk, folder, profile);
  const parent = profile.split('/').at(-2);
  if (parent !== undefined && isWasmTarget(parent)) return joined([read, cargoOutput(folder, profile)]);
  if (read.builds.length > 0 || level === MAX_LEVELS || !(await mayHoldProfiles(disk, folder))) return read;
  const entries = (await disk.list(folder)) ?? [];
  if (entries.some((entry) => PROFILE_ENTRIES.has(entry.name))) return read;
  const inner = folderNames(entries).map((name) =>
    readUpper(disk, join(folder, name), `${profile}/${name}`, level + 1),
  );
  return joined([namesIn(folder), ...(await Promise.all(inner))]);
}

async function readProfile(disk: Disk, folder: string, profile: string): Promise<TargetFolder> {
  const level: TargetFolder = { builds: [], watched: [{ path: folder, pattern: 'wbuild', sees: 'names' }] };
  const [wbuild, rbuild] = await Promise.all([
    disk.list(join(folder, 'wbuild')),
    // Almost no target folder has it. Looking for it is cheaper than listing it.
    disk
      .stat(join(folder, 'rbuild'))
      .then((stats) => (stats?.isDirectory() ? disk.list(join(folder, 'rbuild')) : undefined)),
  ]);
  return joined([
    level,
    ...(wbuild ? [buildsIn(join(folder, 'wbuild'), 'wasm-builder', wbuild, profile)] : []),
    ...(rbuild ? [programsIn(join(folder, 'rbuild'), rbuild, profile)] : []),
  ]);
}

function buildsIn(path: string, holds: BuildKind, entries: readonly Dirent[], profile: string): TargetFolder {
  const builds = folderNames(entries).map((crateName) => ({ path: join(path, crateName), holds, crateName, profile }));
  return joined([namesIn(path), { builds, watched: builds.map(contentsOf) }]);
}

/** A build script may write PolkaVM programs to `rbuild` itself, too. */
function programsIn(path: string, entries: readonly Dirent[], profile: string): TargetFolder {
  const holds = 'polkavm';
  const own = entries.some(({ name }) => name.endsWith(SUFFIXES[holds])) ? [{ path, holds, profile } as const] : [];
  return joined([buildsIn(path, holds, entries, profile), { builds: own, watched: own.map(contentsOf) }]);
}

function cargoOutput(path: string, profile: string): TargetFolder {
  const build = { path, holds: 'cargo', profile } as const;
  return { builds: [build], watched: [contentsOf(build)] };
}

export const SUFFIXES: Readonly<Record<BuildKind, string>> = {
  'wasm-builder': '.wasm',
  polkavm: '.polkavm',
  cargo: '.wasm',
};

function contentsOf({ path, holds }: BuildFolder): WatchedFolder {
  return { path, pattern: `*${SUFFIXES[holds]}`, sees: 'contents' };
}

function namesIn(path: string): TargetFolder {
  return { builds: [], watched: [{ path, pattern: '*', sees: 'names' }] };
}

function joined(parts: readonly TargetFolder[]): TargetFolder {
  return { builds: parts.flatMap(({ builds }) => builds), watched: parts.flatMap(({ watched }) => watched) };
}

/** `wasm32-unknown-unknown`, `wasm32v1-none`. */
function isWasmTarget(name: string): boolean {
  return name.startsWith('wasm32');
}

/**
 * Target triples have dashes, and so do most names of custom targets (`<triple>.json`). Cargo marks every target folder with
 * a tag, also one inside another target folder.
 */
async function mayHoldProfiles(disk: Disk, folder: string): Promise<boolean> {
  const name = basename(folder);
  return name === 'srtool' || name.includes('-') || (await disk.stat(join(folder, 'CACHEDIR.TAG'))) !== undefined;
}

function folderNames(entries: readonly Dirent[]): readonly string[] {
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .slice(0, MAX_ENTRIES)
    .map((entry) => entry.name);
}
