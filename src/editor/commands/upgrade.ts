import { env, ProgressLocation, window } from 'vscode';
import { openPreview } from '../views/documents.ts';
import { titleOf } from '../views/labels.ts';
import { chooseRuntime } from './choose-runtime.ts';
import type { Command, CommandServices } from './command.ts';
import { runChecks, showResult } from './run-check.ts';

/** Prepares a runtime, unless its result is known, and opens the page about its upgrade. Returns the Markdown. */
export const upgradeChecklist: Command = (services) => async (target) => {
  const { t, checks, runtimes, documents } = services;
  const chosen = await chooseRuntime(services, target, t('Upgrade Checklist'));
  if (chosen === undefined) return undefined;
  // The page has the hash of the present file, and the last search may be out of date.
  await runtimes.refresh();
  const runtime = runtimes.byId(chosen.id) ?? chosen;
  const [end] = await runChecks(services, 'prepare', [runtime]);
  if (end === undefined) return undefined;
  const { report, isCurrent } = end.state;
  if (report === undefined || !isCurrent) {
    showResult(services, runtime, end);
    return undefined;
  }
  const title = titleOf(runtime, end.state);
  const options = { location: ProgressLocation.Window, title: t('Making the upgrade checklist of {0}', title) };
  const page = await window.withProgress(options, () => checks.queries.upgrade(runtime, report));
  await openPreview(documents.create(`${t('Upgrade')} ${title}.pvf.md`, page));
  offerCopy(services, title, page).catch((error: unknown) => services.channel.error(String(error)));
  return page;
};

async function offerCopy({ t }: CommandServices, title: string, page: string): Promise<void> {
  const copy = t('Copy as Markdown');
  const answer = await window.showInformationMessage(t('The upgrade checklist of {0} is ready to paste.', title), copy);
  if (answer === copy) await env.clipboard.writeText(page);
}
