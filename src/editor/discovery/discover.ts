/**
 * Finds the runtimes of a workspace. A target folder may have a million files, so the search lists only the levels where
 * builds put blobs, and a limited number of folders of the sources.
 */
import { basename, dirname } from 'node:path';
import { isInside } from '../../base/paths.ts';
import { Disk, type DiskProblem } from '../../runtime/sources/disk.ts';
import type { Runtime, UnbuiltCrate } from '../model.ts';
import { blobsIn, type FoundBlob } from './blob-files.ts';
import { groupBlobs, type RuntimeOrigin } from './blob-runtimes.ts';
import type { CargoManifest } from './cargo-manifest.ts';
import { Crates } from './crates.ts';
import { isParachainRuntime } from './parachain.ts';
import { type BuildSource, planFolder, type SearchFolder, type SearchOptions } from './plan.ts';
import { SearchCache } from './search-cache.ts';
import type { Searched, SearchedTarget } from './searched.ts';
import { choiceOf } from './selection.ts';
import { type BuildFolder, readTarget, type WatchedFolder } from './target-folder.ts';

export type { SearchFolder, SearchOptions } from './plan.ts';

export interface Discovery {
  /** In the order of the folders, then by name and profile. */
  readonly runtimes: readonly Runtime[];
  /** Crates of runtimes without any blob. */
  readonly unbuilt: readonly UnbuiltCrate[];
  readonly searched: Searched;
  /** The number of folders that were listed, including absent ones. */
  readonly listed: number;
  /** A runtime can appear, change or disappear only in one of these. Some may not exist yet. */
  readonly watched: readonly WatchedFolder[];
  readonly problems: readonly DiskProblem[];
}

/** What the parts of one search share. */
interface Search {
  readonly disk: Disk;
  readonly cache: SearchCache;
  readonly crates: Crates;
  readonly folders: readonly SearchFolder[];
}

/** Rejects only with the signal's reason. */
export async function discover(folders: readonly SearchFolder[], options: SearchOptions = {}): Promise<Discovery> {
  const disk = new Disk(options.signal);
  const { cache = new SearchCache() } = options;
  const roots = folders.map(({ path }) => path);
  const plans = await Promise.all(folders.map((folder) => planFolder({ disk, cache, roots, options }, folder)));
  const crates = new Crates(
    disk,
    cache,
    plans.flatMap(({ manifests }) => manifests),
  );
  const search: Search = { disk, cache, crates, folders };
  const sources = await distinct(
    disk,
    plans.flatMap((plan) => plan.sources),
  );
  const found = await Promise.all(sources.map((source) => searchSource(search, source, roots, options)));
  const runtimes = inOrder(
    found.flatMap((one) => one.runtimes),
    roots,
  );
  return {
    runtimes,
    unbuilt: unbuiltCrates(crates, runtimes, roots),
    searched: {
      folders: plans.map(({ folder, manifests, limits }) => ({ path: folder, manifests: manifests.length, limits })),
      targets: byPath(found.flatMap(({ searched }) => searched ?? [])),
    },
    listed: disk.listed,
    watched: [...roots.map(projectIn), ...found.flatMap(({ watched }) => watched)],
    problems: disk.problems,
  };
}

/** A source with the path that remains when links are followed. */
type RealSource = BuildSource & { readonly realPath: string };

/** Removes folders with the same real path. Keeps the first spelling. */
async function distinct(disk: Disk, sources: readonly BuildSource[]): Promise<readonly RealSource[]> {
  const real = await Promise.all(
    sources.map(async (source) => ({ ...source, realPath: (await disk.realPath(source.path)) ?? source.path })),
  );
  const keyOf = ({ kind, realPath }: RealSource) => `${kind} ${realPath}`;
  const first = new Map([...real].reverse().map((source) => [keyOf(source), source]));
  return real.filter((source) => first.get(keyOf(source)) === source);
}

interface Found {
  readonly runtimes: readonly Runtime[];
  readonly watched: readonly WatchedFolder[];
  /** Absent for folders that nobody misses: the `target` of a crate that has none. */
  readonly searched?: SearchedTarget;
}

async function searchSource(
  search: Search,
  source: RealSource,
  roots: readonly string[],
  { isTrusted = true }: SearchOptions,
): Promise<Found> {
  const { path, why } = source;
  const isOutside = !roots.some((root) => isInside(source.path, root) && isInside(source.realPath, root));
  if (!isTrusted && isOutside && source.namedBy === 'workspace' && !(await isInRealRoot(search.disk, source, roots)))
    return { runtimes: [], watched: [], searched: { path, why, state: 'untrusted', runtimes: 0 } };
  return source.kind === 'target' ? searchTarget(search, source) : searchPlain(search, source);
}

/** The workspace folder itself may be reached through a link. */
async function isInRealRoot(disk: Disk, { realPath }: RealSource, roots: readonly string[]): Promise<boolean> {
  const real = await Promise.all(roots.map(async (root) => (await disk.realPath(root)) ?? root));
  return real.some((root) => isInside(realPath, root));
}

async function searchTarget(search: Search, source: BuildSource): Promise<Found> {
  const { path, why, whenAbsent } = source;
  const { builds, watched } = await readTarget(search.disk, path);
  const runtimes = (await Promise.all(builds.map((build) => searchBuild(search, source, build)))).flat();
  if (watched.length > 0)
    return { runtimes, watched, searched: { path, why, state: 'searched', runtimes: runtimes.length } };
  if (whenAbsent === 'ignore') return { runtimes, watched };
  // VS Code is slow to notice that a watched folder was created. It notices new entries of the parent folder at once.
  const awaited: WatchedFolder = { path: dirname(path), pattern: basename(path), sees: 'names' };
  return { runtimes, watched: [awaited], searched: { path, why, state: 'absent', runtimes: 0 } };
}

async function searchBuild(search: Search, source: BuildSource, build: BuildFolder): Promise<readonly Runtime[]> {
  const { path, profile, holds } = build;
  const blobs = await blobsIn(search.disk, path, holds === 'polkavm' ? '.polkavm' : '.wasm');
  if (blobs.length === 0) return [];
  const ofFolder = await search.crates.ofBuild(build);
  const kind = isDevelopment(source.path, profile) ? 'development' : 'release';
  const shared = {
    profile,
    build: { profile: basename(profile), kind },
    ...(holds === 'polkavm' && { format: holds }),
  } as const;
  if (holds === 'wasm-builder')
    return runtimesOf(search, source, path, blobs, ofFolder, { ...shared, ...crateNameOf(build) });
  const groups = byStem(blobs);
  const runtimes = [...groups].map(async ([stem, group]) => {
    if (holds === 'cargo' && !(await isRuntime(search, group))) return [];
    const manifest = ofFolder ?? search.crates.ofStem(stem);
    const crateName = build.crateName ?? manifest?.name;
    return runtimesOf(search, source, path, group, manifest, {
      ...shared,
      ...(crateName !== undefined && { crateName }),
    });
  });
  return (await Promise.all(runtimes)).flat();
}

function crateNameOf({ crateName }: BuildFolder): Pick<RuntimeOrigin, 'crateName'> {
  return crateName === undefined ? {} : { crateName };
}

async function searchPlain(search: Search, source: BuildSource): Promise<Found> {
  const { path, why } = source;
  const blobs = await blobsIn(search.disk, path, 'all');
  const groups = byStem(blobs);
  const found = [...groups].map(([stem, group]) => {
    const manifest = search.crates.ofStem(stem);
    const { name } = manifest ?? {};
    return runtimesOf(search, source, path, group, manifest, name === undefined ? {} : { crateName: name });
  });
  const runtimes = (await Promise.all(found)).flat();
  const exists = blobs.length > 0 || (await search.disk.stat(path)) !== undefined;
  const searched: SearchedTarget = { path, why, state: exists ? 'searched' : 'absent', runtimes: runtimes.length };
  return { runtimes, watched: [{ path, pattern: '*', sees: 'contents' }], searched };
}

function byStem(blobs: readonly FoundBlob[]): ReadonlyMap<string, readonly FoundBlob[]> {
  const stems = new Set(blobs.map(({ stem }) => stem));
  return new Map([...stems].map((stem) => [stem, blobs.filter((blob) => blob.stem === stem)]));
}

/** The runtimes of a folder's blobs, with all that is known from their crate and their content. */
async function runtimesOf(
  { disk, cache, crates, folders }: Search,
  source: BuildSource,
  path: string,
  blobs: readonly FoundBlob[],
  manifest: CargoManifest | undefined,
  origin: RuntimeOrigin,
): Promise<readonly Runtime[]> {
  const owner = manifest === undefined ? undefined : ownerOf(manifest.path, folders);
  // Other projects write to the folder, too.
  const isOwn = owner !== undefined || (manifest !== undefined && crates.all.includes(manifest));
  if (source.holds === 'own' && !isOwn && (manifest !== undefined || source.kind === 'blobs')) return [];
  const workspaceFolder = owner?.path ?? source.folder;
  const runtimes = groupBlobs(path, blobs, {
    ...origin,
    workspaceFolder,
    ...(manifest && { manifestPath: manifest.path }),
  });
  return Promise.all(
    runtimes.map(async (runtime): Promise<Runtime> => {
      const marks = await marksOf({ disk, cache }, [runtime.blob, ...runtime.others]);
      const isParachain = await isParachainRuntime(disk, marks, manifest, crates.renamed);
      const folder = folders.find((one) => one.path === workspaceFolder);
      const choice = choiceOf(runtime, { include: folder?.include ?? [], exclude: folder?.exclude ?? [] });
      return { ...runtime, ...(isParachain !== undefined && { isParachain }), ...(choice && { choice }) };
    }),
  );
}

async function marksOf({ disk, cache }: Pick<Search, 'disk' | 'cache'>, files: readonly Runtime['blob'][]) {
  for (const file of files) {
    const marks = file.variant === 'compressed' ? undefined : await cache.marks(disk, file.path, file);
    if (marks) return marks;
  }
  return undefined;
}

/** Cargo writes all modules of a workspace to one folder. Only runtimes are compressed in Polkadot's container. */
async function isRuntime(search: Search, blobs: readonly FoundBlob[]): Promise<boolean> {
  const files = blobs.map(({ file }) => file);
  return files.some(({ variant }) => variant === 'compressed') || (await marksOf(search, files))?.isRuntime === true;
}

/** The profile `dev` writes to `debug`, and wasm-builder compresses nothing then. rust-analyzer may have a target folder. */
function isDevelopment(target: string, profile: string): boolean {
  const folders = profile.split('/');
  return folders.at(-1) === 'debug' || [basename(target), ...folders].includes('rust-analyzer');
}

function unbuiltCrates(
  crates: Crates,
  runtimes: readonly Runtime[],
  roots: readonly string[],
): readonly UnbuiltCrate[] {
  const built = new Set(runtimes.flatMap(({ crateName, manifestPath }) => [crateName, manifestPath]));
  const unbuilt = crates.all.flatMap((manifest): UnbuiltCrate[] => {
    const { name, path } = manifest;
    const isHere = name !== undefined && roots.some((root) => isInside(path, root));
    if (!isHere || built.has(path) || built.has(name) || !crates.isWasmBuilt(manifest)) return [];
    return [{ crateName: name, manifestPath: path }];
  });
  return [...new Map(unbuilt.map((crate) => [crate.manifestPath, crate])).values()];
}

/** A folder of the setting is searched twice: as a target folder, and for blobs. */
function byPath(targets: readonly SearchedTarget[]): readonly SearchedTarget[] {
  const merged = new Map<string, SearchedTarget>();
  for (const target of targets) {
    const known = merged.get(target.path);
    const isSearched = known?.state === 'searched' || target.state === 'searched';
    const runtimes = (known?.runtimes ?? 0) + target.runtimes;
    merged.set(target.path, { ...target, state: isSearched ? 'searched' : target.state, runtimes });
  }
  return [...merged.values()];
}

/** A project may be created in an empty folder. */
function projectIn(path: string): WatchedFolder {
  return { path, pattern: '{Cargo.toml,target}', sees: 'names' };
}

/** The innermost of the folders that contain a file. */
function ownerOf(path: string, folders: readonly SearchFolder[]): SearchFolder | undefined {
  const around = folders.filter((folder) => isInside(path, folder.path));
  return around.sort((a, b) => b.path.length - a.path.length)[0];
}

function inOrder(runtimes: readonly Runtime[], folders: readonly string[]): readonly Runtime[] {
  const byId = new Map([...runtimes].reverse().map((runtime) => [runtime.id, runtime]));
  const text = ({ name, profile = '', id }: Runtime) => `${name}\0${profile}\0${id}`;
  const rank = ({ workspaceFolder = '' }: Runtime) => folders.indexOf(workspaceFolder);
  return [...byId.values()].sort((a, b) => rank(a) - rank(b) || (text(a) < text(b) ? -1 : 1));
}
