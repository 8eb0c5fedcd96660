/** Cargo projects in a folder of the workspace, found by looking at its upper levels only. */
import { dirname, join, sep } from 'node:path';
import { foldersUp, parseToml, tableAt } from './cargo-config.ts';
import type { Disk } from './disk.ts';

export interface CargoProjects {
  /** `Cargo.toml` files, upper levels first. */
  readonly manifests: readonly string[];
  /** Folders with a manifest and none above it: where Cargo makes a `target` by default. */
  readonly roots: readonly string[];
  /** `target` folders that are there, or may be (those of a workspace's members). */
  readonly targets: readonly string[];
}

const MAX_DEPTH = 3;
/** Folders that are listed, at most, per folder of the workspace. */
const MAX_FOLDERS = 1000;
const MAX_MEMBERS = 1000;
/** How many at a time, so that a large tree doesn't fill the queue that all of the extension host's file work goes through. */
const AT_ONCE = 16;
const MAX_LEVELS_UP = 4;
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'target', 'wbuild']);

/** @param elsewhere folders that are searched by themselves: other folders of the workspace */
export async function findProjects(disk: Disk, folder: string, elsewhere: ReadonlySet<string>): Promise<CargoProjects> {
  const manifests: string[] = [];
  const targets: string[] = [];
  let level = [folder];
  let budget = MAX_FOLDERS;
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const here = level.slice(0, budget);
    budget -= here.length;
    const below: string[] = [];
    for (const seen of await inBatches(here, (path) => lookInto(disk, path))) {
      manifests.push(...seen.manifests);
      targets.push(...seen.targets);
      below.push(...seen.below.filter((path) => !elsewhere.has(path)));
    }
    level = below;
  }
  const roots = rootsOf(manifests.map((path) => dirname(path)));
  const members = await Promise.all(roots.map((root) => memberTargets(disk, root)));
  return { manifests, roots, targets: [...new Set([...targets, ...members.flat()])] };
}

/** Cargo projects around a folder: a person may have opened a crate inside a workspace. */
export async function projectsAbove(disk: Disk, folder: string): Promise<readonly string[]> {
  const above = [...foldersUp(folder, MAX_LEVELS_UP)].slice(1);
  const stats = await Promise.all(above.map((path) => disk.stat(join(path, 'Cargo.toml'))));
  return above.filter((_, index) => stats[index]?.isFile());
}

async function lookInto(disk: Disk, folder: string) {
  const entries = (await disk.list(folder)) ?? [];
  const has = (name: string) => entries.some((entry) => entry.name === name);
  return {
    manifests: has('Cargo.toml') ? [join(folder, 'Cargo.toml')] : [],
    targets: has('target') ? [join(folder, 'target')] : [],
    // A link is no directory here: a loop of them has no end, and what it leads to is found at its own place.
    below: entries
      .filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.'))
      .map((entry) => join(folder, entry.name)),
  };
}

function rootsOf(folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(other + sep)));
}

/** srtool leaves its output in the runtime crate's own folder, which may lie deeper than is looked. */
async function memberTargets(disk: Disk, root: string): Promise<readonly string[]> {
  const text = await disk.text(join(root, 'Cargo.toml'));
  const members = text === undefined ? undefined : tableAt(parseToml(text), 'workspace')?.['members'];
  if (!Array.isArray(members)) return [];
  const named = members.filter((member) => typeof member === 'string' && !/[*?[]/.test(member)).slice(0, MAX_MEMBERS);
  return named.map((member) => join(root, String(member), 'target'));
}

async function inBatches<T, R>(items: readonly T[], action: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(action))));
  }
  return results;
}
