import { homedir } from 'node:os';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { errorMessage } from '../../base/errors.ts';
import { type Log, silentLog } from '../../base/log.ts';
import type { Runtime, UnbuiltCrate } from '../model.ts';
import { readPicked } from './blob-runtimes.ts';
import { beingWritten, compareRuntimes, isNothing, type RuntimesChange } from './changes.ts';
import { type Discovery, discover, type SearchFolder } from './discover.ts';
import { RuntimeWatcher } from './runtime-watcher.ts';
import { SearchCache } from './search-cache.ts';
import { SearchLoop } from './search-loop.ts';
import { type Searched, searchedLines } from './searched.ts';
import { patternsOf } from './selection.ts';
import { targetDirectoriesOf } from './target-folder.ts';

const DEBOUNCE_MS = 200;
/** VS Code's name for this system in `terminal.integrated.env.*`. */
const SYSTEM = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'osx' : 'linux';
/** Settings that change what a search finds. */
const SETTINGS = ['pvf.targetDirectories', 'pvf.include', 'pvf.exclude', 'terminal.integrated.env'] as const;

/** The runtimes of the open workspace, kept up to date. */
export class Runtimes implements vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<RuntimesChange>();
  /** Fires when a search found changes of runtimes or of unbuilt crates, and at the end of the first search. */
  readonly onDidChange = this.#changes.event;
  readonly #watcher = new RuntimeWatcher();
  readonly #loop = new SearchLoop((signal) => this.#search(signal), DEBOUNCE_MS);
  readonly #subscriptions: vscode.Disposable[];
  readonly #picked = new Map<string, Runtime>();
  readonly #cache = new SearchCache();
  #all: readonly Runtime[] = [];
  #last: Pick<Discovery, 'unbuilt' | 'searched'> | undefined;
  #logged = '';
  #state: 'searching' | 'ready' = 'searching';

  /** Starts the first search. */
  constructor(private readonly log: Log = silentLog) {
    this.#subscriptions = [
      this.#changes,
      this.#watcher,
      this.#watcher.onMayHaveChanged(() => this.#loop.soon()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#loop.soon()),
      vscode.workspace.onDidChangeConfiguration(
        (change) => SETTINGS.some((key) => change.affectsConfiguration(key)) && this.#loop.soon(),
      ),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#loop.soon()),
    ];
    this.#loop.soon();
  }

  /** Found runtimes in the order of the workspace's folders, then picked ones. */
  get all(): readonly Runtime[] {
    return this.#all;
  }

  /** `searching` until the first search has ended. */
  get state(): 'searching' | 'ready' {
    return this.#state;
  }

  /** Crates of runtimes that have no blob yet. */
  get unbuilt(): readonly UnbuiltCrate[] {
    return this.#last?.unbuilt ?? [];
  }

  /** What the last search looked at. Undefined until the first one has ended. */
  get searched(): Searched | undefined {
    return this.#last?.searched;
  }

  byId(id: string): Runtime | undefined {
    return this.#all.find((runtime) => runtime.id === id);
  }

  /** Resolves when a search that began after this call has ended. Never rejects. */
  refresh(): Promise<void> {
    return this.#loop.now();
  }

  /**
   * The runtime of a file that the user picked. If the file is the blob of a known runtime, returns that runtime. Any other
   * file becomes a new runtime, and stays in the list until it is deleted.
   * @param substituteBlock the key of a code substitute in a chain spec
   * @throws InputError when the file does not exist or can't be accessed
   */
  async pick(path: string, substituteBlock?: string): Promise<Runtime> {
    const absolute = resolve(path);
    // Otherwise the search may find the same file a moment later, as another runtime.
    if (this.#state === 'searching') await this.refresh();
    const known = this.#all.find(
      (runtime) => runtime.blob.path === absolute && runtime.substituteBlock === substituteBlock,
    );
    if (known) return known;
    const runtime = await readPicked(absolute, substituteBlock);
    this.#picked.set(runtime.id, runtime);
    this.#show([...this.#all.filter(({ id }) => id !== runtime.id), runtime]);
    this.#loop.soon();
    return runtime;
  }

  dispose(): void {
    this.#loop.stop();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #search(signal: AbortSignal): Promise<void> {
    try {
      const { isTrusted } = vscode.workspace;
      const { env } = process;
      const options = { env, homeFolder: homedir(), isTrusted, cache: this.#cache, signal };
      const discovery = await discover(searchFolders(), options);
      await this.#refreshPicked(discovery.runtimes);
      const unfinished = await beingWritten(this.#all, discovery.runtimes);
      signal.throwIfAborted();
      this.#take(discovery, unfinished);
      if (unfinished.length > 0) this.#loop.soon();
    } catch (error) {
      if (signal.aborted) return;
      this.log.error(`The search for runtimes failed: ${errorMessage(error)}`);
      this.#endSearch(this.#all);
    }
  }

  #take({ runtimes, unbuilt, searched, watched, problems }: Discovery, unfinished: readonly Runtime[]): void {
    for (const { path, message } of problems)
      this.log.debug(`The search for runtimes could not read ${path}: ${message}`);
    const picked = [...this.#picked.values()];
    const hasOtherCrates = JSON.stringify(unbuilt) !== JSON.stringify(this.unbuilt);
    this.#last = { unbuilt, searched };
    this.#logSearched();
    this.#endSearch([...runtimes, ...unfinished, ...picked], hasOtherCrates);
    const files = picked.map(({ blob }) => blob.path);
    const blobs = runtimes.flatMap(({ blob, others }) => [blob, ...others]).map(({ path }) => path);
    // A folder that was not watched before may have changed since it was listed.
    if (this.#watcher.follow({ folders: watched, files, blobs })) this.#loop.soon();
  }

  /** Logs each different result once. A user who misses a runtime finds the reason there. */
  #logSearched(): void {
    const text = this.#last === undefined ? '' : searchedLines(this.#last.searched, this.#last.unbuilt).join('\n');
    if (text !== this.#logged) this.log.info(text);
    this.#logged = text;
  }

  async #refreshPicked(found: readonly Runtime[]): Promise<void> {
    for (const [id, { blob, substituteBlock }] of this.#picked) {
      const isFound = found.some((one) => one.blob.path === blob.path);
      const runtime = isFound ? undefined : await readPicked(blob.path, substituteBlock).catch(() => undefined);
      if (runtime) this.#picked.set(id, runtime);
      else this.#picked.delete(id);
    }
  }

  #endSearch(runtimes: readonly Runtime[], alwaysFires = false): void {
    const isFirst = this.#state === 'searching';
    this.#state = 'ready';
    this.#show(runtimes, isFirst || alwaysFires);
  }

  #show(runtimes: readonly Runtime[], alwaysFires = false): void {
    const change = compareRuntimes(this.#all, runtimes);
    this.#all = runtimes;
    if (alwaysFires || !isNothing(change)) this.#changes.fire(change);
  }
}

/** Leaves out virtual folders: they are not on this machine's disk, so they have no build output. */
function searchFolders(): readonly SearchFolder[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => {
      const path = uri.fsPath;
      const pvf = vscode.workspace.getConfiguration('pvf', uri);
      const terminalEnv = terminalEnvironment(uri);
      return {
        path,
        targetDirectories: targetDirectoriesOf(pvf.get('targetDirectories'), path, homedir(), process.env),
        include: patternsOf(pvf.get('include')),
        exclude: patternsOf(pvf.get('exclude')),
        ...(terminalEnv && { terminalEnv }),
      };
    });
}

/** The variables of VS Code's terminals, in which users build. Without trust, only those of the user's own settings. */
function terminalEnvironment(scope: vscode.Uri): SearchFolder['terminalEnv'] {
  const setting = vscode.workspace.getConfiguration('terminal.integrated.env', scope);
  const value: unknown = vscode.workspace.isTrusted ? setting.get(SYSTEM) : setting.inspect(SYSTEM)?.globalValue;
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}
