/** Finds the sources of a crate from which a runtime was built. Reads files only, and runs no program of the workspace. */
import { dirname, join, resolve } from 'node:path';
import { isInside } from '../../../base/paths.ts';
import { Disk } from '../../../runtime/sources/disk.ts';
import { parseToml, tableAt, tablesIn } from '../../../runtime/sources/toml.ts';
import type { Environment } from '../cargo-config.ts';
import { type CargoManifest, readCargoManifest } from '../cargo-manifest.ts';
import { findProjects } from '../cargo-projects.ts';
import { inBatches } from '../folders.ts';
import { localCrates } from '../local-crates.ts';
import { SearchCache } from '../search-cache.ts';
import { cargoHome, checkoutFolder, registryFolder } from './cargo-home.ts';
import { dependenciesOf, type LockedPackage, readCargoLock } from './cargo-lock.ts';

export type FoundCrate =
  | { readonly kind: 'found'; readonly folder: string; readonly origin: 'workspace' | 'registry' | 'git' }
  /** The lock file names it, but Cargo has not downloaded its sources. */
  | { readonly kind: 'not-downloaded'; readonly name: string; readonly version: string }
  /** Neither the workspace nor the lock file has it. */
  | { readonly kind: 'unknown' };

export interface FindCrateOptions {
  /** For CARGO_HOME. */
  readonly env?: Environment;
  readonly homeFolder?: string;
  readonly signal?: AbortSignal;
}

/** Manifests that are read for a library whose name differs from that of its package. */
const MAX_MANIFESTS = 2000;

/**
 * A crate of the workspace, otherwise the version in `Cargo.lock` that is nearest to the runtime.
 * @param name as in symbols (`pallet_balances`), of the package, or an alias in the runtime's manifest
 * @param from `Cargo.toml` of the runtime
 */
export async function findCrate(name: string, from: string, options: FindCrateOptions = {}): Promise<FoundCrate> {
  const { env = process.env, homeFolder, signal } = options;
  const disk = new Disk(signal);
  const search = new CrateSearch(disk, from, cargoHome(env, homeFolder), signal);
  return search.find(name);
}

class CrateSearch {
  constructor(
    private readonly disk: Disk,
    private readonly from: string,
    private readonly home: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async find(name: string): Promise<FoundCrate> {
    const lock = await readCargoLock(this.disk, dirname(this.from));
    const local = await this.#localManifests(lock?.folder);
    const packages = lock?.packages ?? [];
    const [own] = local;
    const root = packages.find((one) => one.source === undefined && one.name === own?.name);
    const nearestFirst = root === undefined ? packages : dependenciesOf(root, packages);
    const wanted = crateName(name);
    const alias = crateName((await this.#alias(name, lock?.folder)) ?? name);
    for (const crate of new Set([wanted, alias])) {
      const member = local.find((manifest) => isNamed(manifest, crate));
      if (member !== undefined) return { kind: 'found', folder: dirname(member.path), origin: 'workspace' };
      const locked = nearestFirst.filter((one) => one.source !== undefined && crateName(one.name) === crate);
      const found = await this.#firstOf(locked);
      if (found.kind !== 'unknown') return found;
    }
    return this.#byLibrary(wanted, nearestFirst);
  }

  /** The runtime's crate, and the crates that it depends on by path. */
  async #localManifests(root: string | undefined): Promise<readonly CargoManifest[]> {
    const folders = await localCrates(this.from, this.signal);
    const patched = root === undefined ? [] : await this.#patches(root);
    return this.#manifests([...new Set([...folders, ...patched])]);
  }

  /** Paths in `[patch]` of the workspace. */
  async #patches(root: string): Promise<readonly string[]> {
    const patches = tablesIn(tableAt(await this.#toml(join(root, 'Cargo.toml')), 'patch'));
    return patches.flatMap((patch) =>
      tablesIn(patch).flatMap(({ path }) => (typeof path === 'string' ? [resolve(root, path)] : [])),
    );
  }

  /** The package of a renamed dependency of the runtime: `codec = { package = "parity-scale-codec" }`. */
  async #alias(name: string, root: string | undefined): Promise<string | undefined> {
    const manifest = await this.#toml(this.from);
    const workspace = root === undefined ? undefined : await this.#toml(join(root, 'Cargo.toml'));
    const tables = [tableAt(manifest, 'dependencies'), tableAt(tableAt(workspace, 'workspace'), 'dependencies')];
    for (const table of tables) {
      const key = Object.keys(table ?? {}).find((one) => crateName(one) === crateName(name));
      const renamed = key === undefined ? undefined : tableAt(table, key)?.['package'];
      if (typeof renamed === 'string') return renamed;
    }
    return undefined;
  }

  /** The first package with sources. */
  async #firstOf(packages: readonly LockedPackage[]): Promise<FoundCrate> {
    for (const one of packages) {
      const found = await this.#download(one);
      if (found !== undefined) return { kind: 'found', ...found };
    }
    const [first] = packages;
    return first === undefined
      ? { kind: 'unknown' }
      : { kind: 'not-downloaded', name: first.name, version: first.version };
  }

  async #download(one: LockedPackage) {
    const { source = '', name } = one;
    if (!source.startsWith('git+')) {
      const folder = await registryFolder(this.disk, this.home, one);
      return folder === undefined ? undefined : ({ folder, origin: 'registry' } as const);
    }
    const checkout = await checkoutFolder(this.disk, this.home, source);
    if (checkout === undefined) return undefined;
    const { manifests } = await findProjects({
      disk: this.disk,
      cache: new SearchCache(),
      folder: checkout,
      elsewhere: new Set(),
      mayRead: (folder) => isInside(folder, checkout),
    });
    const manifest = manifests.find((candidate) => candidate.name === name);
    return manifest === undefined ? undefined : ({ folder: dirname(manifest.path), origin: 'git' } as const);
  }

  /** A library may have another name than its package: `[lib] name = "bip39"`. Only packages of registries. */
  async #byLibrary(crate: string, packages: readonly LockedPackage[]): Promise<FoundCrate> {
    const fromRegistries = packages.filter(({ source }) => source?.startsWith('git+') === false);
    const folders = await inBatches(fromRegistries.slice(0, MAX_MANIFESTS), (one) =>
      registryFolder(this.disk, this.home, one),
    );
    const manifests = await this.#manifests(folders.filter((folder) => folder !== undefined));
    const found = manifests.find((manifest) => isNamed(manifest, crate));
    return found === undefined
      ? { kind: 'unknown' }
      : { kind: 'found', folder: dirname(found.path), origin: 'registry' };
  }

  async #manifests(folders: readonly string[]): Promise<readonly CargoManifest[]> {
    const read = await inBatches(folders, async (folder) => {
      const path = join(folder, 'Cargo.toml');
      const text = await this.disk.text(path);
      return text === undefined ? undefined : readCargoManifest(path, text);
    });
    return read.filter((manifest) => manifest !== undefined);
  }

  async #toml(path: string) {
    const text = await this.disk.text(path);
    return text === undefined ? undefined : parseToml(text);
  }
}

/** The library decides, because symbols have its name. */
function isNamed({ name, libName }: CargoManifest, crate: string): boolean {
  return crateName(libName ?? name ?? '') === crate;
}

/** As in symbols. */
function crateName(name: string): string {
  return name.replaceAll('-', '_');
}
