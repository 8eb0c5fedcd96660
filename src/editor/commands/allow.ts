/** Allows errors, so that they no longer fail a runtime. */
import { ConfigurationTarget, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { isBlocking } from '../../model/severity.ts';
import { type RuntimeEntry, shownResult } from '../model.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { canBeAllowed, findRule, loadRules } from '../views/findings.ts';
import type { Command } from './command.ts';
import { configDocument, writeConfig } from './config-document.ts';

interface FindingItem extends QuickPickItem {
  readonly entry: RuntimeEntry;
}

/** @param argument `{ findingId, runtimeId }`. Absent: the user chooses one of the present errors. */
export const allow: Command = (services) => async (argument) => {
  const finding = findingOf(services, argument) ?? (await chooseFinding(services));
  if (finding === undefined) return;
  const rule = findRule(await loadRules(), finding.findingId);
  if (canBeAllowed(rule)) await addToRules(services, finding);
  else void window.showWarningMessage(services.t('{0} can not be allowed.', finding.findingId));
};

/** To the `pvf.json` of the team, where there is one: a setting would replace its list. */
async function addToRules(services: Services, { findingId, entry }: Chosen): Promise<void> {
  const document = entry && (await configDocument(entry.runtime));
  if (document === undefined) return addToSetting(findingId, entry);
  const file = document.uri.fsPath;
  const text = await services.checks.queries.allowFinding({ file, text: document.getText(), findingId });
  await writeConfig(document.uri, document, text);
}

interface Chosen {
  readonly findingId: string;
  readonly entry: RuntimeEntry | undefined;
}

function findingOf(services: Services, argument: unknown): Chosen | undefined {
  if (typeof argument !== 'object' || argument === null || !('findingId' in argument)) return undefined;
  if (typeof argument.findingId !== 'string') return undefined;
  const id = 'runtimeId' in argument ? argument.runtimeId : undefined;
  return { findingId: argument.findingId, entry: runtimeEntries(services).find(({ runtime }) => runtime.id === id) };
}

async function chooseFinding(services: Services): Promise<Chosen | undefined> {
  const { t } = services;
  const rules = await loadRules();
  const items = runtimeEntries(services).flatMap((entry) =>
    (shownResult(entry.state).report?.findings ?? [])
      .filter((finding) => isBlocking(finding) && canBeAllowed(findRule(rules, finding.id)))
      .map(({ id, message }): FindingItem => ({ label: id, description: entry.runtime.name, detail: message, entry })),
  );
  if (items.length === 0) {
    await window.showInformationMessage(t('No runtime has an error that can be allowed.'));
    return undefined;
  }
  const picked = await window.showQuickPick(items, { title: t('Allow a Finding'), matchOnDescription: true });
  return picked && { findingId: picked.label, entry: picked.entry };
}

/** Writes to the settings of the runtime's folder, otherwise to those of the workspace. The checks follow the setting. */
async function addToSetting(findingId: string, entry: RuntimeEntry | undefined): Promise<void> {
  const { manifestPath, blob } = entry?.runtime ?? {};
  const path = manifestPath ?? blob?.path;
  const scope = path === undefined ? undefined : Uri.file(path);
  const folder = scope && workspace.getWorkspaceFolder(scope);
  const configuration = workspace.getConfiguration('pvf', scope);
  const value = configuration.get<unknown>('allow');
  const ids = Array.isArray(value) ? value : [];
  if (ids.includes(findingId)) return;
  const isMultiRoot = (workspace.workspaceFolders ?? []).length > 1;
  const target =
    workspace.workspaceFolders === undefined
      ? ConfigurationTarget.Global
      : folder !== undefined && isMultiRoot
        ? ConfigurationTarget.WorkspaceFolder
        : ConfigurationTarget.Workspace;
  await configuration.update('allow', [...ids, findingId], target);
}
