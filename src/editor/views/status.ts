/** The status bar item, and the language status of a runtime's Rust and TOML files. */
import path from 'node:path';
import {
  type Command,
  Disposable,
  EventEmitter,
  LanguageStatusSeverity,
  languages,
  MarkdownString,
  RelativePattern,
  StatusBarAlignment,
  TabInputCustom,
  TabInputText,
  ThemeColor,
  type Uri,
  window,
} from 'vscode';
import { type CommandId, languageStatusItem, runtimesView, statusItem } from '../contributions.ts';
import type { RuntimeEntry } from '../model.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { pvfDocumentOf } from './documents.ts';
import { gradeText, titleOf } from './labels.ts';
import { everyMinute, onAnyChange } from './on-change.ts';
import {
  type ActiveDocument,
  relatedEntries,
  type StatusSubject,
  statusOfAll,
  statusSubject,
} from './status-subject.ts';
import { plainStatus, progressText, type StatusText, statusLine, statusText } from './status-text.ts';
import { allTooltipMarkdown, tooltipCommands, tooltipMarkdown } from './tooltip.ts';

/** On the left side, with the other items of the workspace. */
const PRIORITY = 10;

export function showStatus(services: Services): Disposable {
  const activeDocument = new ActiveEditor();
  return Disposable.from(
    activeDocument,
    showStatusBar(services, activeDocument),
    showLanguageStatus(services, activeDocument),
  );
}

/** The document in the active editor. A preview or a binary file has no text editor, so this follows the tabs. */
class ActiveEditor implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions = Disposable.from(
    this.#changed,
    window.onDidChangeActiveTextEditor(() => this.#changed.fire()),
    window.tabGroups.onDidChangeTabs(() => this.#changed.fire()),
    window.tabGroups.onDidChangeTabGroups(() => this.#changed.fire()),
  );

  get document(): ActiveDocument {
    const input: unknown = window.tabGroups.activeTabGroup.activeTab?.input;
    if (input instanceof TabInputText || input instanceof TabInputCustom) return activeDocumentOf(input.uri);
    const editor = input === undefined ? window.activeTextEditor : undefined;
    return editor === undefined ? { kind: 'other' } : activeDocumentOf(editor.document.uri);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function activeDocumentOf(uri: Uri): ActiveDocument {
  return uri.scheme === 'file' ? { kind: 'file', path: uri.fsPath } : (pvfDocumentOf(uri) ?? { kind: 'other' });
}

/** Shows a runtime that is being checked, otherwise that of the active editor, otherwise the worst state of all. */
function showStatusBar(services: Services, active: ActiveEditor): Disposable {
  const { t } = services;
  const item = window.createStatusBarItem(statusItem, StatusBarAlignment.Left, PRIORITY);
  item.name = 'Polkadot PVF';
  const update = () => {
    const subject = statusSubject(runtimeEntries(services), active.document);
    if (subject === undefined) return item.hide();
    const now = Date.now();
    const { status, name, tooltip, command } =
      subject.kind === 'one' ? itemOfOne(subject, now, t) : itemOfAll(subject.entries, now, t);
    const { background, accessibleLabel } = status;
    item.text = statusLine(status, name);
    item.backgroundColor = background === 'none' ? undefined : new ThemeColor(`statusBarItem.${background}Background`);
    item.accessibilityInformation = { label: accessibleLabel };
    item.tooltip = trustedMarkdown(tooltip);
    item.command = command;
    item.show();
  };
  return Disposable.from(item, onAnyChange(services, update), active.onDidChange(update), everyMinute(update));
}

interface StatusItem {
  readonly status: StatusText;
  readonly name: string;
  readonly tooltip: string;
  readonly command: Command;
}

function itemOfOne(
  { entry: { runtime, state }, name }: Extract<StatusSubject, { kind: 'one' }>,
  nowMs: number,
  t: Services['t'],
): StatusItem {
  // A runtime that was only inspected has no vote yet.
  const id: CommandId = state.report?.outcome === undefined ? 'pvf.prepare' : 'pvf.showReport';
  return {
    status: statusText(runtime, state, nowMs, t),
    name,
    tooltip: tooltipMarkdown(runtime, state, nowMs, t),
    command: { command: id, title: '', arguments: [{ runtimeId: runtime.id }] },
  };
}

function itemOfAll(entries: readonly RuntimeEntry[], nowMs: number, t: Services['t']): StatusItem {
  return {
    status: statusOfAll(entries, t),
    name: '',
    tooltip: allTooltipMarkdown(entries, nowMs, t),
    // VS Code has this command for every view.
    command: { command: `${runtimesView}.focus`, title: '' },
  };
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

function showLanguageStatus(services: Services, active: ActiveEditor): Disposable {
  const { runtimes, t } = services;
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
    const subject = statusSubject(relatedEntries(runtimeEntries(services), active.document), active.document);
    if (subject?.kind !== 'one') return;
    const { runtime, state } = subject.entry;
    const { activity, report, problem } = state;
    const status = statusText(runtime, state, Date.now(), t);
    // VS Code adds a spinner to a busy item.
    item.busy = activity.kind === 'running';
    item.text = item.busy ? plainStatus(status) : statusLine(status);
    const detail =
      activity.kind === 'running'
        ? progressText(activity, Date.now(), t)
        : activity.kind === 'queued'
          ? t('queued')
          : (problem?.message ?? (report && gradeText(report, t)) ?? t('not checked yet'));
    item.detail = `${titleOf(runtime, state)}: ${detail}`;
    item.severity = languageSeverities[status.background];
    item.accessibilityInformation = { label: status.accessibleLabel };
    const [command, title]: [CommandId, string] = item.busy
      ? ['pvf.cancel', t('Cancel')]
      : ['pvf.prepare', t('Prepare PVF')];
    item.command = { command, title, arguments: [{ runtimeId: runtime.id }] };
  };
  return Disposable.from(item, onAnyChange(services, update), active.onDidChange(update));
}
