import type { WatchedFolder } from './target-folder.ts';

const MAX_WATCHERS = 300;

/** Watchers of one kind, one for each folder that is followed now. */
export class WatcherSet implements Disposable {
  readonly #watchers = new Map<string, Disposable>();

  /** @param watch undefined: this folder can't be watched now; the next time it may. `ended`: it sees nothing any more */
  constructor(private readonly watch: (folder: WatchedFolder, ended: () => void) => Disposable | undefined) {}

  /** Replaces what is watched. True: something is watched that was not before. */
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
