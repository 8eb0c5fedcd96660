/** A parachain team's Cargo workspace after a build: sources, and the output of wasm-builder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatedManifest } from './generated-manifest.ts';
import { runtimeSources } from './runtime-sources.ts';

/** The output of one build of a runtime. A build with the `dev` profile has only the bloaty file. */
export interface BuiltBlobs {
  readonly compressed?: Uint8Array;
  readonly compact?: Uint8Array;
  readonly bloaty?: Uint8Array;
}

export interface RuntimeCrate {
  /** The name in its `Cargo.toml`, with dashes. */
  readonly name: string;
  /** Relative to the workspace, such as `runtime` or `runtimes/shell`. */
  readonly folder: string;
  /** Absent if it was never built. */
  readonly blobs?: BuiltBlobs;
}

/** Writes the workspace's manifest, the sources of its crates, and the output of their builds. */
export function writeRuntimeProject(root: string, crates: readonly RuntimeCrate[]): void {
  const members = crates.map(({ folder }) => `    ${JSON.stringify(folder)},\n`).join('');
  write(path.join(root, 'Cargo.toml'), `[workspace]\nresolver = "2"\nmembers = [\n${members}]\n${profiles}`);
  write(path.join(root, '.gitignore'), '/target\n');
  for (const crate of crates) {
    for (const [name, text] of Object.entries(runtimeSources(crate.name))) {
      write(path.join(root, crate.folder, name), text);
    }
    if (crate.blobs !== undefined) writeBuild(root, crate, crate.blobs);
  }
}

/** Writes a build's output into `target/release/wbuild/<crate>`, the bloaty file first, like wasm-builder. */
export function writeBuild(root: string, { name, folder }: RuntimeCrate, blobs: BuiltBlobs): void {
  const build = path.dirname(blobPath(root, name));
  write(path.join(build, 'Cargo.toml'), generatedManifest(name, path.join(root, folder)));
  write(path.join(build, 'src/lib.rs'), '#![no_std] pub use wasm_project::*;');
  for (const [variant, suffix] of variants) {
    const bytes = blobs[variant];
    if (bytes !== undefined) write(path.join(build, `${stemOf(name)}${suffix}`), bytes);
  }
}

/** Path of the compressed blob of a release build, the one to register. */
export function blobPath(root: string, crate: string): string {
  return path.join(root, 'target/release/wbuild', crate, `${stemOf(crate)}.compact.compressed.wasm`);
}

const variants = [
  ['bloaty', '.wasm'],
  ['compact', '.compact.wasm'],
  ['compressed', '.compact.compressed.wasm'],
] as const;

const profiles = `
[profile.production]
inherits = "release"
lto = true
codegen-units = 1
`;

function stemOf(crate: string): string {
  return crate.replaceAll('-', '_');
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}
