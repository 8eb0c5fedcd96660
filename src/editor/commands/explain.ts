import { window } from 'vscode';
import { runtimeEntries } from '../services.ts';
import { explanationUri } from '../views/documents.ts';
import { findingIds } from '../views/explanation.ts';
import type { Command } from './command.ts';
import { openPreview } from './reports.ts';

/** A page on one finding; without an id, of one that is chosen. */
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
  if (ids.length > 0) return window.showQuickPick(ids, { title: t('Explain a Finding') });
  await window.showInformationMessage(t('There are no findings to explain.'));
  return undefined;
}
