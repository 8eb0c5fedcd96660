import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

export interface StoreLimits {
  /** Of all artifacts together. */
  readonly maxBytes: number;
  /** Since an artifact was last needed. */
  readonly maxAgeMs: number;
}

/** Polkadot's host keeps 10 GiB for 24 h; a developer's disk is smaller, and nobody executes these artifacts. */
export const defaultStoreLimits: StoreLimits = { maxBytes: 1024 ** 3, maxAgeMs: 24 * 60 * 60 * 1000 };

/** A worker's directory or a temporary file of this age belongs to a process that died. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly ageMs: number;
}

/**
 * Deletes what is too old, then the least recently needed until the rest fits. A record is as old as the artifact that
 * was last kept under its key; one without an artifact is harmless and small, so it goes by age alone. What another
 * process deleted meanwhile is no error.
 */
export async function pruneFolder(folder: string, limits: StoreLimits, now = Date.now()): Promise<void> {
  const names = await readdir(folder);
  const entries = (await Promise.all(names.map((name) => entryOf(join(folder, name), now)))).filter(
    (entry) => entry !== undefined,
  );
  const kept = entries.filter((entry) => entry.path.endsWith('.pvf') && !isOverAge(entry, limits));
  const keys = new Set(kept.map(({ path }) => basename(path).slice(2, 66)));
  const isNeeded = ({ path }: Entry) => keys.has(basename(path, '.json'));
  const doomed = new Set(entries.filter((entry) => isOverAge(entry, limits) && !isNeeded(entry)));
  let total = kept.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const entry of kept.sort((a, b) => b.ageMs - a.ageMs)) {
    if (total <= limits.maxBytes) break;
    doomed.add(entry);
    total -= entry.bytes;
  }
  await Promise.all([...doomed].map(({ path }) => rm(path, { recursive: true, force: true })));
}

function isOverAge({ path, ageMs }: Entry, limits: StoreLimits): boolean {
  if (path.endsWith('.pvf') || path.endsWith('.json')) return ageMs > limits.maxAgeMs;
  return ageMs > ABANDONED_MS;
}

async function entryOf(path: string, now: number): Promise<Entry | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && { path, bytes: found.size, ageMs: now - found.mtimeMs };
}
