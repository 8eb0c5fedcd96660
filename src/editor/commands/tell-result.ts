import { commands, window } from 'vscode';
import type { CheckState, Runtime } from '../model.ts';
import { gradeOf, gradeText, titleOf } from '../views/plain-text.ts';
import { statusText } from '../views/status-text.ts';
import type { CommandServices } from './command.ts';
import { openReport } from './open-document.ts';

const longest = 200;

/** The result of a check that a person asked for. Does not wait for the answer: the command has ended. */
export function tellResult(services: CommandServices, runtime: Runtime, state: CheckState): void {
  ask(services, runtime, state).catch((error: unknown) => services.channel.error(String(error)));
}

async function ask(services: CommandServices, runtime: Runtime, state: CheckState): Promise<void> {
  const { t } = services;
  const showReport = t('Show Report');
  const showLog = t('Show Log');
  const { report, problem } = state;
  const title = titleOf(runtime, state);
  if (problem !== undefined || report === undefined) {
    const text = [problem?.message ?? t('no report was made'), problem?.remedy ?? ''].join(' ').trim();
    const answer = await window.showWarningMessage(`${title}: ${text}`, showLog);
    if (answer === showLog) services.channel.show(true);
    return;
  }
  if (report.outcome?.kind === 'cancelled') return;
  const { reason } = report.verdict;
  const why = reason.length > longest ? `${reason.slice(0, longest)}…` : reason;
  const grade = gradeOf(report);
  const figures = statusText(runtime, state, Date.now(), t).text.replace(/^\$\([^)]*\) PVF ?/, '');
  const isGood = grade === 'accepted' || grade === 'near' || grade === 'inspected';
  const message = isGood
    ? `${title}: ${gradeText(report, t)} (${figures}).`
    : `${title}: ${gradeText(report, t)}. ${why}`;
  const selectWorker = t('Select Worker');
  const answer =
    grade === 'rejected'
      ? await window.showErrorMessage(message, showReport, showLog)
      : isGood
        ? await window.showInformationMessage(message, showReport)
        : await window.showWarningMessage(message, showReport, ...(grade === 'undecided' ? [selectWorker] : [showLog]));
  if (answer === showReport) await openReport(runtime);
  if (answer === showLog) services.channel.show(true);
  if (answer === selectWorker) await commands.executeCommand('pvf.selectWorker');
}
