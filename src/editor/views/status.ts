/** The status bar item, and the language status of a runtime's Rust and TOML files. */
import path from 'node:path';
import {
  Disposable,
  EventEmitter,
  LanguageStatusSeverity,
  languages,
  MarkdownString,
  RelativePattern,
  StatusBarAlignment,
  ThemeColor,
  window,
} from 'vscode';
import { type CommandId, languageStatusItem, statusItem } from '../contributions.ts';
import { isAutomatic, isInCrate, type Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { gradeText, titleOf } from './labels.ts';
import { onAnyChange } from './on-change.ts';
import { plainStatus, progressText, statusLine, statusText } from './status-text.ts';
import { tooltipCommands, tooltipMarkdown } from './tooltip.ts';

/** On the left side, with the other items of the workspace. */
const PRIORITY = 10;

export function showStatus(services: Services): Disposable {
  const activeRuntime = new ActiveRuntime(services);
  return Disposable.from(
    activeRuntime,
    showStatusBar(services, activeRuntime),
    showLanguageStatus(services, activeRuntime),
  );
}

/** The runtime of the file in the editor. If there is none, the last checked runtime, or the first. */
class ActiveRuntime implements Disposable {
  readonly #runtimes: Services['runtimes'];
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: Disposable;
  #lastChecked: string | undefined;

  constructor({ runtimes, checks }: Services) {
    this.#runtimes = runtimes;
    this.#subscriptions = Disposable.from(
      this.#changed,
      window.onDidChangeActiveTextEditor(() => this.#changed.fire()),
      checks.onDidChange(({ runtime, state }) => {
        if (state.activity.kind === 'running') this.#lastChecked = runtime.id;
      }),
    );
  }

  get current(): Runtime | undefined {
    const { all } = this.#runtimes;
    const uri = window.activeTextEditor?.document.uri;
    const ofCrate = uri?.scheme === 'file' ? all.filter((runtime) => isInCrate(uri.fsPath, runtime)) : [];
    const ofEditor = ofCrate.find(isAutomatic) ?? ofCrate[0];
    const last = this.#lastChecked === undefined ? undefined : this.#runtimes.byId(this.#lastChecked);
    return ofEditor ?? last ?? all.find(isAutomatic) ?? all[0];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** Shows a runtime that is being checked, otherwise the active one. Hidden if there are no runtimes. */
function showStatusBar(services: Services, activeRuntime: ActiveRuntime): Disposable {
  const { checks, t } = services;
  const item = window.createStatusBarItem(statusItem, StatusBarAlignment.Left, PRIORITY);
  item.name = 'Polkadot PVF';
  const update = () => {
    const runtime = runningOne(services, activeRuntime.current) ?? activeRuntime.current;
    if (runtime === undefined) return item.hide();
    const state = checks.stateOf(runtime.id);
    const status = statusText(runtime, state, Date.now(), t);
    const { background, accessibleLabel } = status;
    item.text = statusLine(status);
    item.backgroundColor = background === 'none' ? undefined : new ThemeColor(`statusBarItem.${background}Background`);
    item.accessibilityInformation = { label: accessibleLabel };
    item.tooltip = trustedMarkdown(tooltipMarkdown(runtime, state, Date.now(), t));
    const id = state.report === undefined ? 'pvf.prepare' : 'pvf.showReport';
    item.command = { command: id, title: '', arguments: [{ runtimeId: runtime.id }] };
    item.show();
  };
  return Disposable.from(item, onAnyChange(services, update), activeRuntime.onDidChange(update));
}

/** A running check is always visible, whatever file is in the editor. Prefers the active runtime. */
function runningOne({ runtimes, checks }: Services, active: Runtime | undefined): Runtime | undefined {
  const isRunning = ({ id }: Runtime) => checks.stateOf(id).activity.kind === 'running';
  return active !== undefined && isRunning(active) ? active : runtimes.all.find(isRunning);
}

export function trustedMarkdown(text: string): MarkdownString {
  const markdown = new MarkdownString(text, true);
  markdown.isTrusted = { enabledCommands: [...tooltipCommands] };
  return markdown;
}

const languageSeverities = {
  none: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
  error: LanguageStatusSeverity.Error,
} as const;

function showLanguageStatus(services: Services, activeRuntime: ActiveRuntime): Disposable {
  const { runtimes, checks, t } = services;
  const item = languages.createLanguageStatusItem(languageStatusItem, []);
  item.name = 'Polkadot PVF';
  let crates = '';
  const update = () => {
    const folders = runtimes.all.flatMap(({ manifestPath }) =>
      manifestPath === undefined ? [] : [path.dirname(manifestPath)],
    );
    if (folders.join('\n') !== crates) {
      crates = folders.join('\n');
      item.selector = folders.map((folder) => ({
        scheme: 'file',
        pattern: new RelativePattern(folder, '**/*.{rs,toml}'),
      }));
    }
    const runtime = activeRuntime.current;
    if (runtime === undefined) return;
    const state = checks.stateOf(runtime.id);
    const { activity, report, problem } = state;
    const status = statusText(runtime, state, Date.now(), t);
    // VS Code adds a spinner to a busy item.
    item.busy = activity.kind === 'running';
    item.text = item.busy ? plainStatus(status) : statusLine(status);
    const detail =
      activity.kind === 'running'
        ? progressText(activity, Date.now(), t)
        : (problem?.message ?? (report && gradeText(report, t)) ?? t('not checked yet'));
    item.detail = `${titleOf(runtime, state)}: ${detail}`;
    item.severity = languageSeverities[status.background];
    item.accessibilityInformation = { label: status.accessibleLabel };
    const [command, title]: [CommandId, string] = item.busy
      ? ['pvf.cancel', t('Cancel')]
      : ['pvf.prepare', t('Prepare PVF')];
    item.command = { command, title, arguments: [{ runtimeId: runtime.id }] };
  };
  return Disposable.from(item, onAnyChange(services, update), activeRuntime.onDidChange(update));
}
