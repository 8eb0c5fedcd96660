import path from 'node:path';
import * as vscode from 'vscode';
import { bundleFile } from '../base/bundles.ts';
import { errorMessage } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { isInside } from '../base/paths.ts';
import type { CheckKind, CheckSettings } from '../check/check-settings.ts';
import { configFileName } from '../check/config/config-request.ts';
import { checkSettingKeys, optionRow } from '../check/options/check-options.ts';
import type { PinChoice } from '../model/history.ts';
import { CheckQueries } from './check-queries.ts';
import { CheckFailed, ThreadClient } from './check-thread/thread-client.ts';
import { CheckRunner } from './core/check-runner.ts';
import type { OnChange } from './core/check-settings.ts';
import { CheckStore } from './core/check-store.ts';
import { FirstInspections } from './core/first-inspections.ts';
import { LimitProfiles } from './core/limit-profiles.ts';
import type { Runtimes } from './discovery/runtimes.ts';
import { settle } from './discovery/settle.ts';
import {
  type CheckEnd,
  type CheckOptions,
  type CheckState,
  type FinishedCheck,
  inputPathOf,
  isAutomatic,
  type Runtime,
  type RuntimeEntry,
} from './model.ts';
import { Settings, type SettingsScope } from './settings.ts';

interface ChecksOptions {
  readonly context: vscode.ExtensionContext;
  readonly runtimes: Runtimes;
  readonly log: Log;
  readonly isVerbose: () => boolean;
}

/** Activation and the first search come first. */
const FIRST_INSPECTIONS_MS = 1000;

/** Settings that change the limits, the job or the conclusion of a report. */
const reportSettings = checkSettingKeys.filter((key) => optionRow(key).setting?.section !== 'worker');

/** The checks of the open workspace. Commands, the API and changed blobs start them. */
export class Checks implements vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<RuntimeEntry>();
  readonly onDidChange = this.#changes.event;
  readonly #finishes = new vscode.EventEmitter<FinishedCheck>();
  /** Fires after each check that was not cancelled, whatever started it. */
  readonly onDidFinish = this.#finishes.event;
  /** The saved limits, and those of live chains. */
  readonly limits: LimitProfiles;
  readonly queries: CheckQueries;
  readonly #settings: Settings;
  readonly #client: ThreadClient;
  readonly #store: CheckStore;
  readonly #runner: CheckRunner;
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #activatedMs = Date.now();
  readonly #firstInspections: FirstInspections;
  /** Which runtimes are prepared on every change. */
  readonly #kept = new Set<(runtime: Runtime) => boolean>();
  /** Changed blobs that may still be written to, by runtime id. */
  readonly #settling = new Map<string, AbortController>();

  constructor(private readonly options: ChecksOptions) {
    const { context, runtimes, log, isVerbose } = options;
    const { version } = context.extension.packageJSON as { readonly version: string };
    const data = { packageFolder: context.extensionPath, packageVersion: version };
    const client = new ThreadClient(context.asAbsolutePath(`dist/${bundleFile('check-thread')}`), data, log);
    const logError = (message: string) => log.error(message);
    this.#client = client;
    this.#settings = new Settings((message) => log.warn(message), isVerbose);
    this.#store = new CheckStore({
      memento: context.workspaceState,
      identify: (path) => client.request('identify', { path }),
      onChange: (runtime, state) => this.#changes.fire({ runtime, state }),
      logError,
    });
    this.#runner = new CheckRunner({
      requestCheck: (params, requestOptions) => client.request('check', params, requestOptions),
      store: this.#store,
      settingsOf: (runtime) => this.#settings.forCheck(runtime),
      onFinish: (finished) => this.#finishes.fire(finished),
      log,
    });
    this.#firstInspections = new FirstInspections({
      runtimes: () => runtimes.all,
      stateOf: (id) => this.#store.stateOf(id),
      isWanted: (runtime) => this.#isInspectedFirst(runtime),
      inspect: (runtime, checkOptions) => this.#runner.check('inspect', runtime, checkOptions),
    });
    this.limits = new LimitProfiles({
      request: (name, params, signal) => client.request(name, params, signal && { signal }),
      profileOf: (runtime) => this.#settings.forCheck(runtime).profile,
      workspaceFolders: () => this.#settings.forCheck().workspaceFolders,
      runtimes: () => runtimes.all,
      onChanged: (runtime) => this.#limitsChanged(runtime),
    });
    this.queries = new CheckQueries({
      request: (...request) => client.request(...request),
      settingsOf: (scope) => this.#settings.forCheck(scope),
      runtimes,
    });
    const inspectSoon = setTimeout(() => this.#inspectNew(), FIRST_INSPECTIONS_MS);
    const teamRules = vscode.workspace.createFileSystemWatcher(`**/${configFileName}`);
    const teamRulesChanged = (uri: vscode.Uri) => this.#teamRulesChanged(uri);
    this.#subscriptions = [
      teamRules,
      teamRules.onDidCreate(teamRulesChanged),
      teamRules.onDidChange(teamRulesChanged),
      teamRules.onDidDelete(teamRulesChanged),
      { dispose: () => clearTimeout(inspectSoon) },
      runtimes.onDidChange(({ added, removed, changedBlobs }) => {
        for (const runtime of removed) this.#remove(runtime);
        for (const runtime of added) this.#inBackground(this.#add(runtime));
        for (const runtime of changedBlobs) this.#inBackground(this.#blobChanged(runtime));
        if (Date.now() - this.#activatedMs >= FIRST_INSPECTIONS_MS) this.#inspectNew();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => this.#settingsChanged(change)),
      // A check on the command line may have added results.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.refreshHistories()),
    ];
  }

  stateOf(id: string): CheckState {
    return this.#store.stateOf(id);
  }

  /** Never rejects. */
  check(kind: CheckKind, runtime: Runtime, options: CheckOptions): Promise<CheckEnd> {
    // The requested check covers the change, too.
    if (options.reason !== 'change') this.#settling.get(runtime.id)?.abort();
    return this.#runner.check(kind, runtime, options);
  }

  /** Prepares every new build of these runtimes, whatever `pvf.onChange` is, until the result is disposed. */
  keepPrepared(isWanted: (runtime: Runtime) => boolean): vscode.Disposable {
    this.#kept.add(isWanted);
    return { dispose: () => this.#kept.delete(isWanted) };
  }

  /** @param id absent: all runtimes */
  cancel(id?: string): void {
    this.#runner.cancel(id);
  }

  /** Deletes the reports of all runtimes and their histories. Returns a function that undoes it. */
  clearHistory(): () => void {
    const { all } = this.options.runtimes;
    const restoreReports = this.#store.clearHistory(all);
    const cleared = all.map(async (runtime) => {
      const path = inputPathOf(runtime);
      return { runtime, path, history: await this.#client.request('clearHistory', { path }) };
    });
    for (const one of cleared) this.#inBackground(one);
    return () => {
      restoreReports();
      for (const one of cleared) {
        const restored = one.then(async ({ runtime, path, history }) =>
          this.#store.setHistory(runtime, await this.#client.request('restoreHistory', { path, history })),
        );
        this.#inBackground(restored);
      }
    };
  }

  /** Reads the histories again of all runtimes that show a report. */
  refreshHistories(): void {
    for (const runtime of this.options.runtimes.all) {
      if (this.#store.stateOf(runtime.id).report !== undefined) this.#inBackground(this.#refreshHistory(runtime));
    }
  }

  /** Chooses what the results of a runtime are compared with. Rejects with `CheckFailed`. */
  async pinBaseline(runtime: Runtime, choice: PinChoice): Promise<void> {
    const params = { path: inputPathOf(runtime), choice };
    this.#store.setHistory(runtime, await this.#client.request('pinBaseline', params));
  }

  async #refreshHistory(runtime: Runtime): Promise<void> {
    const path = inputPathOf(runtime);
    this.#store.setHistory(runtime, await this.#client.request('history', { path }));
  }

  /** The settings of a check. @param scope absent: those of the first folder */
  settingsOf(scope?: SettingsScope): CheckSettings {
    return this.#settings.forCheck(scope);
  }

  /** Cancels all checks and ends the warm worker. The next check starts another one. */
  async restartWorker(): Promise<void> {
    this.#runner.cancel();
    await this.#client.request('restartWorker', {});
  }

  /** Ends the workers. VS Code does not wait for that, so ExitGuard ends the rest when the extension host exits. */
  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#firstInspections[Symbol.dispose]();
    for (const controller of this.#settling.values()) controller.abort();
    this.#settling.clear();
    this.#runner.cancel();
    this.#changes.dispose();
    this.#finishes.dispose();
    this.#inBackground(this.#client[Symbol.asyncDispose]());
  }

  /** Shows the last report. Checks a blob that was built after activation, like any change. */
  async #add(runtime: Runtime): Promise<void> {
    await this.#store.restore(runtime);
    if (this.#store.stateOf(runtime.id).report !== undefined) this.#inBackground(this.#refreshHistory(runtime));
    if (runtime.blob.changedMs > this.#activatedMs) await this.#blobChanged(runtime);
  }

  #inspectNew(): void {
    this.#inBackground(this.#firstInspections.run());
  }

  /** A blob that was built after activation is checked as a change, once it is complete. */
  #isInspectedFirst(runtime: Runtime): boolean {
    const isOld = runtime.blob.changedMs <= this.#activatedMs;
    return (
      isOld &&
      isAutomatic(runtime) &&
      runtime.workspaceFolder !== undefined &&
      this.#settings.onChange(runtime) !== 'off'
    );
  }

  #remove(runtime: Runtime): void {
    this.#settling.get(runtime.id)?.abort();
    this.#runner.remove(runtime);
  }

  /** Waits until the blob is complete, because a build writes its files several times. */
  async #blobChanged(runtime: Runtime): Promise<void> {
    this.#settling.get(runtime.id)?.abort();
    const controller = new AbortController();
    this.#settling.set(runtime.id, controller);
    try {
      const settled = await settle(runtime.blob.path, { signal: controller.signal });
      if (settled.kind !== 'settled') return;
      const kind = this.#kindOnChange(runtime);
      const isCurrent = await this.#store.refreshIsCurrent(runtime);
      if (isCurrent || controller.signal.aborted) return;
      const action = { off: 'it is checked only on request', inspect: 'inspecting it', prepare: 'preparing it' }[kind];
      this.options.log.info(`${runtime.name}: the blob changed; ${action}.`);
      if (kind === 'off') return;
      await this.#runner.check(kind, this.options.runtimes.byId(runtime.id) ?? runtime, { reason: 'change' });
    } finally {
      if (this.#settling.get(runtime.id) === controller) this.#settling.delete(runtime.id);
    }
  }

  #kindOnChange(runtime: Runtime): OnChange {
    if ([...this.#kept].some((isWanted) => isWanted(runtime))) return 'prepare';
    return isAutomatic(runtime) ? this.#settings.onChange(runtime) : 'off';
  }

  /** Checks again with the new settings. That is fast, because the artifact of a prepared blob is cached. */
  #settingsChanged(change: vscode.ConfigurationChangeEvent): void {
    for (const runtime of this.options.runtimes.all) {
      const scope = vscode.Uri.file(runtime.manifestPath ?? runtime.blob.path);
      const isAffected = reportSettings.some((key) => change.affectsConfiguration(`pvf.${key}`, scope));
      if (isAffected) this.#limitsChanged(runtime);
    }
  }

  /** A `pvf.json` counts for the runtimes below its folder. */
  #teamRulesChanged({ fsPath }: vscode.Uri): void {
    const folder = path.dirname(fsPath);
    for (const runtime of this.options.runtimes.all) {
      if (isInside(runtime.manifestPath ?? runtime.blob.path, folder)) this.#limitsChanged(runtime);
    }
  }

  #limitsChanged(runtime: Runtime): void {
    const { report, isCurrent, activity } = this.#store.stateOf(runtime.id);
    // A first check has no report yet, but its interim report may show already.
    const isRunning = activity.kind === 'running';
    if (!isRunning && (report === undefined || !isCurrent)) return;
    if (!isAutomatic(runtime) || this.#settings.onChange(runtime) === 'off') return;
    const isInspection = isRunning ? activity.phase === 'inspecting' : report?.outcome === undefined;
    this.#inBackground(this.#checkAgain(isInspection ? 'inspect' : 'prepare', runtime));
  }

  async #checkAgain(kind: CheckKind, runtime: Runtime): Promise<void> {
    const { activity } = this.#store.stateOf(runtime.id);
    // A running check has the old settings. Wait for it, because the next check can use its artifact.
    if (activity.kind === 'running') await this.#runner.check(kind, runtime, { reason: 'change' });
    await this.#runner.check(kind, runtime, { reason: 'change' });
  }

  /** Logs errors, except cancellations. */
  #inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      const isCancelled = error instanceof CheckFailed || (error instanceof Error && error.name === 'AbortError');
      if (!isCancelled) this.options.log.error(errorMessage(error));
    });
  }
}
