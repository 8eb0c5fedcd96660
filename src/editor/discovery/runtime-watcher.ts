/**
 * Reports when runtimes may have appeared, changed or disappeared.
 *
 * Most reports come from VS Code's own watchers: one per known folder, none of them recursive. Such watchers ignore
 * `files.watcherExclude` (which usually hides `target/`) and live in the process of VS Code's file watcher. A target
 * folder with a million files costs no more than an empty one. For folders that are not excluded, VS Code uses the one
 * recursive watcher of the workspace folder instead. On Linux, that watcher misses nested folders that are created at once,
 * such as `target/release` in a first build, and never sees them later (seen in 1.100 and 1.139: it watches a new folder
 * only after the notification about it). So on Linux, each known folder also gets a watcher of this extension.
 *
 * All watchers can fail (network mounts, exhausted inotify watches). So the known folders are also polled when a task or a
 * terminal command ends, when the window gets the focus, every 5 s while a build is likely, and otherwise every 30 s while
 * the window has the focus.
 */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { FolderWatchers, watchFolder } from './folder-watchers.ts';
import { BuildActivity, snapshotOf } from './polling.ts';
import type { WatchedFolder } from './target-folder.ts';

export interface Watched {
  readonly folders: readonly WatchedFolder[];
  /** Single files, wherever they are. */
  readonly files: readonly string[];
  /** Files that are only polled. */
  readonly blobs: readonly string[];
}

export class RuntimeWatcher implements vscode.Disposable {
  readonly #mayHaveChanged = new vscode.EventEmitter<void>();
  /** Not debounced. */
  readonly onMayHaveChanged = this.#mayHaveChanged.event;
  readonly #builds = new BuildActivity();
  readonly #watchers: readonly FolderWatchers[];
  readonly #listeners: vscode.Disposable[];
  #paths: readonly string[] = [];
  #lastSnapshot: Promise<string> = Promise.resolve('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor() {
    const { tasks, window } = vscode;
    const changed = () => this.#changed();
    this.#watchers = [
      new FolderWatchers((folder) => watchInEditor(folder, changed)),
      ...(process.platform === 'linux'
        ? [new FolderWatchers((folder, ended) => watchFolder(folder, changed, ended))]
        : []),
    ];
    this.#listeners = [
      this.#mayHaveChanged,
      tasks.onDidStartTaskProcess(() => this.#buildStarted()),
      tasks.onDidEndTaskProcess(() => this.#buildEnded()),
      window.onDidStartTerminalShellExecution((event) => isBuild(event) && this.#buildStarted()),
      window.onDidEndTerminalShellExecution((event) => (isBuild(event) ? this.#buildEnded() : this.#checkNow())),
      window.onDidChangeWindowState(({ focused }) => focused && this.#checkNow()),
    ];
  }

  /** Replaces the watched paths. Returns whether some were not watched before: they may have changed unnoticed. */
  follow({ folders, files, blobs }: Watched): boolean {
    if (this.#isDisposed) return false;
    const wanted = [...folders, ...files.map(asFolder)];
    const hasNew = this.#watchers.map((set) => set.follow(wanted)).includes(true);
    this.#paths = [...new Set([...folders.map(({ path }) => path), ...files, ...blobs])];
    this.#lastSnapshot = snapshotOf(this.#paths);
    this.#schedule();
    return hasNew;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    for (const set of this.#watchers) set[Symbol.dispose]();
    for (const listener of this.#listeners) listener.dispose();
  }

  #buildStarted(): void {
    this.#builds.started();
    this.#schedule();
  }

  /** The build may have created an unknown target folder, which no snapshot covers. */
  #buildEnded(): void {
    this.#builds.ended();
    this.#mayHaveChanged.fire();
    this.#schedule();
  }

  #changed(): void {
    this.#builds.fileChanged();
    this.#mayHaveChanged.fire();
  }

  /** Schedules the next check. A window without focus is not polled, unless a build is likely. */
  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#isDisposed) return;
    this.#timer = setTimeout(() => {
      if (vscode.window.state.focused || this.#builds.isLikely) this.#checkNow();
      else this.#schedule();
    }, this.#builds.pollMs);
  }

  #checkNow(): void {
    this.#hasChanged().then(
      (hasChanged) => hasChanged && !this.#isDisposed && this.#mayHaveChanged.fire(),
      () => {},
    );
    this.#schedule();
  }

  async #hasChanged(): Promise<boolean> {
    const before = this.#lastSnapshot;
    const now = snapshotOf(this.#paths);
    this.#lastSnapshot = now;
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
  // Brackets in a file name are not a pattern.
  return { path: dirname(file), pattern: basename(file).replace(/[[\]{}*]/g, '?'), sees: 'contents' };
}
