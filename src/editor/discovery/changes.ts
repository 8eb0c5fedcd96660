/** Compares the results of two searches. */
import { stat } from 'node:fs/promises';
import { sameState } from '../../base/file-state.ts';
import { inputPathOf, type Runtime } from '../model.ts';

export interface RuntimesChange {
  readonly added: readonly Runtime[];
  readonly removed: readonly Runtime[];
  /** Runtimes with any difference, in their new state. */
  readonly changed: readonly Runtime[];
  /** The runtimes in `changed` whose preferred blob was written, or is now another file. */
  readonly changedBlobs: readonly Runtime[];
}

export function compareRuntimes(before: readonly Runtime[], after: readonly Runtime[]): RuntimesChange {
  const old = new Map(before.map((runtime) => [runtime.id, runtime]));
  const now = new Set(after.map(({ id }) => id));
  const changed = after.filter((runtime) => {
    const earlier = old.get(runtime.id);
    return earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(runtime);
  });
  return {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !now.has(id)),
    changed,
    changedBlobs: changed.filter(({ id, blob }) => {
      const earlier = old.get(id)?.blob;
      return earlier?.path !== blob.path || !sameState(earlier, blob);
    }),
  };
}

export function isNothing({ added, removed, changed }: RuntimesChange): boolean {
  return added.length + removed.length + changed.length === 0;
}

/** A file that has not changed for this long is complete. */
const UNFINISHED_MS = 2000;

/**
 * Runtimes that a search missed because a build was writing their blob. A build empties the file and then fills it, so these
 * runtimes still exist.
 */
export async function beingWritten(
  known: readonly Runtime[],
  found: readonly Runtime[],
  now: () => number = Date.now,
): Promise<readonly Runtime[]> {
  const ids = new Set(found.map(({ id }) => id));
  // Picked runtimes, whose id is their input path, are read separately.
  const missing = known.filter((runtime) => !ids.has(runtime.id) && runtime.id !== inputPathOf(runtime));
  const stats = await Promise.all(missing.map(({ blob }) => stat(blob.path).catch(() => undefined)));
  return missing.filter((_, index) => {
    const file = stats[index];
    return file?.isFile() && now() - file.ctimeMs < UNFINISHED_MS;
  });
}
