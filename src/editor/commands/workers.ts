import { ConfigurationTarget, commands, type QuickPickItem, QuickPickItemKind, tasks, window, workspace } from 'vscode';
import type { WorkerSource, WorkersList } from '../../model/workers.ts';
import type { Services } from '../services.ts';
import { buildWorkerTask } from '../tasks/tasks.ts';
import type { Command } from './command.ts';

type Choice =
  | { readonly kind: 'worker'; readonly value: string }
  | { readonly kind: 'browse' }
  | { readonly kind: 'build' }
  | { readonly kind: 'diagnose' };

interface Item extends QuickPickItem {
  readonly choice?: Choice;
}

/** Lets the user choose the prepare worker, and writes `pvf.worker`. */
export const selectWorker: Command = (services) => async () => {
  const { t, checks } = services;
  const current = workspace.getConfiguration('pvf').get<string>('worker', 'auto');
  const items = checks.workerSummary().then((found) => itemsOf(found, current, t));
  const picked = await window.showQuickPick<Item>(items, {
    title: t('Select the Prepare Worker'),
    placeHolder: t('Which worker prepares the runtimes?'),
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
    case 'diagnose':
      return commands.executeCommand('pvf.diagnose');
  }
};

/** Builds Polkadot's own worker, or the native helper of the built-in one, in a terminal that the user sees. */
export const buildWorker: Command = (services) => async () => {
  const { t } = services;
  const official = t('Official Worker');
  const helper = t('Native Helper');
  // Polkadot's worker needs Unix sockets and fork.
  const isWindows = process.platform === 'win32';
  const lines = [
    isWindows
      ? t("Polkadot's own prepare worker does not run on Windows; it can be built and used in WSL.")
      : t(
          "Official worker: Polkadot's own, from its published crates, with cargo (1.89 or newer) and a C compiler. It takes 2.5 GB of disk and, on two cores, 8 to 25 minutes, once.",
        ),
    t(
      'Native helper: a smaller build that makes the built-in worker faster, with measured figures instead of estimates.',
    ),
    t('Nothing is installed outside the cache folder of this extension.'),
  ];
  const answer = await window.showInformationMessage(
    t('Build a prepare worker?'),
    { modal: true, detail: lines.join('\n\n') },
    ...(isWindows ? [helper] : [official, helper]),
  );
  if (answer === official) await tasks.executeTask(buildWorkerTask(services, 'worker'));
  if (answer === helper) await tasks.executeTask(buildWorkerTask(services, 'engine'));
};

function itemsOf({ candidates, places }: WorkersList, current: string, t: Services['t']): Item[] {
  const official = candidates.filter(({ source }) => source !== 'built-in');
  const noteOf = (path: string) => places.find((place) => place.path === path)?.note ?? '';
  const first = candidates[0];
  const automatic = first === undefined ? t('none was found') : t('now: {0}', sourceText(first.source, t));
  const mark = (value: string) => (current === value ? '$(check) ' : '');
  return [
    worker(
      `${mark('auto')}${t('Automatic')}`,
      'auto',
      automatic,
      t('The first that is found; the built-in one where there is no other.'),
    ),
    worker(
      `${mark('portable')}${t('Built-in')}`,
      'portable',
      '',
      t('Needs nothing installed. Same verdict and same artifact; CPU time and memory are estimates.'),
    ),
    ...official.map(({ path, source }) => worker(`${mark(path)}${path}`, path, sourceText(source, t), noteOf(path))),
    { label: '', kind: QuickPickItemKind.Separator },
    {
      label: t('$(folder-opened) Browse…'),
      detail: t('A polkadot-prepare-worker on this machine.'),
      choice: { kind: 'browse' },
    },
    {
      label: t('$(tools) Build a Worker…'),
      detail: t('The official one or the native helper of the built-in one, with cargo, in a terminal.'),
      choice: { kind: 'build' },
    },
    {
      label: t('$(info) Diagnose…'),
      detail: t('Every place that was looked at, and what each worker can do here.'),
      choice: { kind: 'diagnose' },
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

/** Writes the workspace's setting if there is one, because that wins. Otherwise, or without trust, the user's. */
async function setWorker(value: string): Promise<void> {
  const configuration = workspace.getConfiguration('pvf');
  const isInWorkspace = workspace.isTrusted && configuration.inspect('worker')?.workspaceValue !== undefined;
  await configuration.update(
    'worker',
    value,
    isInWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global,
  );
}
