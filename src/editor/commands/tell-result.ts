import { commands, window } from 'vscode';
import { gradeOf } from '../../model/grade.ts';
import type { Runtime } from '../model.ts';
import { gradeLooks } from '../views/grade-looks.ts';
import { gradeText, titleOf } from '../views/plain-text.ts';
import { statusText } from '../views/status-text.ts';
import type { CommandServices } from './command.ts';
import { openReport } from './open-document.ts';
import { type Checked, runChecks } from './run-check.ts';

const longest = 200;

/** The result of a check that a person asked for. Does not wait for the answer: the command has ended. */
export function tellResult(services: CommandServices, runtime: Runtime, checked: Checked): void {
  ask(services, runtime, checked).catch((error: unknown) => services.channel.error(String(error)));
}

async function ask(services: CommandServices, runtime: Runtime, { state, isKnown }: Checked): Promise<void> {
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
  const { reason } = report.verdict;
  const why = reason.length > longest ? `${reason.slice(0, longest)}…` : reason;
  const { word } = gradeOf(report);
  const { alarm } = gradeLooks[word];
  const isGood = alarm === 'none';
  const figures = statusText(runtime, state, Date.now(), t).text;
  const result = isGood ? `${gradeText(report, t)} (${figures}).` : `${gradeText(report, t)}. ${why}`;
  const unchanged = isKnown ? ` ${t('The blob did not change since it was prepared.')}` : '';
  const message = `${title}: ${result}${unchanged}`;
  const selectWorker = t('Select Worker');
  const again = t('Prepare Again');
  const buttons = [
    showReport,
    ...(isKnown ? [again] : []),
    ...(isGood ? [] : [word === 'undecided' ? selectWorker : showLog]),
  ];
  const answer = await show(alarm, message, buttons);
  switch (answer) {
    case showReport:
      return openReport(runtime);
    case showLog:
      return services.channel.show(true);
    case selectWorker:
      return commands.executeCommand('pvf.selectWorker');
    case again: {
      const [end] = await runChecks(services, 'prepare', [runtime], { isFresh: true });
      if (end !== undefined) tellResult(services, runtime, end);
      return;
    }
    case undefined:
      return;
  }
}

function show(alarm: 'none' | 'warning' | 'error', message: string, buttons: readonly string[]) {
  switch (alarm) {
    case 'none':
      return window.showInformationMessage(message, ...buttons);
    case 'warning':
      return window.showWarningMessage(message, ...buttons);
    case 'error':
      return window.showErrorMessage(message, ...buttons);
  }
}
