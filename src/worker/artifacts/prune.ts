import { basename } from 'node:path';
import { type CachedFile, type CacheLimits, cachedFiles, deleteFiles, filesOverLimits } from '../../base/file-cache.ts';

/** `maxBytes`: all artifacts together. `maxAgeMs`: time since the last use of an artifact. */
export type StoreLimits = Required<Pick<CacheLimits, 'maxBytes' | 'maxAgeMs'>>;

/** Polkadot's host keeps 10 GiB for 24 h. A developer's disk is smaller, and these artifacts are never executed. */
export const defaultStoreLimits: StoreLimits = { maxBytes: 1024 ** 3, maxAgeMs: 24 * 60 * 60 * 1000 };

/** From this age on, a worker's directory or a temporary file belongs to a dead process. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

const isArtifact = ({ name }: CachedFile) => name.endsWith('.pvf');
const isRecord = ({ name }: CachedFile) => name.endsWith('.json');

/**
 * Deletes artifacts over the limits, and files left by dead processes. A record lives as long as an artifact of its key. A
 * record without an artifact is small and harmless, so only its age counts. Rejects with the system's error when the folder
 * is unreadable.
 */
export async function pruneFolder(folder: string, limits: StoreLimits, now = Date.now()): Promise<void> {
  const files = await cachedFiles(folder, now);
  const toDelete = new Set(filesOverLimits(files.filter(isArtifact), limits));
  const keys = new Set(
    files.filter((file) => isArtifact(file) && !toDelete.has(file)).map(({ name }) => name.slice(2, 66)),
  );
  for (const file of files) {
    if (isArtifact(file) || (isRecord(file) && keys.has(basename(file.name, '.json')))) continue;
    if (file.ageMs > (isRecord(file) ? limits.maxAgeMs : ABANDONED_MS)) toDelete.add(file);
  }
  await deleteFiles([...toDelete]);
}
