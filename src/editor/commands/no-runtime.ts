import { commands, Uri, window, workspace } from 'vscode';
import { errorMessage } from '../../base/errors.ts';
import { walkthrough } from '../contributions.ts';
import type { Runtime } from '../model.ts';
import type { Services } from '../services.ts';

/** Says how to get a runtime blob, and offers to take a file. */
export async function explainNone(services: Services): Promise<Runtime | undefined> {
  const { t } = services;
  const isEmpty = (workspace.workspaceFolders ?? []).length === 0;
  const message = isEmpty
    ? t('No folder is open, so there is no runtime to prepare. Open the folder of your runtime, or pick a file.')
    : t(
        'No runtime blob was found under target/ in this workspace. Build the runtime (cargo build --release -p <runtime crate>), or pick a file.',
      );
  return offer(services, message, isEmpty ? t('Open Folder…') : t('How to Build'));
}

export async function explainNoRuntimeOf(services: Services, manifest: string): Promise<Runtime | undefined> {
  const { t } = services;
  const message = t(
    'The crate of {0} has no runtime blob yet. Build it (cargo build --release), or pick a file.',
    workspace.asRelativePath(manifest),
  );
  return offer(services, message, t('How to Build'));
}

async function offer(services: Services, message: string, second: string): Promise<Runtime | undefined> {
  const { t } = services;
  const pick = t('Pick a File…');
  const answer = await window.showInformationMessage(message, pick, second);
  if (answer === pick) return askForFile(services);
  if (answer === t('Open Folder…')) await commands.executeCommand('vscode.openFolder');
  if (answer === t('How to Build')) {
    await commands.executeCommand('workbench.action.openWalkthrough', { category: walkthrough, step: 'runtime' });
  }
  return undefined;
}

export async function askForFile(services: Services): Promise<Runtime | undefined> {
  const { t } = services;
  const folder = await folderToStartIn();
  const picked = await window.showOpenDialog({
    title: t('Pick a runtime: wasm, compressed wasm, 0x-hex text or a chain spec'),
    openLabel: t('Pick'),
    canSelectMany: false,
    filters: { [t('Runtime blobs')]: ['wasm', 'hex', 'txt', 'json'], [t('All files')]: ['*'] },
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
  const file = picked?.[0];
  return file && pickFile(services, file.fsPath);
}

/** The target folder where there is one: a dialog on a folder that is not there would begin with an error. */
async function folderToStartIn(): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined) return undefined;
  const target = Uri.joinPath(folder, 'target');
  return workspace.fs.stat(target).then(
    () => target,
    () => folder,
  );
}

export async function pickFile({ runtimes, t, channel }: Services, file: string): Promise<Runtime | undefined> {
  try {
    return await runtimes.pick(file);
  } catch (error) {
    channel.warn(`${file}: ${errorMessage(error)}`);
    await window.showErrorMessage(
      t("{0} can't be taken as a runtime: {1}", workspace.asRelativePath(file), errorMessage(error)),
    );
    return undefined;
  }
}
