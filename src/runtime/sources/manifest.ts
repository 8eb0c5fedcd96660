/** The package name in a `Cargo.toml` and its place, and the crate that wasm-builder's generated manifest leads to. */
import { dirname, join } from 'node:path';
import type { TomlTable } from 'smol-toml';
import type { TextPlace } from '../../model/source-place.ts';
import { Disk } from './disk.ts';
import { parseToml, tableAt } from './toml.ts';

export interface PackageName {
  readonly name: string;
  /** Without the quotes. */
  readonly place: TextPlace;
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
