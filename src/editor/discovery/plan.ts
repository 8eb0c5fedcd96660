/** Plans a search: the folders of a workspace folder's projects to which builds may write. */
import { join } from 'node:path';
import { isInside } from '../../base/paths.ts';
import type { Disk } from '../../runtime/sources/disk.ts';
import { type ConfiguredFolder, configuredFolders, type Environment, type FolderKind } from './cargo-config.ts';
import type { CargoManifest } from './cargo-manifest.ts';
import { findProjects, projectsAbove } from './cargo-projects.ts';
import type { SearchCache } from './search-cache.ts';
import type { Selection } from './selection.ts';

export interface SearchFolder extends Partial<Selection> {
  /** A folder of the workspace. */
  readonly path: string;
  /** Absolute paths of additional folders: target folders, or folders with blobs. */
  readonly targetDirectories?: readonly string[];
  /** The setting `terminal.integrated.env.<system>`, as written. */
  readonly terminalEnv?: Readonly<Record<string, unknown>>;
}

export interface SearchOptions {
  /** The source of Cargo's variables. */
  readonly env?: Environment;
  /** The parent of Cargo's home, unless CARGO_HOME is set. Absent: Cargo's home is not read. */
  readonly homeFolder?: string;
  /** Default: true. Otherwise, files of the workspace can't lead the search to folders outside. */
  readonly isTrusted?: boolean;
  /** What earlier searches read. */
  readonly cache?: SearchCache;
  readonly signal?: AbortSignal;
}

/** A folder to which builds may write. */
export interface BuildSource {
  readonly path: string;
  /** The workspace folder. */
  readonly folder: string;
  readonly kind: FolderKind;
  /** `own`: other projects use the folder, too, so only crates of this workspace count. */
  readonly holds: 'all' | 'own';
  /** `await`: a build may create the folder, so it is watched. */
  readonly whenAbsent: 'await' | 'ignore';
  /** For the user. */
  readonly why: string;
  /** Files of the workspace, or the user's own settings and variables. */
  readonly namedBy: 'workspace' | 'user';
}

export interface FolderPlan {
  readonly folder: string;
  readonly sources: readonly BuildSource[];
  readonly manifests: readonly CargoManifest[];
  readonly limits: readonly string[];
}

interface PlanContext {
  readonly disk: Disk;
  readonly cache: SearchCache;
  /** All folders of the workspace. */
  readonly roots: readonly string[];
  readonly options: SearchOptions;
}

/** Maximum number of absent target folders that are watched. */
const MAX_AWAITED = 50;

export async function planFolder(context: PlanContext, searchFolder: SearchFolder): Promise<FolderPlan> {
  const { disk, cache, roots, options } = context;
  const { path: folder, targetDirectories = [] } = searchFolder;
  const elsewhere = new Set(roots.filter((other) => other !== folder));
  const mayRead = (path: string) => options.isTrusted !== false || roots.some((root) => isInside(path, root));
  const [projects, above] = await Promise.all([
    findProjects({ disk, cache, folder, elsewhere, mayRead }),
    projectsAbove(disk, folder),
  ]);
  const cargoRoots = [...new Set([folder, ...projects.roots])].slice(0, MAX_AWAITED);
  const { env = {}, homeFolder } = options;
  const { terminalEnv } = searchFolder;
  const configured = await configuredFolders(disk, {
    folder,
    projects: cargoRoots,
    configured: projects.configured,
    env,
    ...(terminalEnv && { terminalEnv }),
    ...(homeFolder !== undefined && { homeFolder }),
  });
  const ofAbove = await Promise.all(above.map((project) => cache.manifest(disk, join(project, 'Cargo.toml'))));
  const source = (path: string, more: Partial<BuildSource> = {}): BuildSource => ({
    path,
    folder,
    kind: 'target',
    holds: 'all',
    whenAbsent: 'await',
    why: "Cargo's default",
    namedBy: 'workspace',
    ...more,
  });
  const byUser = { why: 'pvf.targetDirectories', namedBy: 'user' } as const;
  return {
    folder,
    manifests: [...projects.manifests, ...ofAbove.filter((manifest) => manifest !== undefined)],
    limits: projects.limits,
    sources: [
      ...projects.roots.slice(0, MAX_AWAITED).map((root) => source(join(root, 'target'))),
      ...targetDirectories.flatMap((path) => [source(path, byUser), source(path, { ...byUser, kind: 'blobs' })]),
      ...projects.targets.map((path) =>
        source(path, { whenAbsent: 'ignore', why: "a crate's own target folder", ...sharing(path, roots) }),
      ),
      ...configured.map((one) => source(one.path, { ...originOf(one, roots), ...sharing(one.path, roots) })),
      ...above.map((project) =>
        source(join(project, 'target'), { holds: 'own', why: 'the project above the workspace' }),
      ),
    ],
  };
}

/** Other projects use a folder outside the workspace, too. */
function sharing(path: string, roots: readonly string[]): Pick<BuildSource, 'holds'> {
  return { holds: roots.some((root) => isInside(path, root)) ? 'all' : 'own' };
}

function originOf({ kind, why, file }: ConfiguredFolder, roots: readonly string[]): Partial<BuildSource> {
  const isOfWorkspace = file !== undefined && roots.some((root) => isInside(file, root));
  return { kind, why, namedBy: isOfWorkspace ? 'workspace' : 'user' };
}
