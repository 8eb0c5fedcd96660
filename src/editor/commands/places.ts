/** Commands that lead from a runtime to its files. */
import { commands, Uri, window, workspace } from 'vscode';
import { blobEditor } from '../contributions.ts';
import type { Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { activeInput, chooseRuntime, targetOf } from './choose-runtime.ts';
import type { Command } from './command.ts';

/** Shows the blob in VS Code's explorer, or in the system's if it is outside the workspace. */
export const revealBlob: Command = (services) => async (argument) => {
  const runtime = await chooseRuntime(services, argument, services.t('Reveal the Runtime Blob'));
  if (runtime === undefined) return;
  const uri = Uri.file(runtime.blob.path);
  const isInWorkspace = workspace.getWorkspaceFolder(uri) !== undefined;
  await commands.executeCommand(isInWorkspace ? 'revealInExplorer' : 'revealFileInOS', uri);
};

/** Opens a file in the read-only editor of runtimes, which VS Code never chooses by itself. */
export const openAs: Command = (services) => async (argument) => {
  const target = targetOf(argument);
  const active = target.kind === 'none' ? await activeInput() : undefined;
  const file = target.kind === 'file' ? target.path : (active ?? (await blobPathOf(services, argument)));
  if (file !== undefined) await commands.executeCommand('vscode.openWith', Uri.file(file), blobEditor);
};

async function blobPathOf(services: Services, argument: unknown): Promise<string | undefined> {
  const runtime = await chooseRuntime(services, argument, services.t('Open as PVF'));
  return runtime?.blob.path;
}

/** Opens the `Cargo.toml` of a runtime's crate. */
export const openManifest: Command = (services) => async (argument) => {
  const manifest = await manifestOf(services, argument);
  if (manifest !== undefined) await window.showTextDocument(Uri.file(manifest));
};

async function manifestOf(services: Services, argument: unknown): Promise<string | undefined> {
  const target = targetOf(argument);
  if (target.kind === 'file') return target.path;
  const { t } = services;
  const runtime = await chooseRuntime(services, argument, t('Open Cargo.toml'));
  if (runtime !== undefined && runtime.manifestPath === undefined) showUnknown(services, runtime);
  return runtime?.manifestPath;
}

function showUnknown({ t }: Services, { name }: Runtime): void {
  void window.showInformationMessage(t('The crate of {0} is not known.', name));
}
