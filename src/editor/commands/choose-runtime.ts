import path from 'node:path';
import { type QuickPickItem, window } from 'vscode';
import { formatBytes } from '../../base/units.ts';
import type { Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { ageText, gradeOf, gradeText } from '../views/plain-text.ts';
import { gradeIcons } from '../views/status-text.ts';
import { explainNone, explainNoRuntimeOf, pickFile } from './no-runtime.ts';
import { searched } from './searched.ts';
import { targetOf } from './target.ts';

/** The runtime that a command is about; asks where it is not clear. Undefined when the person was told why, or gave up. */
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
    return ofCrate.length === 0 ? explainNoRuntimeOf(services, file) : chooseAmong(services, ofCrate, title);
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
  if (second === undefined) return first;
  const { t } = services;
  const items = runtimes.map((runtime) => ({ ...itemOf(services, runtime), runtime }));
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: t('Choose a runtime'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.runtime;
}

/** Name, spec version, age, size; the last verdict as icon. */
function itemOf({ checks, t }: Services, runtime: Runtime): QuickPickItem {
  const { report } = checks.stateOf(runtime.id);
  const { blob, profile, workspaceFolder } = runtime;
  const icon = report === undefined ? 'circle-outline' : gradeIcons[gradeOf(report)];
  const spec = report?.runtime.specVersion === undefined ? '' : t('spec version {0}', report.runtime.specVersion);
  const description = [spec, profile ?? '', ageText(blob.modifiedMs, Date.now(), t), formatBytes(blob.bytes)];
  const where = workspaceFolder === undefined ? blob.path : path.relative(path.dirname(workspaceFolder), blob.path);
  return {
    label: `$(${icon}) ${runtime.name}`,
    description: description.filter((part) => part !== '').join(' · '),
    detail: report === undefined ? where : `${where} · ${gradeText(report, t)}`,
  };
}
