import { window } from 'vscode';
import type { Runtime } from '../model.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { ageText, gradeText, titleOf } from '../views/labels.ts';
import type { ReportRef } from '../views/webviews/subject.ts';
import { targetsOf } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { runChecks } from './run-check.ts';
import { explainNone, searched } from './runtimes.ts';

type Pair = readonly [older: ReportRef, newer: ReportRef];

/** Compares two runtimes, or the last two reports of one. */
export const compare: Command = (services) => async (clicked, selected) => {
  const chosen = targetsOf(clicked, selected).flatMap((target) => {
    const runtime = target.kind === 'runtime' ? services.runtimes.byId(target.id) : undefined;
    return runtime === undefined ? [] : [runtime];
  });
  const pair = chosen.length === 2 ? await pairOfRuntimes(services, chosen) : await pairOfReports(services, chosen[0]);
  if (pair === undefined) return;
  const [older, newer] = pair;
  services.panels.show({ kind: 'pvf.compare', older, newer });
};

/** Inspects runtimes without a report first. That is fast, so it needs no confirmation. */
async function pairOfRuntimes(services: Services, runtimes: readonly Runtime[]): Promise<Pair | undefined> {
  const without = runtimes.filter(({ id }) => services.checks.stateOf(id).report === undefined);
  if (without.length > 0) await runChecks(services, 'inspect', without);
  const [older, newer] = runtimes.map(({ id }) => ({ runtimeId: id, which: 'last' }) as const);
  return older === undefined || newer === undefined ? undefined : [older, newer];
}

async function pairOfReports(services: Services, runtime: Runtime | undefined): Promise<Pair | undefined> {
  if (runtime !== undefined) {
    const { previous, report } = services.checks.stateOf(runtime.id);
    if (previous !== undefined && report !== undefined) return lastTwo(runtime.id);
  }
  const runtimes = await searched(services);
  if (runtimes.length === 0) {
    await explainNone(services);
    return undefined;
  }
  const items = reportItems(services);
  const [first, second] = items;
  if (first === undefined || second === undefined) return offerToPrepare(services, runtimes, items.length);
  return items.length === 2 ? byAge(first, second) : choose(services, items);
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
    (['last', 'previous'] as const).flatMap((which) => {
      const report = which === 'last' ? state.report : state.previous;
      return report === undefined
        ? []
        : [
            {
              label: titleOf(runtime, { report }),
              description: `${gradeText(report, t)} · ${ageText(Date.parse(report.createdAt), Date.now(), t)}`,
              detail: report.runtime.path,
              report,
              ref: { runtimeId: runtime.id, which },
            },
          ];
    }),
  );
}

type ReportItem = ReturnType<typeof reportItems>[number];

async function choose({ t }: Services, items: readonly ReportItem[]): Promise<Pair | undefined> {
  const picked = await window.showQuickPick(items, {
    title: t('Compare PVF Reports'),
    placeHolder: t('Choose two reports'),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  const [first, second, third] = picked;
  if (first !== undefined && second !== undefined && third === undefined) return byAge(first, second);
  await window.showInformationMessage(t('Choose two reports to compare. You chose {0}.', picked.length));
  return undefined;
}

function lastTwo(runtimeId: string): Pair {
  return [
    { runtimeId, which: 'previous' },
    { runtimeId, which: 'last' },
  ];
}

function byAge(a: ReportItem, b: ReportItem): Pair {
  return a.report.createdAt <= b.report.createdAt ? [a.ref, b.ref] : [b.ref, a.ref];
}
