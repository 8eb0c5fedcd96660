/** Cargo projects in a workspace folder, and their target folders. Searches only the upper levels. */
import { dirname, join, resolve, sep } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';
import type { Disk } from './disk.ts';

export interface CargoProjects {
  /** `Cargo.toml` files, upper levels first. */
  readonly manifests: readonly string[];
  /** The topmost folders with a manifest: Cargo creates `target` there by default. */
  readonly roots: readonly string[];
  /** `target` folders that exist, or may exist (those of a workspace's members). */
  readonly targets: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

const MAX_DEPTH = 3;
/** Maximum number of folders listed per workspace folder. */
const MAX_FOLDERS = 1000;
const MAX_MEMBERS = 1000;
/** Limits parallel work, so that a large tree does not block all file operations of the extension host. */
const BATCH_SIZE = 16;
const MAX_LEVELS_UP = 4;
/** Levels searched for `.cargo/config.toml`. Cargo itself searches up to the root. */
const MAX_CONFIG_LEVELS_UP = 8;
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'target', 'wbuild']);
/** wasm-builder writes next to the output folder of build scripts, which `build-dir` can move since Cargo 1.91. */
const CONFIG_KEYS = ['target-dir', 'build-dir'] as const;
const VARIABLES = ['CARGO_TARGET_DIR', 'CARGO_BUILD_TARGET_DIR', 'CARGO_BUILD_BUILD_DIR'] as const;

/** @param elsewhere folders that are searched separately: other workspace folders */
export async function findProjects(disk: Disk, folder: string, elsewhere: ReadonlySet<string>): Promise<CargoProjects> {
  const manifests: string[] = [];
  const targets: string[] = [];
  let level = [folder];
  let budget = MAX_FOLDERS;
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const here = level.slice(0, budget);
    budget -= here.length;
    const below: string[] = [];
    for (const seen of await inBatches(here, (path) => readFolder(disk, path))) {
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

/** Cargo projects above a folder: the user may have opened a crate inside a workspace. */
export async function projectsAbove(disk: Disk, folder: string): Promise<readonly string[]> {
  const above = [...foldersUp(folder, MAX_LEVELS_UP)].slice(1);
  const stats = await Promise.all(above.map((path) => disk.stat(join(path, 'Cargo.toml'))));
  return above.filter((_, index) => stats[index]?.isFile());
}

async function readFolder(disk: Disk, folder: string) {
  const entries = (await disk.list(folder)) ?? [];
  const has = (name: string) => entries.some((entry) => entry.name === name);
  return {
    manifests: has('Cargo.toml') ? [join(folder, 'Cargo.toml')] : [],
    targets: has('target') ? [join(folder, 'target')] : [],
    // Does not follow links: they may form a loop, and their targets are found elsewhere.
    below: entries
      .filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.'))
      .map((entry) => join(folder, entry.name)),
  };
}

function rootsOf(folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(other + sep)));
}

/** srtool writes to the folder of the runtime crate, which may be below the searched levels. */
async function memberTargets(disk: Disk, root: string): Promise<readonly string[]> {
  const text = await disk.text(join(root, 'Cargo.toml'));
  const members = text === undefined ? undefined : tableAt(parseToml(text), 'workspace')?.['members'];
  if (!Array.isArray(members)) return [];
  const named = members.filter((member) => typeof member === 'string' && !/[*?[]/.test(member)).slice(0, MAX_MEMBERS);
  return named.map((member) => join(root, String(member), 'target'));
}

/**
 * The target folders in the environment and in `.cargo/config.toml`, as absolute paths. The folders may not exist.
 */
export async function configuredTargets(disk: Disk, project: string, env: Environment): Promise<readonly string[]> {
  const fromEnv = VARIABLES.flatMap((name) => env[name] || []);
  const fromFiles = await Promise.all(
    [...foldersUp(project, MAX_CONFIG_LEVELS_UP)].map((folder) => targetsOfConfig(disk, folder, project)),
  );
  return [...fromEnv.map((value) => resolve(project, value)), ...fromFiles.flat()];
}

/** The folder itself, then those above it. */
function* foldersUp(folder: string, levels: number): Generator<string> {
  let at = folder;
  for (let level = 0; level <= levels; level++) {
    yield at;
    if (dirname(at) === at) return;
    at = dirname(at);
  }
}

async function targetsOfConfig(disk: Disk, folder: string, project: string): Promise<readonly string[]> {
  // `config` without an extension is the old name. Cargo prefers it when both exist.
  const text =
    (await disk.text(join(folder, '.cargo', 'config'))) ?? (await disk.text(join(folder, '.cargo', 'config.toml')));
  const build = text === undefined ? undefined : tableAt(parseToml(text), 'build');
  return CONFIG_KEYS.flatMap((key) => {
    const value = build?.[key];
    const path = typeof value === 'string' ? value.replace(/^\{workspace-root\}/, project) : '';
    // Only Cargo knows the values of the other templates.
    if (path === '' || path.includes('{')) return [];
    return [resolve(folder, path)];
  });
}

/** Undefined for invalid TOML: manifests in an editor are often incomplete. */
export function parseToml(text: string): TomlTable | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

export function tableAt(table: TomlTable | undefined, key: string): TomlTable | undefined {
  const value = table?.[key];
  const isTable = typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
  return isTable ? value : undefined;
}

async function inBatches<T, R>(items: readonly T[], action: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += BATCH_SIZE) {
    results.push(...(await Promise.all(items.slice(at, at + BATCH_SIZE).map(action))));
  }
  return results;
}
