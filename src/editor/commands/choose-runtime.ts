import path from 'node:path';
import { Disposable, type QuickPickItem, window, workspace } from 'vscode';
import { formatBytes } from '../../base/units.ts';
import { gradeOf } from '../../model/grade.ts';
import { activeFile } from '../active-file.ts';
import { fileLooksLikeRuntime } from '../discovery/looks-like-runtime.ts';
import { isAutomatic, isInCrate, type Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { ageText, exemptionText, gradeLooks, gradeText, titleOf } from '../views/labels.ts';
import { explainNone, explainNotBuilt, pickFile, searched } from './runtimes.ts';

/** The argument of a command. It comes from a tree item, a link, the explorer or a key binding. */
export type Target =
  | { readonly kind: 'runtime'; readonly id: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none' };

export function targetOf(argument: unknown): Target {
  if (typeof argument !== 'object' || argument === null) return { kind: 'none' };
  if ('runtimeId' in argument && typeof argument.runtimeId === 'string')
    return { kind: 'runtime', id: argument.runtimeId };
  if ('manifestPath' in argument && typeof argument.manifestPath === 'string')
    return { kind: 'file', path: argument.manifestPath };
  if ('fsPath' in argument && typeof argument.fsPath === 'string') return { kind: 'file', path: argument.fsPath };
  return { kind: 'none' };
}

/** The targets of a selection. VS Code passes the clicked item, then all selected ones. */
export function targetsOf(clicked: unknown, selected: unknown): Target[] {
  const all = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
  return all.map(targetOf).filter(({ kind }) => kind !== 'none');
}

/** The runtime for a command. The user chooses if there are several. Undefined: there is none, or the user cancelled. */
export async function chooseRuntime(
  services: Services,
  argument: unknown,
  title: string,
): Promise<Runtime | undefined> {
  const target = targetOf(argument);
  switch (target.kind) {
    case 'runtime':
      return services.runtimes.byId(target.id) ?? chooseAmong(services, await searched(services), title);
    case 'file':
      return ofFile(services, target.path, title);
    case 'none': {
      const file = await activeInput();
      if (file !== undefined) return ofFile(services, file, title);
      return chooseAmong(services, await searched(services), title);
    }
  }
}

/** The file in the active editor, if it is meant as a runtime. */
export async function activeInput(): Promise<string | undefined> {
  const file = activeFile();
  return file !== undefined && (await fileLooksLikeRuntime(file)) ? file : undefined;
}

async function ofFile(services: Services, file: string, title: string): Promise<Runtime | undefined> {
  if (path.basename(file) === 'Cargo.toml' || path.extname(file) === '.rs') return ofSource(services, file, title);
  const known = services.runtimes.all.filter(({ blob }) => blob.path === file);
  return known.length > 0 ? chooseAmong(services, known, title) : pickFile(services, file, 'if-new');
}

/** The runtimes of a manifest or a Rust file. */
async function ofSource(services: Services, file: string, title: string): Promise<Runtime | undefined> {
  const isManifest = path.basename(file) === 'Cargo.toml';
  const isOf = (crate: Pick<Runtime, 'manifestPath'>) =>
    isManifest ? crate.manifestPath === file : isInCrate(file, crate);
  const ofCrate = (await searched(services)).filter(isOf);
  // The release build counts. A development build is checked only if the user names it.
  const automatic = ofCrate.filter(isAutomatic);
  if (ofCrate.length > 0) return chooseAmong(services, automatic.length > 0 ? automatic : ofCrate, title);
  const manifest = services.runtimes.unbuilt.find(isOf)?.manifestPath ?? (isManifest ? file : undefined);
  return manifest === undefined
    ? chooseAmong(services, services.runtimes.all, title)
    : explainNotBuilt(services, manifest);
}

async function chooseAmong(
  services: Services,
  runtimes: readonly Runtime[],
  title: string,
): Promise<Runtime | undefined> {
  const [first, second] = runtimes;
  if (first === undefined) return explainNone(services);
  return second === undefined ? first : pickRuntime(services, runtimes, title);
}

interface RuntimeItem extends QuickPickItem {
  readonly runtime: Runtime;
}

/** Shows a quick pick. While it is open, inspects the unchecked runtimes, because their spec version is only in the blob. */
async function pickRuntime(
  services: Services,
  runtimes: readonly Runtime[],
  title: string,
): Promise<Runtime | undefined> {
  const { checks, t, channel } = services;
  const pick = window.createQuickPick<RuntimeItem>();
  pick.title = title;
  pick.placeholder = t('Choose a runtime');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const show = () => {
    const [active] = pick.activeItems;
    pick.items = runtimes.map((runtime) => itemOf(services, runtime));
    // New items move the selection to the first one. Move it back.
    if (active !== undefined) pick.activeItems = pick.items.filter(({ runtime }) => runtime.id === active.runtime.id);
  };
  show();
  const unchecked = runtimes.filter((runtime) => {
    const { report, activity } = checks.stateOf(runtime.id);
    return isAutomatic(runtime) && report === undefined && activity.kind === 'idle';
  });
  const closed = new AbortController();
  const inspecting = Promise.all(
    unchecked.map((runtime) => checks.check('inspect', runtime, { reason: 'change', signal: closed.signal })),
  );
  inspecting.catch((error: unknown) => channel.error(String(error)));
  const picked = await new Promise<Runtime | undefined>((resolve) => {
    const subscriptions = Disposable.from(
      pick,
      checks.onDidChange(({ state: { activity } }) => activity.kind === 'idle' && show()),
      pick.onDidAccept(() => resolve(pick.selectedItems[0]?.runtime)),
      pick.onDidHide(() => {
        subscriptions.dispose();
        resolve(undefined);
      }),
    );
    pick.show();
  });
  pick.hide();
  closed.abort();
  return picked;
}

/** Shows name, age and size, and the last grade as an icon. */
function itemOf({ checks, t }: Services, runtime: Runtime): RuntimeItem {
  const state = checks.stateOf(runtime.id);
  const { report } = state;
  const { blob, profile } = runtime;
  const icon = report === undefined ? 'circle-outline' : gradeLooks[gradeOf(report).word].icon;
  const description = [
    profile ?? '',
    exemptionText(runtime, t),
    ageText(blob.modifiedMs, Date.now(), t),
    formatBytes(blob.bytes),
  ];
  const where = workspace.asRelativePath(blob.path);
  return {
    label: `$(${icon}) ${titleOf(runtime, state)}`,
    description: description.filter((part) => part !== '').join(' · '),
    detail: report === undefined ? where : `${where} · ${gradeText(report, t)}`,
    runtime,
  };
}
