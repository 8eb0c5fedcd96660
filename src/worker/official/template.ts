import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The thin crate around Polkadot's worker, as it ships in `media/official-worker`. */
export interface Template {
  readonly files: readonly TemplateFile[];
  /** 12 hexadecimal digits that change with any byte of the files. */
  readonly key: string;
  /** The node version that the worker built from it prints. */
  readonly version: string;
  /** The oldest Rust that the locked crates take, e.g. `1.89`. */
  readonly rustVersion: string;
}

export interface TemplateFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A fixed list: a `target` folder that somebody left there is no part of it. */
const fileNames = ['Cargo.lock', 'Cargo.toml', 'src/main.rs'] as const;

/** Rejects with the system's error when a file is missing, or an `Error` when Cargo.toml lacks a version. */
export async function readTemplate(folder: string): Promise<Template> {
  const files = await Promise.all(
    fileNames.map(async (name) => ({ name, bytes: await readFile(path.join(folder, name)) })),
  );
  const manifest = await readFile(path.join(folder, 'Cargo.toml'), 'utf8');
  return {
    files,
    key: keyOf(files),
    version: fieldOf(manifest, 'version'),
    rustVersion: fieldOf(manifest, 'rust-version'),
  };
}

function keyOf(files: readonly TemplateFile[]): string {
  const hash = createHash('sha256');
  for (const { name, bytes } of files) hash.update(`${name}\n${bytes.length}\n`).update(bytes);
  return hash.digest('hex').slice(0, 12);
}

/** The first `name = "…"` of the manifest, which is ours and has `[package]` first. */
function fieldOf(manifest: string, name: string): string {
  const value = new RegExp(`^${name} = "([^"]+)"$`, 'm').exec(manifest)?.[1];
  if (value === undefined) throw new Error(`the official worker's Cargo.toml has no ${name}`);
  return value;
}

/** Writes the files that differ: an unchanged one keeps its time, by which cargo knows what it need not build again. */
export async function copyTemplate(template: Template, folder: string): Promise<void> {
  for (const { name, bytes } of template.files) {
    const file = path.join(folder, name);
    const present = await readFile(file).catch(() => undefined);
    if (present?.equals(bytes)) continue;
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, bytes);
  }
}
