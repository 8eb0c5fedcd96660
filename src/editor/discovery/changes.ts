/** What one search found that the one before did not. */
import type { BlobFile, Runtime } from '../model.ts';

export interface RuntimesChange {
  readonly added: readonly Runtime[];
  readonly removed: readonly Runtime[];
  /** Still there, and something about it is new: mostly its blob. As they are now. */
  readonly changed: readonly Runtime[];
  /** Those of `changed` whose preferred blob is another file now, or was written. */
  readonly changedBlobs: readonly Runtime[];
}

export function compareRuntimes(before: readonly Runtime[], after: readonly Runtime[]): RuntimesChange {
  const old = new Map(before.map((runtime) => [runtime.id, runtime]));
  const now = new Set(after.map(({ id }) => id));
  const differsIn = (what: (runtime: Runtime) => unknown) => (runtime: Runtime) => {
    const earlier = old.get(runtime.id);
    return earlier !== undefined && JSON.stringify(what(earlier)) !== JSON.stringify(what(runtime));
  };
  return {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !now.has(id)),
    changed: after.filter(differsIn((runtime) => runtime)),
    changedBlobs: after.filter(differsIn(({ blob }) => stateOf(blob))),
  };
}

export function isNothing({ added, removed, changed }: RuntimesChange): boolean {
  return added.length + removed.length + changed.length === 0;
}

function stateOf({ path, bytes, modifiedMs, changedMs }: BlobFile): readonly unknown[] {
  return [path, bytes, modifiedMs, changedMs];
}
