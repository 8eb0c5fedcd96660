/** Lists folders of a source tree, up to a limit. */
import type { Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Disk } from '../../runtime/sources/disk.ts';

/** A source tree has no crates in these. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'bower_components', 'target', 'wbuild', 'rbuild']);
/** Limits parallel work, so that a large tree does not block all file operations of the extension host. */
const BATCH_SIZE = 16;

export interface ListedFolder {
  readonly path: string;
  readonly entries: readonly Dirent[];
  /** The subfolders that may contain crates. */
  readonly below: readonly string[];
}

/** Lists at most a number of folders. */
export class FolderReader {
  #left: number;
  #isComplete = true;

  constructor(
    private readonly disk: Disk,
    maxFolders: number,
  ) {
    this.#left = maxFolders;
  }

  /** Were all requested folders listed? */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  async list(paths: readonly string[]): Promise<readonly ListedFolder[]> {
    const here = paths.slice(0, this.#left);
    this.#left -= here.length;
    if (here.length < paths.length) this.#isComplete = false;
    return inBatches(here, async (path) => {
      const entries = (await this.disk.list(path)) ?? [];
      return { path, entries, below: subfolders(path, entries) };
    });
  }
}

/** Does not follow links: they may form a loop, and their targets are found elsewhere. */
function subfolders(folder: string, entries: readonly Dirent[]): readonly string[] {
  return entries
    .filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => join(folder, entry.name));
}

/** The folder itself, then those above it. */
export function* foldersUp(folder: string): Generator<string> {
  let at = folder;
  for (;;) {
    yield at;
    if (dirname(at) === at) return;
    at = dirname(at);
  }
}

export async function inBatches<T, R>(items: readonly T[], action: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += BATCH_SIZE) {
    results.push(...(await Promise.all(items.slice(at, at + BATCH_SIZE).map(action))));
  }
  return results;
}
