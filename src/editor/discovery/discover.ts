/**
 * Finds the runtimes of a workspace. A target folder may have a million files, so the search lists only the levels where
 * wasm-builder puts its folders, and only the upper levels of the sources.
 */
import { basename, dirname, join } from 'node:path';
import { isInside } from '../../base/paths.ts';
import type { Runtime } from '../model.ts';
import { blobsIn } from './blob-files.ts';
import { groupBlobs } from './blob-runtimes.ts';
import { configuredTargets, type Environment, findProjects, projectsAbove } from './cargo-projects.ts';
import { Disk, type DiskProblem } from './disk.ts';
import { Manifests } from './manifest.ts';
import { type BuildFolder, readTarget, type WatchedFolder } from './target-folder.ts';

export interface SearchFolder {
  /** A folder of the workspace. */
  readonly path: string;
  /** Absolute paths of additional folders: target folders, or folders with blobs. */
  readonly targetDirectories?: readonly string[];
}

export interface SearchOptions {
  /** The source of Cargo's variables. */
  readonly env?: Environment;
  readonly signal?: AbortSignal;
}

export interface Discovery {
  /** In the order of the folders, then by name and profile. */
  readonly runtimes: readonly Runtime[];
  /** A runtime can appear, change or disappear only in one of these. Some may not exist yet. */
  readonly watched: readonly WatchedFolder[];
  readonly problems: readonly DiskProblem[];
}

/** A target folder to search. */
interface Target {
  readonly path: string;
  readonly folder: string;
  /** `own`: other projects use the folder, too, so only crates of this workspace count. */
  readonly holds: 'all' | 'own';
  /** `await`: a build may create the folder, so it is watched. */
  readonly whenAbsent: 'await' | 'ignore';
}

interface FolderPlan {
  readonly targets: readonly Target[];
  /** Folders with blobs that are not target folders. */
  readonly plain: readonly string[];
  readonly manifests: readonly string[];
  readonly folder: string;
}

/** Maximum number of absent target folders that are watched. */
const MAX_AWAITED = 50;

/** Rejects only with the signal's reason. */
export async function discover(folders: readonly SearchFolder[], options: SearchOptions = {}): Promise<Discovery> {
  const disk = new Disk(options.signal);
  const roots = folders.map(({ path }) => path);
  const plans = await Promise.all(folders.map((folder) => planFolder(disk, folder, roots, options.env ?? {})));
  const targets = await distinct(
    disk,
    plans.flatMap((plan) => plan.targets),
  );
  const manifests = new Manifests(
    disk,
    plans.flatMap((plan) => plan.manifests),
  );
  const inTargets = await Promise.all(targets.map((target) => searchTarget(disk, target, manifests, roots)));
  const inPlain = await Promise.all(
    plans.flatMap((plan) => plan.plain.map((path) => searchPlain(disk, path, plan.folder))),
  );
  const found = [...inTargets, ...inPlain];
  return {
    runtimes: inOrder(
      found.flatMap(({ runtimes }) => runtimes),
      roots,
    ),
    watched: [...roots.map(projectIn), ...found.flatMap(({ watched }) => watched)],
    problems: disk.problems,
  };
}

async function planFolder(
  disk: Disk,
  { path: folder, targetDirectories = [] }: SearchFolder,
  folders: readonly string[],
  env: Environment,
): Promise<FolderPlan> {
  const elsewhere = new Set(folders.filter((other) => other !== folder));
  const [projects, above] = await Promise.all([findProjects(disk, folder, elsewhere), projectsAbove(disk, folder)]);
  const cargoRoots = [...new Set([folder, ...projects.roots])].slice(0, MAX_AWAITED);
  const configured = (await Promise.all(cargoRoots.map((root) => configuredTargets(disk, root, env)))).flat();
  const byDefault = projects.roots.slice(0, MAX_AWAITED).map((root) => join(root, 'target'));
  const shared = [...configured, ...above.map((project) => join(project, 'target'))];
  const inside = (path: string): Target => ({ path, folder, holds: 'all', whenAbsent: 'await' });
  return {
    folder,
    manifests: [...projects.manifests, ...above.map((project) => join(project, 'Cargo.toml'))],
    plain: targetDirectories,
    targets: [
      ...[...byDefault, ...targetDirectories].map(inside),
      ...projects.targets.map((path): Target => ({ ...inside(path), whenAbsent: 'ignore' })),
      ...shared.map((path): Target => ({ ...inside(path), holds: isInside(path, folder) ? 'all' : 'own' })),
    ],
  };
}

/** Removes folders with the same real path. Keeps the first spelling. */
async function distinct(disk: Disk, targets: readonly Target[]): Promise<readonly Target[]> {
  const realPaths = await Promise.all(targets.map(async ({ path }) => (await disk.realPath(path)) ?? path));
  return targets.filter((_, index) => realPaths.indexOf(realPaths[index] ?? '') === index);
}

interface Found {
  readonly runtimes: readonly Runtime[];
  readonly watched: readonly WatchedFolder[];
}

async function searchTarget(
  disk: Disk,
  target: Target,
  manifests: Manifests,
  folders: readonly string[],
): Promise<Found> {
  const { builds, watched } = await readTarget(disk, target.path);
  const runtimes = await Promise.all(builds.map((build) => searchBuild(disk, target, build, manifests, folders)));
  const isAwaited = watched.length === 0 && target.whenAbsent === 'await';
  // VS Code is slow to notice that a watched folder was created. It notices new entries of the parent folder at once.
  const awaited: WatchedFolder = { path: dirname(target.path), pattern: basename(target.path), sees: 'names' };
  return { runtimes: runtimes.flat(), watched: isAwaited ? [awaited] : watched };
}

async function searchBuild(
  disk: Disk,
  target: Target,
  build: BuildFolder,
  manifests: Manifests,
  folders: readonly string[],
): Promise<readonly Runtime[]> {
  const blobs = await blobsIn(disk, build.path, 'named-wasm');
  if (blobs.length === 0) return [];
  const manifestPath = await manifests.of(build);
  const owner = manifestPath === undefined ? target.folder : ownerOf(manifestPath, folders);
  if (target.holds === 'own' && owner === undefined) return [];
  const { crateName, profile } = build;
  const workspaceFolder = owner ?? target.folder;
  return groupBlobs(build.path, blobs, { crateName, workspaceFolder, profile, ...(manifestPath && { manifestPath }) });
}

async function searchPlain(disk: Disk, path: string, workspaceFolder: string): Promise<Found> {
  const runtimes = groupBlobs(path, await blobsIn(disk, path, 'all'), { workspaceFolder });
  return { runtimes, watched: [{ path, pattern: '*', sees: 'contents' }] };
}

/** A project may be created in an empty folder. */
function projectIn(path: string): WatchedFolder {
  return { path, pattern: '{Cargo.toml,target}', sees: 'names' };
}

/** The innermost of the folders that contain a file. */
function ownerOf(path: string, folders: readonly string[]): string | undefined {
  const around = folders.filter((folder) => isInside(path, folder));
  return around.sort((a, b) => b.length - a.length)[0];
}

function inOrder(runtimes: readonly Runtime[], folders: readonly string[]): readonly Runtime[] {
  const byId = new Map([...runtimes].reverse().map((runtime) => [runtime.id, runtime]));
  const text = ({ name, profile = '', id }: Runtime) => `${name}\0${profile}\0${id}`;
  const rank = ({ workspaceFolder = '' }: Runtime) => folders.indexOf(workspaceFolder);
  return [...byId.values()].sort((a, b) => rank(a) - rank(b) || (text(a) < text(b) ? -1 : 1));
}
