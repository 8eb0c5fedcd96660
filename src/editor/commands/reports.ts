import { window } from 'vscode';
import { runtimeEntries } from '../services.ts';
import { explanationUri, openPreview, openReport } from '../views/documents.ts';
import { findingIds, findRule, loadRules } from '../views/findings.ts';
import { chooseRuntime } from './choose-runtime.ts';
import type { Command, CommandServices } from './command.ts';
import { runChecks } from './run-check.ts';

const STATUS_MS = 4000;

export const showReport: Command = (services) => async (target) => {
  const { t, checks } = services;
  const runtime = await chooseRuntime(services, target, t('Show Report'));
  if (runtime === undefined) return;
  if (checks.stateOf(runtime.id).report === undefined) {
    const prepare = t('Prepare PVF');
    const answer = await window.showInformationMessage(t('{0} has no report yet.', runtime.name), prepare);
    if (answer !== prepare) return;
    const [end] = await runChecks(services, 'prepare', [runtime]);
    if (end?.state.report === undefined) return;
  }
  await openReport(services, runtime);
};

export const clearHistory: Command = (services) => async () => {
  const { checks, t } = services;
  const count = runtimeEntries(services).filter(({ state }) => state.report !== undefined).length;
  if (count === 0) {
    window.setStatusBarMessage(t('There are no reports to clear.'), STATUS_MS);
    return;
  }
  const restore = checks.clearHistory();
  const undo = t('Undo');
  if ((await window.showInformationMessage(clearedText(count, t), undo)) === undo) restore();
};

function clearedText(count: number, t: CommandServices['t']): string {
  return count === 1 ? t('Cleared the reports of 1 runtime.') : t('Cleared the reports of {0} runtimes.', count);
}

/** Opens the page of a finding. Without an id, the user chooses one. */
export const explain: Command = (services) => async (argument) => {
  const id = findingIdOf(argument) ?? (await chooseFinding(services));
  if (id !== undefined) await openPreview(explanationUri(id));
};

function findingIdOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null || !('findingId' in argument)) return undefined;
  return typeof argument.findingId === 'string' ? argument.findingId : undefined;
}

async function chooseFinding(services: CommandServices): Promise<string | undefined> {
  const { t } = services;
  const ids = findingIds(runtimeEntries(services).flatMap(({ state }) => state.report ?? []));
  if (ids.length === 0) {
    await window.showInformationMessage(t('There are no findings to explain.'));
    return undefined;
  }
  const rules = await loadRules();
  const items = ids.map((id) => ({ label: id, description: findRule(rules, id)?.title ?? '' }));
  return (await window.showQuickPick(items, { title: t('Explain a Finding') }))?.label;
}
