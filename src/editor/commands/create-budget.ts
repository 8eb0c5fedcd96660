/** "Create Budget from This Result": writes limits above the figures of the last report into `pvf.json`. */
import { basename, join, relative } from 'node:path';
import { Uri, window } from 'vscode';
import { configFileName } from '../../check/config/config-request.ts';
import { builtInProfiles, defaultProfileName } from '../../limits/profile.ts';
import type { Runtime } from '../model.ts';
import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { configDocument, writeConfig } from './config-document.ts';
import { runChecks } from './run-check.ts';

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
  const document = await configDocument(runtime);
  const file = document?.uri.fsPath ?? join(folder, configFileName);
  const text = await checks.queries.createBudget({
    report,
    file,
    ...(document && { text: document.getText() }),
    runtime: runtime.crateName ?? runtimePath(runtime, folder),
    profile: profileIn(report.limits.profile),
  });
  await writeConfig(Uri.file(file), document, text);
};

function runtimePath({ blob }: Runtime, folder: string): string {
  const path = relative(folder, blob.path).replaceAll('\\', '/');
  return path.includes('/') ? path : `./${basename(path)}`;
}

/** Only the name of a built-in profile means the same on every machine. */
function profileIn(name: string): string {
  return builtInProfiles.some((profile) => profile.name === name) ? name : defaultProfileName;
}
