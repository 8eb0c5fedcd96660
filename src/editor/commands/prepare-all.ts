import { window } from 'vscode';
import type { Report } from '../../model/report.ts';
import { formatMarkdown } from '../../report/markdown.ts';
import { summaryText } from '../../report/verdict.ts';
import type { Command, CommandServices } from './command.ts';
import { explainNone } from './no-runtime.ts';
import { openPreview } from './open-document.ts';
import { runChecks } from './run-check.ts';
import { searched } from './searched.ts';

export const prepareAll: Command = (services) => async () => {
  const found = await searched(services);
  const picked = found.length > 0 ? undefined : await explainNone(services);
  const all = picked === undefined ? found : [picked];
  if (all.length === 0) return [];
  const ends = await runChecks(services, 'prepare', all);
  const reports = ends.flatMap((end) => (end?.state.report === undefined ? [] : [end.state.report]));
  tell(services, reports).catch((error: unknown) => services.channel.error(String(error)));
  return reports;
};

async function tell({ t, documents }: CommandServices, reports: readonly Report[]): Promise<void> {
  const show = t('Show Reports');
  const answer = await window.showInformationMessage(summaryText(reports), ...(reports.length > 0 ? [show] : []));
  if (answer === show) await openPreview(documents.give('PVF check.pvf.md', formatMarkdown(reports)));
}
