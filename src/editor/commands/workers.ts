import { ConfigurationTarget, commands, type QuickPickItem, QuickPickItemKind, tasks, window, workspace } from 'vscode';
import type { WorkerSource, WorkersList } from '../../model/workers.ts';
import type { Services } from '../services.ts';
import { buildWorkerTask } from '../tasks/tasks.ts';
import type { Command } from './command.ts';

type Choice =
  | { readonly kind: 'worker'; readonly value: string }
  | { readonly kind: 'browse' }
  | { readonly kind: 'build' }
  | { readonly kind: 'trust' }
  | { readonly kind: 'diagnose' };

const STATUS_MS = 6000;

interface Item extends QuickPickItem {
  readonly choice?: Choice;
}

/** Lets the user choose the prepare worker, and writes `pvf.worker`. */
export const selectWorker: Command = (services) => async () => {
  const { t, checks } = services;
  const current = workspace.getConfiguration('pvf').get<string>('worker', 'auto');
  const items = checks.queries.workerSummary().then((found) => itemsOf(found, current, t));
  const picked = await window.showQuickPick<Item>(items, {
    title: t('Select the Prepare Worker'),
    placeHolder: t('Choose the worker that prepares the runtimes'),
    matchOnDetail: true,
  });
  switch (picked?.choice?.kind) {
    case undefined:
      return undefined;
    case 'worker':
      return setWorker(picked.choice.value);
    case 'browse':
      return browse(services);
    case 'build':
      return commands.executeCommand('pvf.buildWorker');
    case 'trust':
      return commands.executeCommand('workbench.trust.manage');
    case 'diagnose':
      return commands.executeCommand('pvf.diagnose');
  }
};

/** For a worker that hangs, or whose file was replaced. */
export const restartWorker: Command =
  ({ checks, channel, t }) =>
  async () => {
    await checks.restartWorker();
    channel.info('The prepare worker was stopped. The next check starts another one.');
    window.setStatusBarMessage(t('The prepare worker was stopped. The next check starts another one.'), STATUS_MS);
  };

/** Builds the official worker, or the native helper of the built-in worker, in a visible terminal. */
export const buildWorker: Command = (services) => async () => {
  const { t } = services;
  const official = t('Official Worker');
  const helper = t('Native Helper');
  // Polkadot's worker needs Unix sockets and fork.
  const isWindows = process.platform === 'win32';
  const lines = [
    t(
      'Native helper: makes the built-in worker faster, and gives measured figures instead of estimates. Takes about 5 minutes.',
    ),
    isWindows
      ? t('The official worker does not run on Windows. You can build and use it in WSL.')
      : t(
          "Official worker: Polkadot's own prepare worker, built from its published crates. Needs cargo 1.89 or newer, a C compiler and 2.5 GB of disk space. Takes 8 to 25 minutes on two cores.",
        ),
    t('Everything is installed in the cache folder of this extension.'),
  ];
  const answer = await window.showInformationMessage(
    t('Build a prepare worker?'),
    { modal: true, detail: lines.join('\n\n') },
    // The first button is the default: the smaller build is enough for most.
    ...(isWindows ? [helper] : [helper, official]),
  );
  if (answer === official) await tasks.executeTask(buildWorkerTask(services, 'worker'));
  if (answer === helper) await tasks.executeTask(buildWorkerTask(services, 'engine'));
};

function itemsOf({ candidates, places }: WorkersList, current: string, t: Services['t']): Item[] {
  const official = candidates.filter(({ source }) => source !== 'built-in');
  const noteOf = (path: string) => places.find((place) => place.path === path)?.note ?? '';
  const first = candidates[0];
  const automatic = first === undefined ? t('none found') : t('now: {0}', sourceText(first.source, t));
  const mark = (value: string) => (current === value ? '$(check) ' : '');
  return [
    worker(
      `${mark('auto')}${t('Automatic')}`,
      'auto',
      automatic,
      t('The first worker found, otherwise the built-in worker.'),
    ),
    worker(
      `${mark('portable')}${t('Built-in')}`,
      'portable',
      '',
      t('Needs no installation. Same vote and artifact. CPU time and memory are estimates.'),
    ),
    ...official.map(({ path, source }) => worker(`${mark(path)}${path}`, path, sourceText(source, t), noteOf(path))),
    ...untrusted(t),
    { label: '', kind: QuickPickItemKind.Separator },
    {
      label: t('$(folder-opened) Browse…'),
      detail: t('Pick a polkadot-prepare-worker on this machine.'),
      choice: { kind: 'browse' },
    },
    {
      label: t('$(tools) Build a Worker…'),
      detail: t('Build the official worker or the native helper with cargo, in a terminal.'),
      choice: { kind: 'build' },
    },
    {
      label: t('$(info) Show Diagnostics…'),
      detail: t('The places searched, and the abilities of each worker on this machine.'),
      choice: { kind: 'diagnose' },
    },
  ];
}

/** Says why workers are missing from the list. */
function untrusted(t: Services['t']): Item[] {
  if (workspace.isTrusted || (workspace.workspaceFolders ?? []).length === 0) return [];
  return [
    {
      label: t('$(workspace-untrusted) Workers of This Workspace Are Left Out'),
      detail: t(
        'This workspace is not trusted: workers in its target folders and the path in its settings are not used. Manage workspace trust…',
      ),
      choice: { kind: 'trust' },
    },
  ];
}

function worker(label: string, value: string, description: string, detail: string): Item {
  return { label, description, detail, choice: { kind: 'worker', value } };
}

function sourceText(source: WorkerSource, t: Services['t']): string {
  switch (source) {
    case 'setting':
      return t('from the setting');
    case 'workspace':
      return t("from the workspace's target folder");
    case 'beside-polkadot':
      return t('beside polkadot');
    case 'path':
      return t('from PATH');
    case 'system':
      return t('installed by a package');
    case 'store':
      return t('built by this extension');
    case 'built-in':
      return t('the built-in worker');
  }
}

async function browse({ t }: Services): Promise<void> {
  const title = t('Pick a polkadot-prepare-worker');
  const picked = await window.showOpenDialog({ title, openLabel: t('Use This Worker'), canSelectMany: false });
  const file = picked?.[0];
  if (file !== undefined) await setWorker(file.fsPath);
}

/** Writes the workspace's setting if there is one, because it takes precedence. Otherwise, or without trust, the user's. */
async function setWorker(value: string): Promise<void> {
  const configuration = workspace.getConfiguration('pvf');
  const isInWorkspace = workspace.isTrusted && configuration.inspect('worker')?.workspaceValue !== undefined;
  const target = isInWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await configuration.update('worker', value, target);
}
