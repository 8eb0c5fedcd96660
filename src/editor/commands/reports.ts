import { commands, extensions, type Uri, window, workspace } from 'vscode';
import type { Runtime } from '../model.ts';
import { runtimeEntries } from '../services.ts';
import { reportUri } from '../views/documents.ts';
import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { runChecks } from './run-check.ts';

const STATUS_MS = 4000;

export const showReport: Command = (services) => async (target) => {
  const { t, checks } = services;
  const runtime = await chooseRuntime(services, target, t('Show Report'));
  if (runtime === undefined) return;
  if (checks.stateOf(runtime.id).report === undefined) {
    const prepare = t('Prepare PVF');
    const answer = await window.showInformationMessage(t('There is no report of {0} yet.', runtime.name), prepare);
    if (answer !== prepare) return;
    const [end] = await runChecks(services, 'prepare', [runtime]);
    if (end?.state.report === undefined) return;
  }
  await openReport(runtime);
};

export const clearHistory: Command = (services) => async () => {
  const { checks, t } = services;
  const count = runtimeEntries(services).filter(({ state }) => state.report !== undefined).length;
  checks.clearHistory();
  window.setStatusBarMessage(
    count === 0
      ? t('There were no PVF reports to forget.')
      : t('The PVF reports of {0} runtimes were forgotten.', count),
    STATUS_MS,
  );
};

export async function openReport(runtime: Runtime): Promise<void> {
  await openPreview(reportUri(runtime.id, runtime.name));
}

/**
 * Opens a preview if VS Code's Markdown extension is there, else the text. Uses an editor of its own, because the
 * extension's command would use the one preview that follows whatever Markdown is opened next.
 */
export async function openPreview(uri: Uri): Promise<void> {
  if (extensions.getExtension('vscode.markdown-language-features') === undefined) await openText(uri);
  else await commands.executeCommand('vscode.openWith', uri, 'vscode.markdown.preview.editor');
}

export async function openText(uri: Uri): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
}
