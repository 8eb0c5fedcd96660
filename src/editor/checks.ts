import * as vscode from 'vscode';
import { errorMessage } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { CheckFailed, ThreadClient } from './check-thread/thread-client.ts';
import type { SettingKey } from './contributions.ts';
import { Board } from './core/board.ts';
import type { Runtimes } from './discovery/runtimes.ts';
import { settle } from './discovery/settle.ts';
import type { CheckKind, CheckState, Runtime } from './model.ts';
import type { CheckEnd, CheckOptions, CheckService, Finished, WorkerList } from './services.ts';
import { Settings } from './settings.ts';

interface ChecksParts {
  readonly context: vscode.ExtensionContext;
  readonly runtimes: Runtimes;
  readonly log: Log;
  readonly isVerbose: () => boolean;
}

/** Of `pvf.*`: what a report holds the figures against. */
const limitSettings: readonly SettingKey[] = ['profile', 'budget', 'timeout', 'memoryLimit'];

/** The checks of the open workspace: those that are asked for, and those that a changed blob starts by itself. */
export class Checks implements CheckService, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<{ readonly runtime: Runtime; readonly state: CheckState }>();
  readonly onDidChange = this.#changes.event;
  readonly #finishes = new vscode.EventEmitter<Finished>();
  readonly onDidFinish = this.#finishes.event;
  readonly #settings: Settings;
  readonly #client: ThreadClient;
  readonly #board: Board;
  readonly #subscriptions: readonly vscode.Disposable[];
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
      finished: (finished) => this.#finishes.fire(finished),
      logError: (message) => log.error(message),
    });
    this.#subscriptions = [
      runtimes.onDidChange(({ added, removed, changedBlobs }) => {
        for (const runtime of removed) this.#forget(runtime);
        for (const runtime of added) this.#quietly(this.#added(runtime));
        for (const runtime of changedBlobs) this.#quietly(this.#blobChanged(runtime));
      }),
      vscode.workspace.onDidChangeConfiguration((change) => this.#limitsChanged(change)),
    ];
  }

  stateOf(id: string): CheckState {
    return this.#board.stateOf(id);
  }

  check(kind: CheckKind, runtime: Runtime, options: CheckOptions): Promise<CheckEnd> {
    // The answer to the command is the answer to the change too.
    if (options.reason !== 'change') this.#settling.get(runtime.id)?.abort();
    return this.#board.check(kind, runtime, options);
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

  /** Ends the workers. VS Code does not wait for that; what is left when its process ends is ended with it (ExitGuard). */
  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const waiting of this.#settling.values()) waiting.abort();
    this.#settling.clear();
    this.#board.cancel();
    this.#changes.dispose();
    this.#finishes.dispose();
    this.#quietly(this.#client[Symbol.asyncDispose]());
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
      await this.#board.check(wanted, this.parts.runtimes.byId(runtime.id) ?? runtime, { reason: 'change' });
    } finally {
      if (this.#settling.get(runtime.id) === cancel) this.#settling.delete(runtime.id);
    }
  }

  /** What was prepared is held against the new limits, which its kept artifact answers at once. */
  #limitsChanged(change: vscode.ConfigurationChangeEvent): void {
    for (const runtime of this.parts.runtimes.all) {
      const { report, isCurrent, activity } = this.#board.stateOf(runtime.id);
      const scope = vscode.Uri.file(runtime.manifestPath ?? runtime.blob.path);
      const concerns = limitSettings.some((key) => change.affectsConfiguration(`pvf.${key}`, scope));
      if (!concerns || report === undefined || !(isCurrent || activity.kind === 'running')) continue;
      if (this.#settings.onChange(runtime) === 'off') continue;
      this.#quietly(this.#checkAgain(report.outcome === undefined ? 'inspect' : 'prepare', runtime));
    }
  }

  async #checkAgain(kind: CheckKind, runtime: Runtime): Promise<void> {
    const { activity } = this.#board.stateOf(runtime.id);
    // One that runs has the old settings, and is worth waiting for: its artifact answers the new question.
    if (activity.kind === 'running') await this.#board.check(kind, runtime, { reason: 'change' });
    await this.#board.check(kind, runtime, { reason: 'change' });
  }

  #forget(runtime: Runtime): void {
    this.#settling.get(runtime.id)?.abort();
    this.#board.forget(runtime);
  }

  /** What nobody waits for; being cancelled is no failure. */
  #quietly(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      const isCancelled = error instanceof CheckFailed || (error instanceof Error && error.name === 'AbortError');
      if (!isCancelled) this.parts.log.error(errorMessage(error));
    });
  }
}
