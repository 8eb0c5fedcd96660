/**
 * Tells when runtimes may have appeared, changed, or gone.
 *
 * The live signal are VS Code's own watchers, one per known folder and none of them recursive: for those `files.watcherExclude`
 * (which mostly hides `target/`) does not count, they live in the file watcher's process, and a target folder with a million
 * files costs no more than an empty one. What is not excluded they hear from the one recursive watcher of the workspace's
 * folder, which on Linux is deaf for ever in folders that were made one inside the other at once, as a first build does with
 * `target/release` (seen in 1.100 and 1.139: it watches a new folder only after it has heard of it). There each known folder
 * gets a watcher of ours too.
 *
 * Where all fail (network mounts, exhausted inotify watches), the known folders are looked at when a task or a terminal's
 * command ends, when the window gets the focus, and now and then: every 5 s while a build is likely, else every 30 s in a
 * focused window.
 */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { BuildSigns } from './build-signs.ts';
import { watchFolder } from './folder-watch.ts';
import { probe } from './probe.ts';
import type { WatchedFolder } from './target-folder.ts';
import { WatcherSet } from './watcher-set.ts';

export interface Watched {
  readonly folders: readonly WatchedFolder[];
  /** Single files that are watched wherever they are. */
  readonly files: readonly string[];
  /** Looked at beside these two, where no watcher tells. */
  readonly blobs: readonly string[];
}

export class RuntimeWatcher implements vscode.Disposable {
  readonly #mayHaveChanged = new vscode.EventEmitter<void>();
  /** Not debounced. */
  readonly onMayHaveChanged = this.#mayHaveChanged.event;
  readonly #signs = new BuildSigns();
  readonly #watchers: readonly WatcherSet[];
  readonly #listeners: vscode.Disposable[];
  #paths: readonly string[] = [];
  #lastProbe: Promise<string> = Promise.resolve('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor() {
    const { tasks, window } = vscode;
    const changed = () => this.#changed();
    this.#watchers = [
      new WatcherSet((folder) => watchInEditor(folder, changed)),
      ...(process.platform === 'linux' ? [new WatcherSet((folder, ended) => watchFolder(folder, changed, ended))] : []),
    ];
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
    const wanted = [...folders, ...files.map(asFolder)];
    const isMore = this.#watchers.map((set) => set.follow(wanted)).includes(true);
    this.#paths = [...new Set([...folders.map(({ path }) => path), ...files, ...blobs])];
    this.#lastProbe = probe(this.#paths);
    this.#poll();
    return isMore;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    for (const set of this.#watchers) set[Symbol.dispose]();
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

  #changed(): void {
    this.#signs.seen();
    this.#mayHaveChanged.fire();
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

function watchInEditor({ path, pattern, sees }: WatchedFolder, changed: () => void): Disposable {
  const relative = new vscode.RelativePattern(vscode.Uri.file(path), pattern);
  const watcher = vscode.workspace.createFileSystemWatcher(relative, false, sees === 'names', false);
  watcher.onDidCreate(changed);
  watcher.onDidChange(changed);
  watcher.onDidDelete(changed);
  return { [Symbol.dispose]: () => watcher.dispose() };
}

function isBuild({ execution }: { readonly execution: vscode.TerminalShellExecution }): boolean {
  return /\b(cargo|srtool|docker|podman|nix|make|just|build)\b/.test(execution.commandLine.value);
}

function asFolder(file: string): WatchedFolder {
  // Brackets of a file's name are no pattern.
  return { path: dirname(file), pattern: basename(file).replace(/[[\]{}*]/g, '?'), sees: 'contents' };
}
