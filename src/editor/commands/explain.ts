import { window } from 'vscode';
import { findRule, loadRules } from '../rules.ts';
import { runtimeEntries } from '../services.ts';
import { explanationUri } from '../views/documents.ts';
import { findingIds } from '../views/explanation.ts';
import type { Command } from './command.ts';
import { openPreview } from './reports.ts';

/** Opens the page about one finding; without an id, the user chooses one. */
export const explain: Command = (services) => async (argument) => {
  const id = idOf(argument) ?? (await choose(services));
  if (id !== undefined) await openPreview(explanationUri(id));
};

function idOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null || !('findingId' in argument)) return undefined;
  return typeof argument.findingId === 'string' ? argument.findingId : undefined;
}

async function choose(services: Parameters<Command>[0]): Promise<string | undefined> {
  const { t } = services;
  const ids = findingIds(
    runtimeEntries(services).flatMap(({ state: { report } }) => (report === undefined ? [] : [report])),
  );
  if (ids.length === 0) {
    await window.showInformationMessage(t('There are no findings to explain.'));
    return undefined;
  }
  const rules = await loadRules();
  const items = ids.map((id) => ({ label: id, description: findRule(rules, id)?.title ?? '' }));
  return (await window.showQuickPick(items, { title: t('Explain a Finding') }))?.label;
}
