import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A file of a crate. The name is its path relative to the crate's folder, with `/`. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Rejects with the system's error when a file is missing. */
export function readSources(folder: string, names: readonly string[]): Promise<SourceFile[]> {
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(path.join(folder, name)) })));
}

/** 12 hexadecimal digits that change with any byte of the files. */
export function keyOf(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const { name, bytes } of files) hash.update(`${name}\n${bytes.length}\n`).update(bytes);
  return hash.digest('hex').slice(0, 12);
}

/** The first `name = "…"` of one of our manifests, which begin with `[package]`. Throws when the field is missing. */
export function fieldOf(manifest: string, name: string, whose: string): string {
  const value = new RegExp(`^${name} = "([^"]+)"\r?$`, 'm').exec(manifest)?.[1];
  if (value === undefined) throw new Error(`${whose} Cargo.toml has no ${name}`);
  return value;
}

/** Writes the files that differ. Unchanged files keep their modification time, so cargo does not rebuild them. */
export async function writeSources(files: readonly SourceFile[], folder: string): Promise<void> {
  for (const { name, bytes } of files) {
    const file = path.join(folder, name);
    const present = await readFile(file).catch(() => undefined);
    if (present?.equals(bytes)) continue;
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, bytes);
  }
}
