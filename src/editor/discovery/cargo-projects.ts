/** Cargo projects in a workspace folder: a bounded search through the upper levels, then where manifests lead to. */
import { basename, dirname, join, sep } from 'node:path';
import type { Disk } from '../../runtime/sources/disk.ts';
import type { CargoManifest } from './cargo-manifest.ts';
import { FolderReader, foldersUp, inBatches } from './folders.ts';
import type { SearchCache } from './search-cache.ts';
import { memberFolders } from './workspace-members.ts';

export interface CargoProjects {
  /** The nearest first, then members of workspaces and path dependencies. */
  readonly manifests: readonly CargoManifest[];
  /** The topmost folders with a manifest, and workspaces: Cargo creates `target` there by default. */
  readonly roots: readonly string[];
  /** `target` folders that exist, or may exist (those of members and path dependencies). */
  readonly targets: readonly string[];
  /** Folders with a `.cargo` folder. */
  readonly configured: readonly string[];
  /** What was not searched, as sentences. */
  readonly limits: readonly string[];
}

/** Maximum number of folders listed per workspace folder, for the search and for the globs of members. */
const MAX_FOLDERS = 1000;
const MAX_MEMBER_FOLDERS = 2000;
const MAX_MANIFESTS = 1000;
const MAX_LEVELS_UP = 4;

interface Surface {
  readonly visited: ReadonlySet<string>;
  readonly crates: readonly string[];
  readonly targets: readonly string[];
  readonly configured: readonly string[];
  readonly isComplete: boolean;
}

interface ProjectSearch {
  readonly disk: Disk;
  readonly cache: SearchCache;
  readonly folder: string;
  /** Folders that are searched separately: other workspace folders. */
  readonly elsewhere: ReadonlySet<string>;
  /** May a manifest lead to this folder? */
  readonly mayRead: (folder: string) => boolean;
}

export async function findProjects(search: ProjectSearch): Promise<CargoProjects> {
  const { folder } = search;
  const surface = await searchFolders(search);
  const reader = new FolderReader(search.disk, MAX_MEMBER_FOLDERS);
  const { manifests, folders, isComplete } = await followManifests(search, reader, surface.crates);
  const deep = [...new Set(folders)].filter((path) => !surface.visited.has(path)).map((path) => join(path, 'target'));
  const workspaces = manifests.filter(({ workspace }) => workspace !== undefined).map(({ path }) => dirname(path));
  return {
    manifests,
    roots: [...new Set([...rootsOf(surface.crates), ...workspaces])],
    targets: [...new Set([...surface.targets, ...deep])],
    configured: surface.configured,
    limits: [
      ...(surface.isComplete ? [] : [`${folder} has more than ${MAX_FOLDERS} folders. The deepest were not searched.`]),
      ...(reader.isComplete ? [] : [`The globs of workspace members match more than ${MAX_MEMBER_FOLDERS} folders.`]),
      ...(isComplete ? [] : [`Only the first ${MAX_MANIFESTS} manifests were read.`]),
    ],
  };
}

/** Cargo projects above a folder: the user may have opened a crate inside a workspace. */
export async function projectsAbove(disk: Disk, folder: string): Promise<readonly string[]> {
  const above = [...foldersUp(folder)].slice(1, 1 + MAX_LEVELS_UP);
  const stats = await Promise.all(above.map((path) => disk.stat(join(path, 'Cargo.toml'))));
  return above.filter((_, index) => stats[index]?.isFile());
}

/** The nearest folders first, because crates are usually near the top. A promising name makes a folder nearer. */
async function searchFolders({ disk, folder, elsewhere }: ProjectSearch): Promise<Surface> {
  const reader = new FolderReader(disk, MAX_FOLDERS);
  const visited = new Set<string>();
  const crates: string[] = [];
  const targets: string[] = [];
  const configured: string[] = [];
  /** Folders to list, by distance. */
  const waiting = new Map<number, readonly string[]>([[0, [folder]]]);
  while (waiting.size > 0) {
    const distance = Math.min(...waiting.keys());
    const listed = await reader.list(waiting.get(distance) ?? []);
    waiting.delete(distance);
    for (const { path, entries } of listed) {
      visited.add(path);
      const names = new Set(entries.map(({ name }) => name));
      if (names.has('Cargo.toml')) crates.push(path);
      if (names.has('target')) targets.push(join(path, 'target'));
      if (names.has('.cargo')) configured.push(path);
    }
    const below = listed.flatMap((one) => one.below).filter((path) => !elsewhere.has(path));
    for (const step of STEPS) {
      const reached = below.filter((path) => stepOf(basename(path)) === step);
      if (reached.length > 0) waiting.set(distance + step, [...(waiting.get(distance + step) ?? []), ...reached]);
    }
  }
  return { visited, crates, targets, configured, isComplete: reader.isComplete };
}

const STEPS = [1, 2, 3, 5] as const;

/** When the limit ends the search, the folders that are likely to have a runtime have been listed. */
function stepOf(name: string): (typeof STEPS)[number] {
  if (/runtime|parachain|polkadot|substrate|relay/i.test(name)) return 1;
  if (/chain|node|rust|crates|code/i.test(name)) return 2;
  // Crates are rarely inside the sources of others.
  return /^(?:src|tests?|benches|examples|docs?|dist|assets|public|vendor|third_party)$/i.test(name) ? 5 : 3;
}

interface Followed {
  readonly manifests: readonly CargoManifest[];
  /** The folders of the manifests, and those of members that are written out. */
  readonly folders: readonly string[];
  readonly isComplete: boolean;
}

/** Reads the manifests, and those of workspace members and path dependencies. */
async function followManifests(
  { disk, cache, mayRead }: ProjectSearch,
  reader: FolderReader,
  crates: readonly string[],
): Promise<Followed> {
  const manifests: CargoManifest[] = [];
  const seen = new Set(crates);
  const found: string[] = [];
  for (let next = crates; next.length > 0; ) {
    const here = next.slice(0, MAX_MANIFESTS - manifests.length);
    const read = await inBatches(here, (path) => cache.manifest(disk, join(path, 'Cargo.toml')));
    const present = read.filter((manifest) => manifest !== undefined);
    manifests.push(...present);
    found.push(...present.map(({ path }) => dirname(path)));
    if (here.length < next.length) return { manifests, folders: found, isComplete: false };
    const linked = await inBatches(present, async ({ path, workspace, pathDependencies }) => {
      const members = workspace && (await memberFolders(reader, dirname(path), workspace));
      // Such a member may have build output although its manifest is missing, for example on another branch.
      found.push(...(members?.written ?? []).filter(mayRead));
      return [...(members?.written ?? []), ...(members?.matched ?? []), ...pathDependencies];
    });
    next = [...new Set(linked.flat())].filter((path) => !seen.has(path) && mayRead(path));
    for (const path of next) seen.add(path);
  }
  return { manifests, folders: found, isComplete: true };
}

function rootsOf(folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(other + sep)));
}
