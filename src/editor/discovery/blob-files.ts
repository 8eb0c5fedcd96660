/** The runtime blobs among the files of one folder, told by their first bytes. */
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { fromHex } from '../../base/bytes.ts';
import type { BuildVariant } from '../../model/build-variant.ts';
import { likelyVariant, stemOf } from '../../runtime/build-variant.ts';
import { sniff } from '../../runtime/container.ts';
import { blobKind } from '../../runtime/magic.ts';
import type { BlobFile } from '../model.ts';
import type { Disk } from './disk.ts';

export interface FoundBlob {
  /** The file's name without the suffix of its variant: `x.rs` for `x.rs.compact.wasm`. */
  readonly stem: string;
  readonly file: BlobFile;
}

/** `named-wasm` in wasm-builder's folders: a copy that a person left there as `….wasm.bak` is no runtime of the build. */
export type WhichFiles = 'named-wasm' | 'all';

const HEAD_BYTES = 64;
const MAX_FILES = 256;

/** Files that hold something else are left out. */
export async function blobsIn(disk: Disk, folder: string, which: WhichFiles): Promise<readonly FoundBlob[]> {
  const entries = (await disk.list(folder)) ?? [];
  const names = entries.filter((entry) => mayBeBlob(entry, which)).map((entry) => entry.name);
  const blobs = await Promise.all(names.slice(0, MAX_FILES).map((name) => blobAt(disk, folder, name)));
  return blobs.filter((blob) => blob !== undefined);
}

/** `undefined`: no Wasm runtime begins so. A PolkaVM program is none. */
export function variantOf(name: string, head: Uint8Array): BuildVariant | undefined {
  const container = sniff(head);
  switch (container) {
    case 'compressed-wasm':
    case 'wasm':
      return likelyVariant(name, container);
    case 'hex':
      return variantOfHex(name, head);
    default:
      return undefined;
  }
}

function variantOfHex(name: string, head: Uint8Array): BuildVariant | undefined {
  const digits = /^\s*(?:0x)?([0-9a-f]{16})/i.exec(new TextDecoder().decode(head))?.[1];
  const bytes = digits === undefined ? undefined : fromHex(digits);
  return bytes && blobKind(bytes) !== 'unknown' ? variantOf(name, bytes) : undefined;
}

async function blobAt(disk: Disk, folder: string, name: string): Promise<FoundBlob | undefined> {
  const path = join(folder, name);
  const stats = await disk.stat(path);
  if (!stats?.isFile()) return undefined;
  const head = await disk.head(path, HEAD_BYTES);
  const variant = head && variantOf(name, head);
  if (!variant) return undefined;
  const { size: bytes, mtimeMs: modifiedMs, ctimeMs: changedMs } = stats;
  return { stem: stemOf(name), file: { path, variant, bytes, modifiedMs, changedMs } };
}

function mayBeBlob(entry: Dirent, which: WhichFiles): boolean {
  if (!entry.isFile() && !entry.isSymbolicLink()) return false;
  return which === 'all' ? !entry.name.startsWith('.') : entry.name.endsWith('.wasm');
}
