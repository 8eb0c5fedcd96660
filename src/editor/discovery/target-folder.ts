/** Cargo's target folders. Reads only the levels at which wasm-builder puts its folders. */
import type { Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { expandPath } from '../../base/paths.ts';
import type { Disk } from './disk.ts';

/** `wbuild/<crate>`: the project that wasm-builder generated, and its blobs. */
export interface BuildFolder {
  readonly path: string;
  /** The package's name as written, dashes included. */
  readonly crateName: string;
  /** `release`, `srtool/production`, `x86_64-unknown-linux-gnu/release`, … */
  readonly profile: string;
}

/** A folder in which a runtime, or the next level on the way to one, can appear, change or disappear. */
export interface WatchedFolder {
  readonly path: string;
  /** Glob of the names that matter. Has no slashes, so that watching is not recursive. */
  readonly pattern: string;
  /** `names`: only added and removed entries. `contents`: written entries, too. */
  readonly sees: 'names' | 'contents';
}

export interface TargetFolder {
  readonly builds: readonly BuildFolder[];
  /** All that exist, including the folder itself and those of the builds. */
  readonly watched: readonly WatchedFolder[];
}

/** No target folder has more entries. A setting may name any folder, though. */
const MAX_ENTRIES = 256;
/** Entries of a profile's folder. A folder with one of these does not hold profiles. */
const PROFILE_ENTRIES: ReadonlySet<string> = new Set(['.fingerprint', 'build', 'deps', 'incremental', '.cargo-lock']);

/** The folders of `pvf.targetDirectories` as absolute paths. Accepts any value, and leaves out what is no path. */
export function targetDirectoriesOf(setting: unknown, workspaceFolder: string, homeFolder?: string): readonly string[] {
  if (!Array.isArray(setting)) return [];
  const written = setting.filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
  const context = { workspaceFolder, ...(homeFolder === undefined ? {} : { homeFolder }) };
  return [...new Set(written.map((path) => expandPath(path.trim(), context)))];
}

/** Finds `<profile>/wbuild/<crate>`, also below a target triple or `srtool`. Finds nothing in an absent folder. */
export async function readTarget(disk: Disk, target: string): Promise<TargetFolder> {
  const entries = await disk.list(target);
  if (!entries) return { builds: [], watched: [] };
  const names = folderNames(entries);
  // The user may have named a profile's folder.
  if (names.includes('wbuild')) return readProfile(disk, target, basename(target));
  const found = await Promise.all(names.map((name) => readUpper(disk, join(target, name), name)));
  return joined([namesIn(target), ...found]);
}

/** Reads the folder of a profile, or of a target triple with profiles in it. */
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
