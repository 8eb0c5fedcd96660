import { Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { statusItem } from '../contributions.ts';
import type { Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { onAnyChange } from './on-change.ts';
import type { RuntimeAtHand } from './runtime-at-hand.ts';
import { statusLine, statusText } from './status-text.ts';
import { tooltipCommands, tooltipMarkdown } from './tooltip.ts';

/** Left, as all that belongs to the workspace. */
const priority = 10;

/** Shows the runtime at hand, or one that is being checked meanwhile; hidden while none is known. */
export function showStatusBar(services: Services, atHand: RuntimeAtHand): Disposable {
  const { checks, t } = services;
  const item = window.createStatusBarItem(statusItem, StatusBarAlignment.Left, priority);
  item.name = 'Polkadot PVF';
  const update = () => {
    const runtime = runningOne(services, atHand.current) ?? atHand.current;
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
  return Disposable.from(item, onAnyChange(services, update), atHand.onDidChange(update));
}

/** What goes on is to be seen somewhere, whatever file is in the editor. */
function runningOne({ runtimes, checks }: Services, atHand: Runtime | undefined): Runtime | undefined {
  const isRunning = ({ id }: Runtime) => checks.stateOf(id).activity.kind === 'running';
  return atHand !== undefined && isRunning(atHand) ? atHand : runtimes.all.find(isRunning);
}

export function trustedMarkdown(text: string): MarkdownString {
  const markdown = new MarkdownString(text, true);
  markdown.isTrusted = { enabledCommands: [...tooltipCommands] };
  return markdown;
}
