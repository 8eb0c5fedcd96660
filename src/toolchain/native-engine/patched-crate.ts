/** The one published crate that the engine patches. */
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { CargoBuildError } from '../cargo/problem.ts';
import { readSources, type SourceFile, writeSources } from '../cargo/sources.ts';
import { textOf } from './sources.ts';

/** `sha256`: the registry's checksum of the packed crate. */
export interface PatchedCrate {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

const CHECKSUMS = '.sha256';

/** Reads `patches/<name>.sha256`, a line of sha256sum: `<hash>  <name>-<version>.crate`. */
export function patchedCrate(files: readonly SourceFile[]): PatchedCrate {
  const name = files.find((file) => file.name.endsWith(CHECKSUMS))?.name ?? `patches/${CHECKSUMS}`;
  const crate = path.posix.basename(name, CHECKSUMS);
  const [, sha256, version] = new RegExp(`^([0-9a-f]{64})  ${crate}-(\\d\\S*)\\.crate`).exec(textOf(files, name)) ?? [];
  if (sha256 === undefined || version === undefined) throw new Error(`the engine's ${name} is damaged`);
  return { name: crate, version, sha256 };
}

/**
 * A crate with the engine's unpatched dependencies. Through it cargo downloads exactly the source that the patch is for,
 * verified by the registry's checksum.
 */
export function originals(files: readonly SourceFile[], { name, version, sha256 }: PatchedCrate): SourceFile[] {
  const manifest = textOf(files, 'Cargo.toml').replace(/^\[patch\.crates-io\]$[^[]*/m, '');
  const lock = textOf(files, 'Cargo.lock');
  const registry = /^source = ".*"$/m.exec(lock)?.[0] ?? '';
  const entry = new RegExp(`^name = "${name}"\\r?\\nversion = "${version.replaceAll('.', '\\.')}"\\r?\\n`, 'm');
  const completed = lock.replace(entry, (head) => `${head}${registry}\nchecksum = "${sha256}"\n`);
  const targets = [...manifest.matchAll(/^path = "(src\/[^"]+)"/gm)].map(([, target = '']) => target);
  return [
    { name: 'Cargo.toml', bytes: Buffer.from(manifest) },
    { name: 'Cargo.lock', bytes: Buffer.from(completed) },
    // Never compiled, but cargo requires the targets to exist.
    ...['src/lib.rs', ...targets].map((target) => ({ name: target, bytes: new Uint8Array() })),
  ];
}

/** Copies the crate's source with the patch applied. Rejects with `CargoBuildError` (patch-failed). */
export async function copyPatched(source: string, patch: string, target: string): Promise<void> {
  const files = await readSources(source, await namesBelow(source));
  await mkdir(target, { recursive: true, mode: 0o700 });
  await writeSources(patchFiles(files, patch), target);
}

/** Throws `CargoBuildError` (patch-failed) when a file is missing or the patch does not apply. */
export function patchFiles(files: readonly SourceFile[], patch: string): SourceFile[] {
  const patched = new Map(files.map((file) => [file.name, file]));
  for (const change of parsePatch(patch)) {
    const name = (change.newFileName ?? '').replace(/^b\//, '');
    const before = patched.get(name);
    if (before === undefined) throw failed(`${name} is missing`);
    const after = applyPatch(Buffer.from(before.bytes).toString('utf8'), change);
    if (after === false) throw failed(`the patch does not apply to ${name}`);
    patched.set(name, { name, bytes: Buffer.from(after) });
  }
  return [...patched.values()];
}

function failed(detail: string): CargoBuildError {
  return new CargoBuildError({ kind: 'patch-failed', detail });
}

async function namesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}
