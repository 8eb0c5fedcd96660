import { commands, ProgressLocation, Uri, window, workspace } from 'vscode';
import { errorMessage } from '../../base/errors.ts';
import { InputError } from '../../runtime/input-error.ts';
import { runtimesView, walkthrough } from '../contributions.ts';
import { searchedLines } from '../discovery/searched.ts';
import type { Runtime, UnbuiltCrate } from '../model.ts';
import type { Services } from '../services.ts';
import { type AskForCode, chooseCode } from './choose-code.ts';
import type { Command } from './command.ts';

const STATUS_MS = 6000;
const MAX_NAMES = 5;

/** Searches again. If nothing is found, says what was searched. */
export const refresh: Command = (services) => async () => {
  await window.withProgress({ location: { viewId: runtimesView } }, () => services.runtimes.refresh());
  services.checks.refreshHistories();
  const { runtimes, t, channel } = services;
  const { searched } = runtimes;
  if (runtimes.all.length > 0 || searched === undefined || searched.folders.length === 0) return;
  channel.info(searchedLines(searched, runtimes.unbuilt).join('\n'));
  window.setStatusBarMessage(t('No runtime blob was found. The log shows what was searched.'), STATUS_MS);
};

/** Adds any file as a runtime, and prepares it. */
export const pickFileCommand: Command = (services) => async () => {
  const runtime = await chooseFile(services);
  if (runtime !== undefined) await commands.executeCommand('pvf.prepare', { runtimeId: runtime.id });
};

/** All runtimes. Waits for the search if none is known yet. */
export async function searched({ runtimes, t }: Services): Promise<readonly Runtime[]> {
  if (runtimes.all.length === 0) {
    const options = { location: ProgressLocation.Window, title: t('Searching for runtimes') };
    await window.withProgress(options, () => runtimes.refresh());
  }
  return runtimes.all;
}

/** Explains how to get a runtime blob, and offers to build it or to pick a file. */
export async function explainNone(services: Services): Promise<Runtime | undefined> {
  const { t } = services;
  const isEmpty = (workspace.workspaceFolders ?? []).length === 0;
  const message = isEmpty
    ? t('No folder is open. Open the folder of your runtime, or pick a file.')
    : noneText(services);
  const more = isEmpty ? [t('Open Folder…')] : [t('How to Build'), t('What Was Searched')];
  const [crate, second] = services.runtimes.unbuilt;
  return offer(services, message, second === undefined ? crate : 'choose', ...more);
}

function noneText({ runtimes, t }: Services): string {
  const names = runtimes.unbuilt.map(({ crateName }) => crateName);
  const crate = names.length === 1 ? names.join() : t('<runtime crate>');
  const folders = runtimes.searched?.targets.length ?? 0;
  if (names.length > 1) {
    const shown = names.length > MAX_NAMES ? [...names.slice(0, MAX_NAMES), '…'] : names;
    return t(
      'These runtimes are not built: {0}. Build one, pick a file, or add the folder of your build to pvf.targetDirectories.',
      shown.join(', '),
    );
  }
  return t(
    'No runtime blob was found in {0} target folders. Build the runtime (cargo build --release -p {1}), pick a file, or add the folder of your build to pvf.targetDirectories.',
    folders,
    crate,
  );
}

export async function explainNotBuilt(services: Services, manifest: string): Promise<Runtime | undefined> {
  const { t, runtimes } = services;
  const crate = runtimes.unbuilt.find(({ manifestPath }) => manifestPath === manifest);
  const message =
    crate === undefined
      ? t(
          'The crate of {0} has no runtime blob yet. Build it (cargo build --release), or pick a file.',
          workspace.asRelativePath(manifest),
        )
      : t('{0} has no runtime blob yet. Build it (cargo build --release -p {0}), or pick a file.', crate.crateName);
  return offer(services, message, crate, t('How to Build'));
}

/** @param build the crate to build; `choose`: the user chooses one; undefined: none is known */
async function offer(
  services: Services,
  message: string,
  build: UnbuiltCrate | 'choose' | undefined,
  ...others: string[]
): Promise<Runtime | undefined> {
  const { t } = services;
  const pick = t('Pick a File…');
  const buildIt = build === 'choose' || build === undefined ? t('Build…') : t('Build {0}', build.crateName);
  const answer = await window.showInformationMessage(
    message,
    ...(build === undefined ? [] : [buildIt]),
    pick,
    ...others,
  );
  if (answer === pick) return chooseFile(services);
  if (answer === buildIt) await commands.executeCommand('pvf.build', build === 'choose' ? undefined : build);
  if (answer === t('Open Folder…')) await commands.executeCommand('vscode.openFolder');
  if (answer === t('What Was Searched')) services.channel.show(true);
  if (answer === t('How to Build')) {
    await commands.executeCommand('workbench.action.openWalkthrough', { category: walkthrough, step: 'runtime' });
  }
  return undefined;
}

async function chooseFile(services: Services): Promise<Runtime | undefined> {
  const { t } = services;
  const folder = await startFolder();
  const picked = await window.showOpenDialog({
    title: t('Pick a runtime: wasm, compressed wasm, 0x-hex text or a chain spec'),
    openLabel: t('Pick'),
    canSelectMany: false,
    filters: { [t('Runtime blobs')]: ['wasm', 'hex', 'txt', 'json'], [t('All files')]: ['*'] },
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
  const file = picked?.[0];
  return file && pickFile(services, file.fsPath, 'always');
}

/** The target folder, if it exists. A dialog for an absent folder would open with an error. */
async function startFolder(): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined) return undefined;
  const target = Uri.joinPath(folder, 'target');
  return workspace.fs.stat(target).then(
    () => target,
    () => folder,
  );
}

/** Adds a file as a runtime. @param ask when to ask for the code of a chain spec with several */
export async function pickFile(services: Services, file: string, ask: AskForCode): Promise<Runtime | undefined> {
  const { runtimes, t, channel } = services;
  try {
    const choice = await chooseCode(services, file, ask);
    return choice && (await runtimes.pick(file, choice.block));
  } catch (error) {
    const cause = error instanceof InputError ? `${error.message} ${error.remedy}` : errorMessage(error);
    channel.warn(`${file}: ${cause}`);
    await window.showErrorMessage(t("{0} can't be used as a runtime: {1}", workspace.asRelativePath(file), cause));
    return undefined;
  }
}
