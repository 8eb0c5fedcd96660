/** Finds the crate that a blob was built from. */
import { join, resolve } from 'node:path';
import type { Disk } from '../../runtime/sources/disk.ts';
import { crateFolder } from '../../runtime/sources/manifest.ts';
import type { CargoManifest } from './cargo-manifest.ts';
import type { SearchCache } from './search-cache.ts';
import type { BuildFolder } from './target-folder.ts';

export class Crates {
  readonly #byName: ReadonlyMap<string, CargoManifest>;
  readonly #byLib: ReadonlyMap<string, CargoManifest>;
  /** The packages of dependencies that workspaces rename. */
  readonly renamed: ReadonlyMap<string, string>;

  /** @param all the preferred ones first */
  constructor(
    private readonly disk: Disk,
    private readonly cache: SearchCache,
    readonly all: readonly CargoManifest[],
  ) {
    const backwards = [...all].reverse();
    const keyed = (keyOf: (manifest: CargoManifest) => string | undefined) =>
      new Map(
        backwards.flatMap((manifest): [string, CargoManifest][] => {
          const key = keyOf(manifest);
          return key === undefined ? [] : [[key, manifest]];
        }),
      );
    this.#byName = keyed(({ name }) => name);
    this.#byLib = keyed(({ libName }) => libName);
    this.renamed = new Map(backwards.flatMap(({ workspace }) => [...(workspace?.renamed ?? [])]));
  }

  /** The crate that a manifest from wasm-builder leads to, otherwise the one with the name of the folder. */
  async ofBuild({ path, crateName }: BuildFolder): Promise<CargoManifest | undefined> {
    if (crateName === undefined) return undefined;
    const text = await this.disk.text(join(path, 'Cargo.toml'));
    const folder = text === undefined ? undefined : crateFolder(text, crateName);
    // srtool builds in a container, so the path in the generated manifest may exist only there.
    const manifest = folder && (await this.cache.manifest(this.disk, join(resolve(path, folder), 'Cargo.toml')));
    return manifest || this.#byName.get(crateName);
  }

  /** The crate of a file that has the name of the crate's library. A PolkaVM program has the package name and `-blob`. */
  ofStem(stem: string): CargoManifest | undefined {
    return this.#byLib.get(stem) ?? this.#byName.get(stem.replace(/-blob$/, ''));
  }

  /** Does wasm-builder build the crate? */
  isWasmBuilt({ buildDependencies }: CargoManifest): boolean {
    return [...buildDependencies].some((name) => WASM_BUILDER.test(this.renamed.get(name) ?? name));
  }
}

const WASM_BUILDER = /^substrate[-_]wasm[-_]builder/;
