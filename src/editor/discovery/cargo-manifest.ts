/** What the search needs to know of a `Cargo.toml`. */
import { dirname, resolve } from 'node:path';
import type { TomlTable } from 'smol-toml';
import { packageName } from '../../runtime/sources/manifest.ts';
import { parseToml, stringsAt, tableAt, tablesIn } from '../../runtime/sources/toml.ts';

export interface CargoManifest {
  readonly path: string;
  /** The package name. Absent for a virtual workspace. */
  readonly name?: string;
  /** The stem of the library's files. */
  readonly libName?: string;
  readonly dependencies: ReadonlySet<string>;
  readonly buildDependencies: ReadonlySet<string>;
  readonly workspace?: CargoWorkspace;
  /** Folders of path dependencies, as absolute paths. */
  readonly pathDependencies: readonly string[];
}

export interface CargoWorkspace {
  /** `members` and `default-members`. May be globs. */
  readonly members: readonly string[];
  readonly exclude: readonly string[];
  /** The packages of renamed dependencies that members inherit, by their names there. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** Half of a runtime's manifest, which the search does not need. */
const FEATURES = /^\[features\][^\n]*\n(?:(?!\[)[^\n]*\n)*/m;

export function readCargoManifest(path: string, text: string): CargoManifest {
  const table = parseToml(text.replace(FEATURES, ''));
  const name = packageName(path, text)?.name;
  const libName = tableAt(table, 'lib')?.['name'] ?? name?.replaceAll('-', '_');
  const workspace = tableAt(table, 'workspace');
  // Dependencies may be of one platform only: `[target.'cfg(…)'.dependencies]`.
  const owners = [table, ...tablesIn(tableAt(table, 'target'))];
  const dependencies = owners.map((owner) => tableAt(owner, 'dependencies'));
  const buildDependencies = owners.map((owner) => tableAt(owner, 'build-dependencies'));
  const shared = tableAt(workspace, 'dependencies');
  return {
    path,
    ...(name !== undefined && { name }),
    ...(typeof libName === 'string' && { libName }),
    dependencies: packagesIn(dependencies),
    buildDependencies: packagesIn(buildDependencies),
    ...(workspace && { workspace: readWorkspace(workspace) }),
    pathDependencies: [...dependencies, ...buildDependencies, shared].flatMap((all) => pathsIn(all, dirname(path))),
  };
}

function readWorkspace(workspace: TomlTable): CargoWorkspace {
  const shared = Object.entries(tableAt(workspace, 'dependencies') ?? {});
  const renamed = shared.flatMap(([key]): [string, string][] => {
    const name = tableAt(tableAt(workspace, 'dependencies'), key)?.['package'];
    return typeof name === 'string' ? [[key, name]] : [];
  });
  return {
    members: [...stringsAt(workspace, 'members'), ...stringsAt(workspace, 'default-members')],
    exclude: stringsAt(workspace, 'exclude'),
    renamed: new Map(renamed),
  };
}

/** The names of dependencies, of their packages, and of the crates that `polkadot-sdk` re-exports (its features). */
function packagesIn(all: readonly (TomlTable | undefined)[]): ReadonlySet<string> {
  const names = all.flatMap((dependencies) =>
    Object.keys(dependencies ?? {}).flatMap((key) => {
      const dependency = tableAt(dependencies, key);
      const renamed = dependency?.['package'];
      const name = typeof renamed === 'string' ? renamed : key;
      return [key, name, ...(name === 'polkadot-sdk' ? stringsAt(dependency, 'features') : [])];
    }),
  );
  return new Set(names);
}

function pathsIn(dependencies: TomlTable | undefined, folder: string): readonly string[] {
  return tablesIn(dependencies).flatMap(({ path }) => (typeof path === 'string' ? [resolve(folder, path)] : []));
}
