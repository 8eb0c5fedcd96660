import { window } from 'vscode';
import { chooseRuntime } from './choose-runtime.ts';
import type { Command } from './command.ts';
import { openReport } from './open-document.ts';
import { runChecks } from './run-check.ts';

export const showReport: Command = (services) => async (target) => {
  const { t, checks } = services;
  const runtime = await chooseRuntime(services, target, t('Show Report'));
  if (runtime === undefined) return;
  if (checks.stateOf(runtime.id).report === undefined) {
    const prepare = t('Prepare PVF');
    const answer = await window.showInformationMessage(t('There is no report of {0} yet.', runtime.name), prepare);
    if (answer !== prepare) return;
    const [end] = await runChecks(services, 'prepare', [runtime]);
    if (end?.state.report === undefined) return;
  }
  await openReport(runtime);
};
