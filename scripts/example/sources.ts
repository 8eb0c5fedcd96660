/** The sources of the example runtime, and the record of what its committed blobs were built from. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const exampleFolder = path.resolve(import.meta.dirname, '../../examples/tally');

/** The crate of the runtime. */
export const exampleCrate = 'tally-runtime';

/** A committed blob. Sizes are in bytes. */
export interface ExampleBlob {
  /** Relative to the example's folder. */
  readonly file: string;
  /** The crate's features that it was built with. */
  readonly features: readonly string[];
  readonly storedBytes: number;
  readonly rawBytes: number;
  /** blake2b-256 of the bytes as stored, 0x-hex. */
  readonly codeHash: string;
}

/** `examples/tally/blobs.json` */
export interface ExampleManifest {
  readonly about: string;
  readonly toolchain: { readonly kind: string; readonly rustc: string; readonly wasmBuilder: string };
  readonly blobs: { readonly plain: ExampleBlob; readonly memo: ExampleBlob };
  /** SHA-256 of each file that the build reads, by its path in the example's folder, with `/`. */
  readonly sources: Readonly<Record<string, string>>;
}

export const manifestFile = path.join(exampleFolder, 'blobs.json');

export function readManifest(): ExampleManifest {
  return JSON.parse(readFileSync(manifestFile, 'utf8')) as ExampleManifest;
}

/** All files that cargo reads, by path in the example's folder, with `/`. */
export function sourceFiles(): string[] {
  const below = (folder: string) =>
    readdirSync(path.join(exampleFolder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(rs|toml)$/.test(entry.name))
      .map((entry) => path.relative(exampleFolder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  return ['Cargo.lock', 'Cargo.toml', ...below('pallets'), ...below('runtime')].sort();
}

export function sourceHashes(): Record<string, string> {
  return Object.fromEntries(sourceFiles().map((name) => [name, sha256(readFileSync(path.join(exampleFolder, name)))]));
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
