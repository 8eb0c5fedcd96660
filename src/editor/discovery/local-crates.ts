/** The crates that a runtime is built from and that are in the workspace's own folders: its pallets, for example. */
import { dirname, join, resolve } from 'node:path';
import type { TomlTable } from 'smol-toml';
import { Disk } from '../../runtime/sources/disk.ts';
import { parseToml, tableAt, tablesIn } from '../../runtime/sources/toml.ts';

/** Maximum number of crates that are read. */
const MAX_CRATES = 500;
const MAX_LEVELS_UP = 16;
/** Not `dev-dependencies`: they are not part of the blob. */
const TABLES = ['dependencies', 'build-dependencies'] as const;

/**
 * The folders of a crate and of the crates that it depends on by path, directly or not. The crate itself is first. Follows
 * `path`, and `workspace = true` to the path in `[workspace.dependencies]`. Rejects only with the signal's reason.
 */
export async function localCrates(manifestPath: string, signal?: AbortSignal): Promise<readonly string[]> {
  const workspaces = new Workspaces(new Disk(signal));
  const found = new Set([dirname(manifestPath)]);
  // A set is iterated in the order of insertion, including what is added meanwhile.
  for (const folder of found) {
    for (const path of await workspaces.dependenciesOf(folder)) if (found.size < MAX_CRATES) found.add(path);
  }
  return [...found];
}

interface Workspace {
  readonly folder: string;
  /** `[workspace.dependencies]` */
  readonly dependencies: TomlTable;
}

class Workspaces {
  readonly #byFolder = new Map<string, Promise<TomlTable | undefined>>();

  constructor(private readonly disk: Disk) {}

  /** The folders of the crates that a crate depends on by path. They may not exist. */
  async dependenciesOf(folder: string): Promise<readonly string[]> {
    const manifest = await this.#manifest(folder);
    const written = dependencyTables(manifest).flatMap((table) => Object.entries(table));
    const inherits = written.some(([, value]) => isInherited(value));
    const workspace = inherits ? await this.#workspaceOf(folder, manifest) : undefined;
    return written.flatMap(([name, value]) => {
      if (!isInherited(value)) return pathOf(value, folder);
      return workspace === undefined ? [] : pathOf(workspace.dependencies[name], workspace.folder);
    });
  }

  /** `package.workspace`, otherwise the nearest folder above whose manifest has `[workspace]`. */
  async #workspaceOf(folder: string, manifest: TomlTable | undefined): Promise<Workspace | undefined> {
    const named = tableAt(manifest, 'package')?.['workspace'];
    let at = typeof named === 'string' ? resolve(folder, named) : folder;
    for (let level = 0; level < MAX_LEVELS_UP; level++) {
      const workspace = tableAt(await this.#manifest(at), 'workspace');
      if (workspace !== undefined) return { folder: at, dependencies: tableAt(workspace, 'dependencies') ?? {} };
      if (dirname(at) === at) return undefined;
      at = dirname(at);
    }
    return undefined;
  }

  #manifest(folder: string): Promise<TomlTable | undefined> {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const read = this.disk
      .text(join(folder, 'Cargo.toml'))
      .then((text) => (text === undefined ? undefined : parseToml(text)));
    this.#byFolder.set(folder, read);
    return read;
  }
}

/** Also those for some platforms alone: `[target.'cfg(…)'.dependencies]`. */
function dependencyTables(manifest: TomlTable | undefined): readonly TomlTable[] {
  const places = [manifest, ...tablesIn(tableAt(manifest, 'target'))];
  return places.flatMap((place) => TABLES.map((name) => tableAt(place, name)).filter((table) => table !== undefined));
}

function isInherited(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'workspace' in value && value.workspace === true;
}

function pathOf(value: unknown, base: string): readonly string[] {
  const isLocal = typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string';
  return isLocal ? [resolve(base, String(value.path))] : [];
}
