/**
 * Tells when runtimes may have appeared, changed, or gone.
 *
 * The live signal are VS Code's own watchers, one per known folder and none of them recursive: for those `files.watcherExclude`
 * (which mostly hides `target/`) does not count, they live in the file watcher's process, and a target folder with a million
 * files costs no more than an empty one. So no `fs.watch` of ours is needed. Where they fail too (network mounts, exhausted
 * inotify watches), the known folders are looked at when a task or a terminal's command ends, when the window gets the focus,
 * and now and then: every 5 s while a build is likely, else every 30 s in a focused window.
 */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { BuildSigns } from './build-signs.ts';
import { probe } from './probe.ts';
import type { WatchedFolder } from './target-folder.ts';

export interface Watched {
  readonly folders: readonly WatchedFolder[];
  /** Single files that are watched wherever they are. */
  readonly files: readonly string[];
  /** Looked at beside these two, where no watcher tells. */
  readonly blobs: readonly string[];
}

const MAX_WATCHERS = 300;

export class RuntimeWatcher implements vscode.Disposable {
  readonly #mayHaveChanged = new vscode.EventEmitter<void>();
  /** Not debounced. */
  readonly onMayHaveChanged = this.#mayHaveChanged.event;
  readonly #signs = new BuildSigns();
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #listeners: vscode.Disposable[];
  #paths: readonly string[] = [];
  #lastProbe: Promise<string> = Promise.resolve('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor() {
    const { tasks, window } = vscode;
    this.#listeners = [
      this.#mayHaveChanged,
      tasks.onDidStartTaskProcess(() => this.#buildBegan()),
      tasks.onDidEndTaskProcess(() => this.#buildEnded()),
      window.onDidStartTerminalShellExecution((event) => isBuild(event) && this.#buildBegan()),
      window.onDidEndTerminalShellExecution((event) => (isBuild(event) ? this.#buildEnded() : this.#look())),
      window.onDidChangeWindowState(({ focused }) => focused && this.#look()),
    ];
  }

  /** Replaces what is watched. True: something is watched that was not before, and may have changed meanwhile. */
  follow({ folders, files, blobs }: Watched): boolean {
    if (this.#isDisposed) return false;
    const wanted = new Map([...folders, ...files.map(asFolder)].map((watched) => [keyOf(watched), watched]));
    for (const [key, watcher] of this.#watchers) {
      if (wanted.has(key)) continue;
      watcher.dispose();
      this.#watchers.delete(key);
    }
    const added = [...wanted].filter(([key]) => !this.#watchers.has(key)).slice(0, MAX_WATCHERS - this.#watchers.size);
    for (const [key, watched] of added) this.#watchers.set(key, this.#watch(watched));
    this.#paths = [...new Set([...folders.map(({ path }) => path), ...files, ...blobs])];
    this.#lastProbe = probe(this.#paths);
    this.#poll();
    return added.length > 0;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.dispose();
    this.#watchers.clear();
    for (const listener of this.#listeners) listener.dispose();
  }

  #buildBegan(): void {
    this.#signs.began();
    this.#poll();
  }

  /** It may have made a target folder that nobody knows of yet. */
  #buildEnded(): void {
    this.#signs.ended();
    this.#mayHaveChanged.fire();
    this.#poll();
  }

  #watch({ path, pattern, sees }: WatchedFolder): vscode.Disposable {
    const relative = new vscode.RelativePattern(vscode.Uri.file(path), pattern);
    const watcher = vscode.workspace.createFileSystemWatcher(relative, false, sees === 'names', false);
    const tell = () => {
      this.#signs.seen();
      this.#mayHaveChanged.fire();
    };
    watcher.onDidCreate(tell);
    watcher.onDidChange(tell);
    watcher.onDidDelete(tell);
    return watcher;
  }

  /** Sets the time of the next look; nobody sees a result in a window without focus, unless a build goes on. */
  #poll(): void {
    clearTimeout(this.#timer);
    if (this.#isDisposed) return;
    this.#timer = setTimeout(() => {
      if (vscode.window.state.focused || this.#signs.isLikely) this.#look();
      else this.#poll();
    }, this.#signs.pollMs);
  }

  #look(): void {
    this.#compare().then(
      (differs) => differs && !this.#isDisposed && this.#mayHaveChanged.fire(),
      () => {},
    );
    this.#poll();
  }

  async #compare(): Promise<boolean> {
    const before = this.#lastProbe;
    const now = probe(this.#paths);
    this.#lastProbe = now;
    return (await before) !== (await now);
  }
}

function isBuild({ execution }: { readonly execution: vscode.TerminalShellExecution }): boolean {
  return /\b(cargo|srtool|docker|podman|nix|make|just|build)\b/.test(execution.commandLine.value);
}

function asFolder(file: string): WatchedFolder {
  // Brackets of a file's name are no pattern.
  return { path: dirname(file), pattern: basename(file).replace(/[[\]{}*]/g, '?'), sees: 'contents' };
}

function keyOf({ path, pattern, sees }: WatchedFolder): string {
  return `${path}\0${pattern}\0${sees}`;
}
