import { Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { statusItem } from '../contributions.ts';
import type { Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import type { ActiveRuntime } from './active-runtime.ts';
import { onAnyChange } from './on-change.ts';
import { statusLine, statusText } from './status-text.ts';
import { tooltipCommands, tooltipMarkdown } from './tooltip.ts';

/** On the left side, with the other items of the workspace. */
const PRIORITY = 10;

/** Shows the runtime that is being checked, else the active one. Hidden while no runtime is known. */
export function showStatusBar(services: Services, activeRuntime: ActiveRuntime): Disposable {
  const { checks, t } = services;
  const item = window.createStatusBarItem(statusItem, StatusBarAlignment.Left, PRIORITY);
  item.name = 'Polkadot PVF';
  const update = () => {
    const runtime = runningOne(services, activeRuntime.current) ?? activeRuntime.current;
    if (runtime === undefined) return item.hide();
    const state = checks.stateOf(runtime.id);
    const status = statusText(runtime, state, Date.now(), t);
    const { background, spoken } = status;
    item.text = statusLine(status);
    item.backgroundColor = background === 'none' ? undefined : new ThemeColor(`statusBarItem.${background}Background`);
    item.accessibilityInformation = { label: spoken };
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
