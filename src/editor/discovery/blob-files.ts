/** Finds the runtime blobs in a folder by their first bytes. */
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { fromHex } from '../../base/bytes.ts';
import { stateFrom } from '../../base/file-state.ts';
import type { BuildVariant } from '../../model/build-variant.ts';
import { likelyVariant, stemOf } from '../../runtime/build-variant.ts';
import { sniff } from '../../runtime/container.ts';
import { blobKind } from '../../runtime/magic.ts';
import type { Disk } from '../../runtime/sources/disk.ts';
import type { BlobFile } from '../model.ts';

export interface FoundBlob {
  /** File name without the suffix of its variant: `x.rs` for `x.rs.compact.wasm`. */
  readonly stem: string;
  readonly file: BlobFile;
}

/** A suffix is for the output of builds: a copy such as `….wasm.bak` is not a build output. */
export type WhichFiles = '.wasm' | '.polkavm' | 'all';

/** Enough to recognize a blob in any container. */
export const HEAD_BYTES = 64;
const MAX_FILES = 256;

export async function blobsIn(disk: Disk, folder: string, which: WhichFiles): Promise<readonly FoundBlob[]> {
  const entries = (await disk.list(folder)) ?? [];
  const names = entries.filter((entry) => mayBeBlob(entry, which)).map((entry) => entry.name);
  const read = which === '.polkavm' ? programAt : blobAt;
  const blobs = await Promise.all(names.slice(0, MAX_FILES).map((name) => read(disk, folder, name)));
  return blobs.filter((blob) => blob !== undefined);
}

/** Undefined for other files, including PolkaVM programs. */
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
  return { stem: stemOf(name), file: { path, variant, ...stateFrom(stats) } };
}

/** A PolkaVM program. No worker can prepare it, but the check explains that. */
async function programAt(disk: Disk, folder: string, name: string): Promise<FoundBlob | undefined> {
  const path = join(folder, name);
  const stats = await disk.stat(path);
  const head = stats?.isFile() ? await disk.head(path, HEAD_BYTES) : undefined;
  if (!stats || !head || blobKind(head) !== 'polkavm') return undefined;
  const stem = name.slice(0, -'.polkavm'.length);
  return { stem, file: { path, variant: 'bloaty', ...stateFrom(stats) } };
}

function mayBeBlob(entry: Dirent, which: WhichFiles): boolean {
  if (!entry.isFile() && !entry.isSymbolicLink()) return false;
  return which === 'all' ? !entry.name.startsWith('.') : entry.name.endsWith(which);
}
