/** Cargo's target folders. Reads only the levels where wasm-builder puts its folders. */
import type { Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { expandPath } from '../../base/paths.ts';
import type { Disk } from './disk.ts';

/** `wbuild/<crate>`: the generated project of wasm-builder, with its blobs. */
export interface BuildFolder {
  readonly path: string;
  /** The package name, with dashes. */
  readonly crateName: string;
  /** `release`, `srtool/production`, `x86_64-unknown-linux-gnu/release`, … */
  readonly profile: string;
}

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
export function targetDirectoriesOf(setting: unknown, workspaceFolder: string, homeFolder?: string): readonly string[] {
  if (!Array.isArray(setting)) return [];
  const written = setting.filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
  const context = { workspaceFolder, ...(homeFolder === undefined ? {} : { homeFolder }) };
  return [...new Set(written.map((path) => expandPath(path.trim(), context)))];
}

/** Finds `<profile>/wbuild/<crate>`, also below a target triple or `srtool`. An absent folder has no builds. */
export async function readTarget(disk: Disk, target: string): Promise<TargetFolder> {
  const entries = await disk.list(target);
  if (!entries) return { builds: [], watched: [] };
  const names = folderNames(entries);
  // The setting may contain a profile folder.
  if (names.includes('wbuild')) return readProfile(disk, target, basename(target));
  const found = await Promise.all(names.map((name) => readUpper(disk, join(target, name), name)));
  return joined([namesIn(target), ...found]);
}

/** Reads a profile folder, or the folder of a target triple with profiles. */
async function readUpper(disk: Disk, folder: string, name: string): Promise<TargetFolder> {
  const profile = await readProfile(disk, folder, name);
  if (profile.builds.length > 0 || !mayHoldProfiles(name)) return profile;
  const entries = (await disk.list(folder)) ?? [];
  if (entries.some((entry) => PROFILE_ENTRIES.has(entry.name))) return profile;
  const inner = folderNames(entries).map((entry) => readProfile(disk, join(folder, entry), `${name}/${entry}`));
  return joined([namesIn(folder), ...(await Promise.all(inner))]);
}

async function readProfile(disk: Disk, folder: string, profile: string): Promise<TargetFolder> {
  const wbuild = join(folder, 'wbuild');
  const level: TargetFolder = { builds: [], watched: [{ path: folder, pattern: 'wbuild', sees: 'names' }] };
  const entries = await disk.list(wbuild);
  if (!entries) return level;
  const builds = folderNames(entries).map((crateName) => ({ path: join(wbuild, crateName), crateName, profile }));
  const watched = builds.map(({ path }): WatchedFolder => ({ path, pattern: '*.wasm', sees: 'contents' }));
  return joined([level, namesIn(wbuild), { builds, watched }]);
}

function namesIn(path: string): TargetFolder {
  return { builds: [], watched: [{ path, pattern: '*', sees: 'names' }] };
}

function joined(parts: readonly TargetFolder[]): TargetFolder {
  return { builds: parts.flatMap(({ builds }) => builds), watched: parts.flatMap(({ watched }) => watched) };
}

/** Target triples have dashes, and so do most names of custom targets (`<triple>.json`). */
function mayHoldProfiles(name: string): boolean {
  return name === 'srtool' || name.includes('-');
}

function folderNames(entries: readonly Dirent[]): readonly string[] {
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .slice(0, MAX_ENTRIES)
    .map((entry) => entry.name);
}
