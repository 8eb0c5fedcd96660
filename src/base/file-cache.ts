/** The parts of a folder that holds cached files: which are there, which are too many, and when each was last used. */
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

export interface CachedFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** Since its last use, which is its last modification. */
  readonly ageMs: number;
}

/** Absent: no limit. */
export interface CacheLimits {
  readonly maxFiles?: number;
  /** Of all files together. */
  readonly maxBytes?: number;
  /** Since a file was last used. */
  readonly maxAgeMs?: number;
}

/** What is in the folder. A file that another process deletes meanwhile is left out. Rejects with the system's error. */
export async function cachedFiles(folder: string, now = Date.now()): Promise<CachedFile[]> {
  const found = (await readdir(folder)).map(async (name) => {
    const path = join(folder, name);
    const stats = await stat(path).catch(() => undefined);
    return stats === undefined ? [] : [{ path, name, bytes: stats.size, ageMs: now - stats.mtimeMs }];
  });
  return (await Promise.all(found)).flat();
}

/** The files that have to go: those that are too old, then the least recently used until the rest fits. */
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

/** A file that can't be deleted, or that another process has deleted already, is no error. */
export async function deleteFiles(files: readonly CachedFile[]): Promise<void> {
  await Promise.all(files.map(({ path }) => rm(path, { recursive: true, force: true }).catch(() => {})));
}

/** Never rejects: a file that can't be marked is only deleted earlier. */
export async function markUsed(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
}
