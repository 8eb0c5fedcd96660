/** The sources of published crates, downloaded with cargo. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';

const cargoHome = process.env['CARGO_HOME'] ?? join(homedir(), '.cargo');

/** The folder of a crate's sources. `cargo info` downloads them into cargo's own cache. */
export function crateFolder(crate: string, version: string): string {
  const name = `${crate}-${version}`;
  const cached = cachedFolder(name);
  if (cached !== undefined) return cached;
  const { status, stderr } = spawnSync('cargo', ['info', '--quiet', `${crate}@${version}`], { encoding: 'utf8' });
  const downloaded = cachedFolder(name);
  if (downloaded === undefined) throw new Error(`cargo info ${crate}@${version} ended with ${status}: ${stderr}`);
  return downloaded;
}

/** The text of every Rust source file. */
export function rustSources(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).sort();
  const sources = files.filter((file) => file.endsWith('.rs'));
  return new Map(sources.map((file) => [file, readFileSync(join(folder, 'src', file), 'utf8')]));
}

/** The version that a crate's manifest asks for, such as `43.0.0`. Undefined when it does not depend on it. */
export function dependencyVersion(folder: string, dependency: string): string | undefined {
  const found = table(parse(readFileSync(join(folder, 'Cargo.toml'), 'utf8')), 'dependencies')?.[dependency];
  const version = typeof found === 'object' && 'version' in found ? found['version'] : found;
  return typeof version === 'string' ? version.replace(/^[\^=]/, '') : undefined;
}

function cachedFolder(name: string): string | undefined {
  const sources = join(cargoHome, 'registry', 'src');
  const registries = existsSync(sources) ? readdirSync(sources) : [];
  const folders = registries.map((registry) => join(sources, registry, name));
  // cargo writes this file last. Without it, another process may still be unpacking the crate.
  return folders.find((folder) => existsSync(join(folder, '.cargo-ok')));
}

function table(parent: TomlTable, key: string): TomlTable | undefined {
  const value = parent[key];
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date) ? value : undefined;
}
