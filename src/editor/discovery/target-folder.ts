/** The levels of one of Cargo's target folders at which wasm-builder leaves its folders; nothing else in it is looked at. */
import type { Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import type { Disk } from './disk.ts';

/** `wbuild/<crate>`: the project that wasm-builder generated, and its blobs. */
export interface BuildFolder {
  readonly path: string;
  /** The package's name as it is written, dashes and all. */
  readonly crateName: string;
  /** `release`, `srtool/production`, `x86_64-unknown-linux-gnu/release`, … */
  readonly profile: string;
}

/** A folder in which a runtime, or the next level on the way to one, can appear, change, or go. */
export interface WatchedFolder {
  readonly path: string;
  /** Glob for the names that matter; without slashes, so that watching is not recursive. */
  readonly pattern: string;
  /** `names`: only that entries come and go. `contents`: that they are written, too. */
  readonly sees: 'names' | 'contents';
}

export interface TargetFolder {
  readonly builds: readonly BuildFolder[];
  /** All that are there, the folder itself and those of the builds among them. */
  readonly watched: readonly WatchedFolder[];
}

/** More entries than that has no target folder; a setting may name any folder. */
const MAX_ENTRIES = 256;
/** What Cargo keeps in a profile's folder: a folder with one of these holds no profiles. */
const OF_A_PROFILE: ReadonlySet<string> = new Set(['.fingerprint', 'build', 'deps', 'incremental', '.cargo-lock']);

/** `<profile>/wbuild/<crate>`, and that below a target triple or `srtool`. An absent folder has nothing. */
export async function readTarget(disk: Disk, target: string): Promise<TargetFolder> {
  const entries = await disk.list(target);
  if (!entries) return { builds: [], watched: [] };
  const names = folderNames(entries);
  // A person may have named a profile's folder.
  if (names.includes('wbuild')) return readProfile(disk, target, basename(target));
  const found = await Promise.all(names.map((name) => readUpper(disk, join(target, name), name)));
  return joined([namesIn(target), ...found]);
}

/** A profile's folder, or one that holds those of a triple. */
async function readUpper(disk: Disk, folder: string, name: string): Promise<TargetFolder> {
  const profile = await readProfile(disk, folder, name);
  if (profile.builds.length > 0 || !mayHoldProfiles(name)) return profile;
  const entries = (await disk.list(folder)) ?? [];
  if (entries.some((entry) => OF_A_PROFILE.has(entry.name))) return profile;
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

/** Target triples have dashes; the name of a `<triple>.json` too, mostly. */
function mayHoldProfiles(name: string): boolean {
  return name === 'srtool' || name.includes('-');
}

function folderNames(entries: readonly Dirent[]): readonly string[] {
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .slice(0, MAX_ENTRIES)
    .map((entry) => entry.name);
}
