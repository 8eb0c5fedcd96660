import * as vscode from 'vscode';
import { textOf } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { CheckState, Runtime } from '../model.ts';
import type { Runtimes } from '../runtimes/runtimes.ts';
import { settle } from '../runtimes/settle.ts';
import type { CheckOptions, CheckService, WorkerList } from '../services.ts';
import { Settings } from '../settings.ts';
import { Board } from './board.ts';
import { CheckFailed, ThreadClient } from './thread-client.ts';

interface ChecksParts {
  readonly context: vscode.ExtensionContext;
  readonly runtimes: Runtimes;
  readonly log: Log;
  readonly isVerbose: () => boolean;
}

/** The checks of the open workspace: those that are asked for, and those that a changed blob starts by itself. */
export class Checks implements CheckService, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<{ readonly runtime: Runtime; readonly state: CheckState }>();
  readonly onDidChange = this.#changes.event;
  readonly #settings: Settings;
  readonly #client: ThreadClient;
  readonly #board: Board;
  readonly #subscription: vscode.Disposable;
  readonly #sinceMs = Date.now();
  /** What waits for a build to end, by runtime: the newest change alone counts. */
  readonly #settling = new Map<string, AbortController>();

  constructor(private readonly parts: ChecksParts) {
    const { context, runtimes, log, isVerbose } = parts;
    const { version } = context.extension.packageJSON as { readonly version: string };
    const data = { packageFolder: context.extensionPath, packageVersion: version };
    this.#settings = new Settings((message) => log.warn(message), isVerbose);
    this.#client = new ThreadClient(context.asAbsolutePath('dist/check-thread.cjs'), data, log);
    this.#board = new Board({
      asker: this.#client,
      store: context.workspaceState,
      settingsOf: (runtime) => this.#settings.forCheck(runtime),
      changed: (runtime, state) => this.#changes.fire({ runtime, state }),
      logError: (message) => log.error(message),
    });
    this.#subscription = runtimes.onDidChange(({ added, removed, changedBlobs }) => {
      for (const runtime of removed) this.#forget(runtime);
      for (const runtime of added) this.#quietly(this.#added(runtime));
      for (const runtime of changedBlobs) this.#quietly(this.#blobChanged(runtime));
    });
  }

  stateOf(id: string): CheckState {
    return this.#board.stateOf(id);
  }

  prepare(runtime: Runtime, options: CheckOptions): Promise<CheckState> {
    return this.#asked('prepare', runtime, options);
  }

  inspect(runtime: Runtime, options: CheckOptions): Promise<CheckState> {
    return this.#asked('inspect', runtime, options);
  }

  cancel(id?: string): void {
    this.#board.cancel(id);
  }

  clearHistory(): void {
    this.#board.clearHistory(this.parts.runtimes.all);
  }

  async workerSummary(): Promise<WorkerList> {
    return this.#client.ask('workers', { settings: this.#settings.forCheck() });
  }

  async diagnose(): Promise<string> {
    return this.#client.ask('diagnose', { settings: this.#settings.forCheck() });
  }

  /** Ends the workers; resolves after a few seconds at the latest. For `deactivate`, which VS Code waits for. */
  async close(): Promise<void> {
    this.dispose();
    await this.#client[Symbol.asyncDispose]();
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const waiting of this.#settling.values()) waiting.abort();
    this.#settling.clear();
    this.#board.cancel();
    this.#changes.dispose();
    this.#quietly(this.#client[Symbol.asyncDispose]());
  }

  async #asked(kind: 'prepare' | 'inspect', runtime: Runtime, options: CheckOptions): Promise<CheckState> {
    // The answer to the command is the answer to the change too.
    if (options.reason !== 'change') this.#settling.get(runtime.id)?.abort();
    return this.#board.check(kind, runtime, options);
  }

  /** A runtime that was there before the editor is only shown; one that was built since is checked like any change. */
  async #added(runtime: Runtime): Promise<void> {
    await this.#board.meet(runtime);
    if ((runtime.blob.changedMs ?? 0) > this.#sinceMs) await this.#blobChanged(runtime);
  }

  /** A build writes its files several times over: waits until it is done with this one. */
  async #blobChanged(runtime: Runtime): Promise<void> {
    this.#settling.get(runtime.id)?.abort();
    const cancel = new AbortController();
    this.#settling.set(runtime.id, cancel);
    try {
      const settled = await settle(runtime.blob.path, { signal: cancel.signal });
      if (settled.kind !== 'settled') return;
      const wanted = this.#settings.onChange(runtime);
      const isSame = await this.#board.compare(runtime);
      if (wanted === 'off' || isSame || cancel.signal.aborted) return;
      // The job of a command is not ended for the same bytes.
      if (this.#board.covers(wanted, this.parts.runtimes.byId(runtime.id) ?? runtime)) return;
      await this.#board.check(wanted, runtime, { reason: 'change' });
    } finally {
      if (this.#settling.get(runtime.id) === cancel) this.#settling.delete(runtime.id);
    }
  }

  #forget(runtime: Runtime): void {
    this.#settling.get(runtime.id)?.abort();
    this.#board.forget(runtime);
  }

  /** What nobody waits for; being cancelled is no failure. */
  #quietly(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      const isCancelled = error instanceof CheckFailed || (error instanceof Error && error.name === 'AbortError');
      if (!isCancelled) this.parts.log.error(textOf(error));
    });
  }
}
