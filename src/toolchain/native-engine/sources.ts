import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fieldOf, keyOf, readSources, type SourceFile } from '../cargo/sources.ts';

/** The engine's crate in `engine/` of this package. */
export interface EngineSources {
  readonly files: readonly SourceFile[];
  /** 12 hexadecimal digits that change with any byte of the files. */
  readonly key: string;
  /** The oldest Rust that the locked crates accept: `1.87`. */
  readonly rustVersion: string;
}

/**
 * Reads the files that a build of the native helper depends on. Ignores other files of a checkout.
 * Rejects with the system's error when a file is missing, or an `Error` when the manifest lacks a version.
 */
export async function readEngineSources(folder: string): Promise<EngineSources> {
  const names = [
    'Cargo.lock',
    'Cargo.toml',
    ...(await namesBelow(folder, 'patches', ['.patch', '.sha256'])),
    ...(await namesBelow(folder, 'src', ['.rs'])),
  ];
  const files = await readSources(folder, names);
  return {
    files,
    key: keyOf(files),
    rustVersion: fieldOf(textOf(files, 'Cargo.toml'), 'rust-version', "the engine's"),
  };
}

/** The text of a file. Throws when the file is missing. */
export function textOf(files: readonly SourceFile[], name: string): string {
  const found = files.find((file) => file.name === name);
  if (found === undefined) throw new Error(`the engine's ${name} is missing`);
  return Buffer.from(found.bytes).toString('utf8');
}

/** Sorted paths relative to the crate's folder, with `/`. */
async function namesBelow(folder: string, below: string, endings: readonly string[]): Promise<string[]> {
  const entries = await readdir(path.join(folder, below), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && endings.includes(path.extname(entry.name)))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}
