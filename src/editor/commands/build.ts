import { commands, type QuickPickItem, tasks, window, workspace } from 'vscode';
import { activeFile } from '../active-file.ts';
import { isInCrate } from '../model.ts';
import type { Services } from '../services.ts';
import { type Crate, cratesOf } from '../tasks/crates.ts';
import { crateTask } from '../tasks/tasks.ts';
import { targetOf } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { explainNone, searched } from './runtimes.ts';

/** Builds a runtime with cargo, in a visible terminal. The search finds the new blob by itself. */
export const build: Command = (services) => async (argument) => {
  await searched(services);
  const crates = cratesOf(services.runtimes);
  if (crates.length === 0) {
    await explainNone(services);
    return;
  }
  const crate = crateFor(services, argument, crates) ?? (await pickCrate(services, crates));
  if (crate !== undefined) await buildCrate(services, crate);
};

async function buildCrate({ t }: Services, crate: Crate): Promise<void> {
  if (workspace.isTrusted) {
    await tasks.executeTask(crateTask(crate, 'build', t));
    return;
  }
  const manage = t('Manage Workspace Trust');
  const message = t(
    '{0} is not built, because cargo runs programs of the workspace, which is not trusted.',
    crate.name,
  );
  if ((await window.showWarningMessage(message, manage)) === manage)
    await commands.executeCommand('workbench.trust.manage');
}

/** The crate of a tree item or a file, otherwise the crate of the active editor, otherwise the only one. */
function crateFor({ runtimes }: Services, argument: unknown, crates: readonly Crate[]): Crate | undefined {
  const target = targetOf(argument);
  if (target.kind === 'runtime') {
    const manifestPath = runtimes.byId(target.id)?.manifestPath;
    return crates.find((crate) => crate.manifestPath === manifestPath);
  }
  const file = target.kind === 'file' ? target.path : activeFile();
  const ofFile = file === undefined ? undefined : crateOfFile(crates, file);
  return ofFile ?? (crates.length === 1 ? crates[0] : undefined);
}

function crateOfFile(crates: readonly Crate[], file: string): Crate | undefined {
  return crates.find((crate) => crate.manifestPath === file) ?? crates.find((crate) => isInCrate(file, crate));
}

interface CrateItem extends QuickPickItem {
  readonly crate: Crate;
}

async function pickCrate({ t }: Services, crates: readonly Crate[]): Promise<Crate | undefined> {
  const items = crates.map(
    (crate): CrateItem => ({
      label: `$(${crate.isBuilt ? 'package' : 'circle-slash'}) ${crate.name}`,
      description: crate.isBuilt ? '' : t('not built'),
      detail: workspace.asRelativePath(crate.manifestPath),
      crate,
    }),
  );
  const picked = await window.showQuickPick(items, {
    title: t('Build Runtime'),
    placeHolder: t('Choose the runtime to build'),
    matchOnDetail: true,
  });
  return picked?.crate;
}
