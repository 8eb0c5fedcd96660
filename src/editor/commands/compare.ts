import { window } from 'vscode';
import { compareReports } from '../../model/comparison.ts';
import type { Report } from '../../model/report.ts';
import { compareMarkdown } from '../../report/compare-markdown.ts';
import type { Runtime } from '../model.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { openPreview } from '../views/documents.ts';
import { ageText, gradeText, reportNames, titleOf } from '../views/labels.ts';
import { targetsOf } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { runChecks } from './run-check.ts';
import { explainNone, searched } from './runtimes.ts';

type Pair = readonly [older: Report, newer: Report];

/** Compares two runtimes, or the last two reports of one. */
export const compare: Command = (services) => async (clicked, selected) => {
  const chosen = targetsOf(clicked, selected).flatMap((target) => {
    const runtime = target.kind === 'runtime' ? services.runtimes.byId(target.id) : undefined;
    return runtime === undefined ? [] : [runtime];
  });
  const pair = chosen.length === 2 ? await pairOfRuntimes(services, chosen) : await pairOfReports(services, chosen[0]);
  if (pair === undefined) return;
  const text = compareMarkdown(compareReports(...pair), reportNames(runtimeEntries(services)));
  await openPreview(services.documents.create('PVF comparison.pvf.md', text));
};

/** Inspects runtimes without a report first. That is fast, so it needs no confirmation. */
async function pairOfRuntimes(services: Services, runtimes: readonly Runtime[]): Promise<Pair | undefined> {
  const without = runtimes.filter(({ id }) => services.checks.stateOf(id).report === undefined);
  if (without.length > 0) await runChecks(services, 'inspect', without);
  const [older, newer] = runtimes.map(({ id }) => services.checks.stateOf(id).report);
  return older === undefined || newer === undefined ? undefined : [older, newer];
}

async function pairOfReports(services: Services, runtime: Runtime | undefined): Promise<Pair | undefined> {
  if (runtime !== undefined) {
    const { previous, report } = services.checks.stateOf(runtime.id);
    if (previous !== undefined && report !== undefined) return [previous, report];
  }
  const runtimes = await searched(services);
  if (runtimes.length === 0) {
    await explainNone(services);
    return undefined;
  }
  const items = reportItems(services);
  const [first, second] = items;
  if (first === undefined || second === undefined) return offerToPrepare(services, runtimes, items.length);
  return items.length === 2 ? byAge(first.report, second.report) : choose(services, items);
}

async function offerToPrepare(
  services: Services,
  runtimes: readonly Runtime[],
  reports: number,
): Promise<Pair | undefined> {
  const { t } = services;
  const prepare = t('Prepare All Runtimes');
  const message =
    reports === 0
      ? t('There are no reports to compare yet.')
      : t('There is only one report. The next one is made when the blob changes.');
  const answer = await window.showInformationMessage(message, ...(runtimes.length > reports ? [prepare] : []));
  if (answer !== prepare) return undefined;
  await runChecks(services, 'prepare', runtimes);
  const items = reportItems(services);
  return items.length < 2 ? undefined : choose(services, items);
}

function reportItems(services: Services) {
  const { t } = services;
  return runtimeEntries(services).flatMap(({ runtime, state }) =>
    [state.report, state.previous].flatMap((report) =>
      report === undefined
        ? []
        : [
            {
              label: titleOf(runtime, { report }),
              description: `${gradeText(report, t)} · ${ageText(Date.parse(report.createdAt), Date.now(), t)}`,
              detail: report.runtime.path,
              report,
            },
          ],
    ),
  );
}

async function choose({ t }: Services, items: ReturnType<typeof reportItems>): Promise<Pair | undefined> {
  const picked = await window.showQuickPick(items, {
    title: t('Compare PVF Reports'),
    placeHolder: t('Choose two reports'),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  const [first, second, third] = picked;
  if (first !== undefined && second !== undefined && third === undefined) return byAge(first.report, second.report);
  await window.showInformationMessage(t('Choose two reports to compare. You chose {0}.', picked.length));
  return undefined;
}

function byAge(a: Report, b: Report): Pair {
  return a.createdAt <= b.createdAt ? [a, b] : [b, a];
}
