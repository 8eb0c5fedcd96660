import type { CheckSettings } from '../check/check-settings.ts';
import type { SpecCodeSummary } from '../check/spec-codes.ts';
import type { Report } from '../model/report.ts';
import type { Sizes } from '../model/size-tree.ts';
import type { WorkersList } from '../model/workers.ts';
import type { ComparedRuntime, Params, Result } from './check-thread/messages.ts';
import type { ThreadClient } from './check-thread/thread-client.ts';
import type { Runtimes } from './discovery/runtimes.ts';
import { inputPathOf, type Runtime } from './model.ts';
import type { SettingsScope } from './settings.ts';

interface CheckQueriesOptions {
  readonly request: ThreadClient['request'];
  /** The settings of a check. @param scope absent: those of the first folder */
  readonly settingsOf: (scope?: SettingsScope) => CheckSettings;
  readonly runtimes: Runtimes;
}

/** Questions to the check thread that leave no state behind. All methods reject with `CheckFailed`. */
export class CheckQueries {
  constructor(private readonly options: CheckQueriesOptions) {}

  /**
   * The size tree of the runtime in a file, with its costs if they were measured. Undefined when the module is damaged. Rejects with
   * `CheckFailed`.
   */
  async sizes(path: string): Promise<Sizes | undefined> {
    return this.options.request('sizes', { path });
  }

  /** Compares two runtimes. Rejects with `CheckFailed`. */
  async compare(older: ComparedRuntime, newer: ComparedRuntime, runtime: Runtime): Promise<Result<'compare'>> {
    return this.options.request('compare', { older, newer, settings: this.options.settingsOf(runtime) });
  }

  /** The text of a `pvf.json` that allows one more finding. Rejects with `CheckFailed`. */
  allowFinding(request: Params<'allowFinding'>): Promise<string> {
    return this.options.request('allowFinding', request);
  }

  /** The text of a `pvf.json` with a budget above the figures of a report. Rejects with `CheckFailed`. */
  createBudget(request: Params<'createBudget'>): Promise<string> {
    return this.options.request('createBudget', request);
  }

  /**
   * The page about the upgrade to a runtime, in Markdown. In a trusted workspace it has call data, whatever `pvf.metadata` says
   * about checks. Rejects with `CheckFailed`.
   * @param report of the preparation of the same code
   */
  async upgrade(runtime: Runtime, report: Report): Promise<string> {
    const settings = this.options.settingsOf(runtime);
    const metadata = settings.trustWorkspace ? (settings.metadata ?? {}) : undefined;
    const params = { path: inputPathOf(runtime), report, settings: { ...settings, ...(metadata && { metadata }) } };
    return this.options.request('upgrade', params);
  }

  /** The codes of a chain spec. Empty if the file is none. Rejects with `CheckFailed`. */
  async specCodes(path: string): Promise<readonly SpecCodeSummary[]> {
    return this.options.request('specCodes', { path });
  }

  /**
   * Inspects any file, and keeps no state. Rejects with `CheckFailed`.
   * @param substituteBlock the code of a chain spec; undefined: the genesis code, or the file is no chain spec
   */
  inspectFile(path: string, substituteBlock: string | undefined, signal: AbortSignal): Promise<Report> {
    const { metadata: _, ...settings } = this.#settingsOfFile(path);
    return this.#inspectFile(path, substituteBlock, settings, signal);
  }

  /** Like `inspectFile`, but takes seconds. Undefined when the settings, or the trust in the workspace, don't allow it. */
  async inspectWithMetadata(
    path: string,
    substituteBlock: string | undefined,
    signal: AbortSignal,
  ): Promise<Report | undefined> {
    const settings = this.#settingsOfFile(path);
    return settings.metadata && this.#inspectFile(path, substituteBlock, settings, signal);
  }

  async #inspectFile(
    path: string,
    substituteBlock: string | undefined,
    settings: CheckSettings,
    signal: AbortSignal,
  ): Promise<Report> {
    const input = inputPathOf({ blob: { path }, ...(substituteBlock !== undefined && { substituteBlock }) });
    const { report } = await this.options.request('check', { kind: 'inspect', path: input, settings }, { signal });
    return report;
  }

  #settingsOfFile(path: string): CheckSettings {
    return this.options.settingsOf(this.options.runtimes.all.find(({ blob }) => blob.path === path));
  }

  async workerSummary(): Promise<WorkersList> {
    return this.options.request('workers', { settings: this.options.settingsOf() });
  }

  /** Text about the available workers and this machine, for a bug report. */
  async diagnose(): Promise<string> {
    return this.options.request('diagnose', { settings: this.options.settingsOf() });
  }
}
