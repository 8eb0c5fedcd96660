import { stat } from 'node:fs/promises';
import type { Runtime } from '../model.ts';

/** A file that last changed so long ago is left as it is: whoever wrote it has ended. */
const UNFINISHED_MS = 2000;

/**
 * Runtimes that a search did not find again because it met their blob in the middle of a write: a build empties the file and
 * then fills it. They are not gone.
 */
export async function beingWritten(
  known: readonly Runtime[],
  found: readonly Runtime[],
  now: () => number = Date.now,
): Promise<readonly Runtime[]> {
  const ids = new Set(found.map(({ id }) => id));
  // One that was picked (its id is its file) is looked at by itself.
  const missing = known.filter(({ id, blob }) => !ids.has(id) && id !== blob.path);
  const stats = await Promise.all(missing.map(({ blob }) => stat(blob.path).catch(() => undefined)));
  return missing.filter((_, index) => {
    const stat = stats[index];
    return stat?.isFile() && now() - stat.ctimeMs < UNFINISHED_MS;
  });
}
