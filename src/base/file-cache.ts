/** Lists, prunes and marks the files of a cache folder. */
import { lstat, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolder } from './remove-folder.ts';

export interface CachedFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** Time since the last use, which is the last modification. */
  readonly ageMs: number;
}

/** An absent member sets no limit. */
export interface CacheLimits {
  readonly maxFiles?: number;
  /** Total of all files. */
  readonly maxBytes?: number;
  /** Time since the last use. */
  readonly maxAgeMs?: number;
}

/** Lists the folder. Leaves out files that another process deletes at the same time. Rejects with the system's error. */
export async function cachedFiles(folder: string, now = Date.now()): Promise<CachedFile[]> {
  const found = (await readdir(folder)).map(async (name) => {
    const path = join(folder, name);
    const stats = await lstat(path).catch(() => undefined);
    return stats === undefined ? [] : [{ path, name, bytes: stats.size, ageMs: now - stats.mtimeMs }];
  });
  return (await Promise.all(found)).flat();
}

/** Returns the files to delete: those that are too old, and the least recently used ones until the rest fits. */
export function filesOverLimits(files: readonly CachedFile[], limits: CacheLimits): CachedFile[] {
  const { maxFiles = Infinity, maxBytes = Infinity, maxAgeMs = Infinity } = limits;
  let count = 0;
  let bytes = 0;
  return [...files]
    .sort((a, b) => a.ageMs - b.ageMs)
    .filter((file) => {
      count += 1;
      bytes += file.bytes;
      return count > maxFiles || bytes > maxBytes || file.ageMs > maxAgeMs;
    });
}

/** Ignores files that can't be deleted or that another process has already deleted. */
export async function deleteFiles(files: readonly CachedFile[]): Promise<void> {
  await Promise.all(files.map(({ path }) => removeFolder(path).catch(() => {})));
}

/** Never rejects. A file that can't be marked is deleted earlier than necessary. */
export async function markUsed(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
}
