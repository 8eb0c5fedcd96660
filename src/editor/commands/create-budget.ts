/** "Create Budget from This Result": writes limits above the figures of the last report into `pvf.json`. */
import { basename, dirname, join, relative } from 'node:path';
import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { configFileName } from '../../check/config/config-request.ts';
import { findConfigFile } from '../../check/config/find-config.ts';
import { builtInProfiles, defaultProfileName } from '../../limits/profile.ts';
import type { Runtime } from '../model.ts';
import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { runChecks } from './run-check.ts';

/** The user sees the change, and can undo it. */
export const createBudget: Command = (services) => async (target) => {
  const { t, checks } = services;
  const runtime = await chooseRuntime(services, target, t('Create Budget from This Result'));
  if (runtime === undefined) return;
  const folder = runtime.workspaceFolder;
  if (folder === undefined) {
    const text = t('{0} is in no folder of the workspace, so there is no place for pvf.json.', runtime.name);
    void window.showWarningMessage(text);
    return;
  }
  if (checks.stateOf(runtime.id).report?.outcome === undefined) await runChecks(services, 'prepare', [runtime]);
  const { report } = checks.stateOf(runtime.id);
  if (report === undefined) return;
  const from = runtime.manifestPath === undefined ? folder : dirname(runtime.manifestPath);
  const found = await findConfigFile({ from, top: folder });
  const file = found ?? join(folder, configFileName);
  const document = found === undefined ? undefined : await workspace.openTextDocument(Uri.file(found));
  const text = await checks.createBudget({
    report,
    file,
    ...(document && { text: document.getText() }),
    runtime: runtime.crateName ?? runtimePath(runtime, folder),
    profile: profileIn(report.limits.profile),
  });
  await write(Uri.file(file), document, text);
};

function runtimePath({ blob }: Runtime, folder: string): string {
  const path = relative(folder, blob.path).replaceAll('\\', '/');
  return path.includes('/') ? path : `./${basename(path)}`;
}

/** Only the name of a built-in profile means the same on every machine. */
function profileIn(name: string): string {
  return builtInProfiles.some((profile) => profile.name === name) ? name : defaultProfileName;
}

async function write(uri: Uri, document: TextDocument | undefined, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  if (document === undefined) edit.createFile(uri, { contents: Buffer.from(text) });
  else edit.replace(uri, new Range(0, 0, document.lineCount, 0), text);
  if (!(await workspace.applyEdit(edit))) throw new Error(`${uri.fsPath} can't be written.`);
  const shown = await workspace.openTextDocument(uri);
  await shown.save();
  await window.showTextDocument(shown, { preview: false });
}
