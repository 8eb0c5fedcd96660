import { ConfigurationTarget, commands, type QuickPickItem, QuickPickItemKind, window, workspace } from 'vscode';
import type { PlaceSource } from '../../worker/locate/place.ts';
import type { Services, WorkerList } from '../services.ts';
import type { Command } from './command.ts';

type Choice =
  | { readonly kind: 'worker'; readonly value: string }
  | { readonly kind: 'browse' }
  | { readonly kind: 'build' }
  | { readonly kind: 'diagnose' };

interface Item extends QuickPickItem {
  readonly choice?: Choice;
}

/** Which prepare worker speaks: writes `pvf.worker`. */
export const selectWorker: Command = (services) => async () => {
  const { t, checks } = services;
  const present = workspace.getConfiguration('pvf').get<string>('worker', 'auto');
  const items = checks.workerSummary().then((found) => itemsOf(found, present, t));
  const picked = await window.showQuickPick<Item>(items, {
    title: t('Select the Prepare Worker'),
    placeHolder: t('Which worker prepares the runtimes?'),
    matchOnDetail: true,
  });
  switch (picked?.choice?.kind) {
    case undefined:
      return undefined;
    case 'worker':
      return take(picked.choice.value);
    case 'browse':
      return browse(services);
    case 'build':
      return commands.executeCommand('pvf.buildWorker');
    case 'diagnose':
      return commands.executeCommand('pvf.diagnose');
  }
};

function itemsOf({ candidates, places }: WorkerList, present: string, t: Services['t']): Item[] {
  const official = candidates.filter(({ source }) => source !== 'built-in');
  const noteOf = (path: string) => places.find((place) => place.path === path)?.note ?? '';
  const first = candidates[0];
  const automatic = first === undefined ? t('none was found') : t('now: {0}', sourceText(first.source, t));
  const mark = (value: string) => (present === value ? '$(check) ' : '');
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

function sourceText(source: PlaceSource, t: Services['t']): string {
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
  if (file !== undefined) await take(file.fsPath);
}

/** Where the setting stands already, so that it takes effect; else for the person. A workspace that is not trusted has no say. */
async function take(value: string): Promise<void> {
  const configuration = workspace.getConfiguration('pvf');
  const isOfWorkspace = workspace.isTrusted && configuration.inspect('worker')?.workspaceValue !== undefined;
  await configuration.update(
    'worker',
    value,
    isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global,
  );
}
