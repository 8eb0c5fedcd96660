/** Finds the `Cargo.toml` of the crate that a `wbuild` folder belongs to, and the place of the package name in it. */
import { dirname, join, resolve } from 'node:path';
import type { TomlTable } from 'smol-toml';
import type { TextPlace } from '../model.ts';
import { parseToml, tableAt } from './cargo-projects.ts';
import { Disk } from './disk.ts';
import type { BuildFolder } from './target-folder.ts';

export interface PackageName {
  readonly name: string;
  /** Without the quotes. */
  readonly place: TextPlace;
}

/** Maximum number of manifests read to find one by its package name. */
const MAX_CANDIDATES = 500;

/** Finds the manifests of crates. Reads the project's manifests at most once. */
export class Manifests {
  #byName: Promise<ReadonlyMap<string, string>> | undefined;

  /** @param candidates `Cargo.toml` files to search if the generated one doesn't lead to the crate */
  constructor(
    private readonly disk: Disk,
    private readonly candidates: readonly string[],
  ) {}

  /** The path of the crate's `Cargo.toml`. */
  async of(build: BuildFolder): Promise<string | undefined> {
    const text = await this.disk.text(join(build.path, 'Cargo.toml'));
    const folder = text === undefined ? undefined : crateFolder(text, build.crateName);
    const manifest = folder === undefined ? undefined : join(resolve(build.path, folder), 'Cargo.toml');
    // srtool builds in a container, so the path in the generated manifest may exist only there.
    if (manifest !== undefined && (await this.disk.stat(manifest))?.isFile()) return manifest;
    this.#byName ??= this.#readCandidates();
    return (await this.#byName).get(build.crateName);
  }

  async #readCandidates(): Promise<ReadonlyMap<string, string>> {
    const byName = new Map<string, string>();
    for (const path of this.candidates.slice(0, MAX_CANDIDATES)) {
      const found = packageName(path, (await this.disk.text(path)) ?? '');
      if (found && !byName.has(found.name)) byName.set(found.name, path);
    }
    return byName;
  }
}

/**
 * The crate's folder according to a manifest that wasm-builder generated: the path of its one dependency on the crate,
 * which is named `wasm_project` or `wasm-project` (substrate-wasm-builder, `create_project_cargo_toml`).
 */
export function crateFolder(generated: string, crateName: string): string | undefined {
  const dependencies = tableAt(parseToml(generated), 'dependencies');
  const path = Object.keys(dependencies ?? {})
    .map((key) => tableAt(dependencies, key))
    .find((dependency): dependency is TomlTable => dependency?.['package'] === crateName)?.['path'];
  return typeof path === 'string' && path !== '' ? path : undefined;
}

/** Reads line by line, so that it finds the name even if the manifest is being edited and is invalid TOML. */
export function packageName(path: string, text: string): PackageName | undefined {
  let section = '';
  for (const [line, content] of text.split(/\r?\n/).entries()) {
    section = /^\s*\[\s*([^[\]]+?)\s*\]/.exec(content)?.[1] ?? section;
    const before =
      section === 'package' ? /^\s*name\s*=\s*/ : section === '' ? /^\s*package\s*\.\s*name\s*=\s*/ : undefined;
    const start = before?.exec(content)?.[0];
    const name = start === undefined ? undefined : /^(["'])([^"']+)\1/.exec(content.slice(start.length))?.[2];
    if (start === undefined || name === undefined) continue;
    return { name, place: { path, line, column: start.length + 1, length: name.length } };
  }
  return undefined;
}

/** Undefined if the manifest can't be read or has no package name. */
export async function readPackageName(manifestPath: string, signal?: AbortSignal): Promise<PackageName | undefined> {
  const text = await new Disk(signal).text(manifestPath);
  return text === undefined ? undefined : packageName(manifestPath, text);
}

/** Path of the crate's build script: `package.build`, else `build.rs`. */
export function buildScriptPath(manifestPath: string, manifest: string): string {
  const named = tableAt(parseToml(manifest), 'package')?.['build'];
  return join(dirname(manifestPath), typeof named === 'string' ? named : 'build.rs');
}
