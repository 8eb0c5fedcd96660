import path from 'node:path';
import { Disposable, type QuickPickItem, window, workspace } from 'vscode';
import { formatBytes } from '../../base/units.ts';
import { gradeOf } from '../../model/grade.ts';
import { isAutomatic, type Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { ageText, exemptionText, gradeLooks, gradeText } from '../views/labels.ts';
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
    case 'none':
      return chooseAmong(services, await searched(services), title);
  }
}

async function ofFile(services: Services, file: string, title: string): Promise<Runtime | undefined> {
  if (path.basename(file) === 'Cargo.toml') {
    const ofCrate = (await searched(services)).filter(({ manifestPath }) => manifestPath === file);
    if (ofCrate.length === 0) return explainNotBuilt(services, file);
    // The release build counts. A development build is checked only if the user names it.
    const automatic = ofCrate.filter(isAutomatic);
    return chooseAmong(services, automatic.length > 0 ? automatic : ofCrate, title);
  }
  const known = services.runtimes.all.find(({ blob }) => blob.path === file);
  return known ?? pickFile(services, file);
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

/** Shows name, spec version, age and size, and the last verdict as an icon. */
function itemOf({ checks, t }: Services, runtime: Runtime): RuntimeItem {
  const { report } = checks.stateOf(runtime.id);
  const { blob, profile } = runtime;
  const icon = report === undefined ? 'circle-outline' : gradeLooks[gradeOf(report).word].icon;
  const spec = report?.runtime.specVersion === undefined ? '' : t('spec version {0}', report.runtime.specVersion);
  const description = [
    spec,
    profile ?? '',
    exemptionText(runtime, t),
    ageText(blob.modifiedMs, Date.now(), t),
    formatBytes(blob.bytes),
  ];
  const where = workspace.asRelativePath(blob.path);
  return {
    label: `$(${icon}) ${runtime.name}`,
    description: description.filter((part) => part !== '').join(' · '),
    detail: report === undefined ? where : `${where} · ${gradeText(report, t)}`,
    runtime,
  };
}
