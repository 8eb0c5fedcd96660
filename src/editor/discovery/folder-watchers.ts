import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';
import type { WatchedFolder } from './target-folder.ts';

const MAX_WATCHERS = 300;

/**
 * Watches one folder, without its subfolders. Undefined if the folder does not exist, or the machine has no watches left.
 * @param ended the folder was removed or renamed, or can no longer be watched
 */
export function watchFolder(
  { path, pattern, sees }: WatchedFolder,
  changed: () => void,
  ended: () => void,
): Disposable | undefined {
  const matches = regExpOfGlob(pattern);
  const onEvent = (event: string, name: string | null) => {
    const isMatch = name === null || matches.test(name);
    if (isMatch && (event === 'rename' || sees === 'contents')) changed();
    // The folder itself was renamed or removed. For an entry of the same name, the watcher only starts again.
    if (event === 'rename' && name === basename(path)) end();
  };
  const end = () => {
    ended();
    changed();
  };
  const watcher = attempt(() => watch(path, { persistent: false }, onEvent));
  watcher?.on('error', end);
  return watcher && { [Symbol.dispose]: () => watcher.close() };
}

/** One watcher for each folder. */
export class FolderWatchers implements Disposable {
  readonly #watchers = new Map<string, Disposable>();

  /** @param watch returns undefined if the folder can't be watched yet, and calls `ended` when the watcher stops */
  constructor(private readonly watch: (folder: WatchedFolder, ended: () => void) => Disposable | undefined) {}

  /** Replaces the watched folders. Returns whether at least one was not watched before. */
  follow(folders: readonly WatchedFolder[]): boolean {
    const wanted = new Map(folders.map((folder) => [keyOf(folder), folder]));
    for (const key of this.#watchers.keys()) if (!wanted.has(key)) this.#end(key);
    const missing = [...wanted].filter(([key]) => !this.#watchers.has(key));
    const added = missing
      .slice(0, MAX_WATCHERS - this.#watchers.size)
      .filter(([key, folder]) => this.#add(key, folder));
    return added.length > 0;
  }

  [Symbol.dispose](): void {
    for (const key of this.#watchers.keys()) this.#end(key);
  }

  #add(key: string, folder: WatchedFolder): boolean {
    const watcher = this.watch(folder, () => this.#watchers.get(key) === watcher && this.#end(key));
    if (watcher !== undefined) this.#watchers.set(key, watcher);
    return watcher !== undefined;
  }

  #end(key: string): void {
    this.#watchers.get(key)?.[Symbol.dispose]();
    this.#watchers.delete(key);
  }
}

function keyOf({ path, pattern, sees }: WatchedFolder): string {
  return `${path}\0${pattern}\0${sees}`;
}

/** @param glob without slashes; may have `*`, `?` and `{a,b}` */
function regExpOfGlob(glob: string): RegExp {
  const text = glob
    .replace(/[\\^$.+()|[\]]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
    .replace(/\{([^{}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`);
  return new RegExp(`^${text}$`, 's');
}

function attempt(action: () => FSWatcher): FSWatcher | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
