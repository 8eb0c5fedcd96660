import { Disposable, type QuickPickItem, window, workspace } from 'vscode';
import { formatBytes } from '../../base/units.ts';
import { gradeOf } from '../../model/grade.ts';
import type { Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { gradeLooks } from '../views/grade-looks.ts';
import { ageText, gradeText } from '../views/plain-text.ts';

interface RuntimeItem extends QuickPickItem {
  readonly runtime: Runtime;
}

/** Asks which. Those that nobody has looked into are inspected meanwhile: their spec version stands in the blob alone. */
export async function pickRuntime(
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
    // New items would take the person back to the first one.
    if (active !== undefined) pick.activeItems = pick.items.filter(({ runtime }) => runtime.id === active.runtime.id);
  };
  show();
  const unknown = runtimes.filter(({ id }) => {
    const { report, activity } = checks.stateOf(id);
    return report === undefined && activity.kind === 'idle';
  });
  const isShown = new AbortController();
  const inspecting = Promise.all(
    unknown.map((runtime) => checks.check('inspect', runtime, { reason: 'change', signal: isShown.signal })),
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
  isShown.abort();
  return picked;
}

/** Name, spec version, age, size; the last verdict as icon. */
function itemOf({ checks, t }: Services, runtime: Runtime): RuntimeItem {
  const { report } = checks.stateOf(runtime.id);
  const { blob, profile } = runtime;
  const icon = report === undefined ? 'circle-outline' : gradeLooks[gradeOf(report).word].icon;
  const spec = report?.runtime.specVersion === undefined ? '' : t('spec version {0}', report.runtime.specVersion);
  const description = [spec, profile ?? '', ageText(blob.modifiedMs, Date.now(), t), formatBytes(blob.bytes)];
  const where = workspace.asRelativePath(blob.path);
  return {
    label: `$(${icon}) ${runtime.name}`,
    description: description.filter((part) => part !== '').join(' · '),
    detail: report === undefined ? where : `${where} · ${gradeText(report, t)}`,
    runtime,
  };
}
