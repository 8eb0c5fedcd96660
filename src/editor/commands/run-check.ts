/** Checks that a command requests: their progress, and their results as messages. */

import { commands, type Progress, ProgressLocation, window } from 'vscode';
import { firstCharacters } from '../../base/text.ts';
import type { CheckKind } from '../../check/check-settings.ts';
import { shareAt } from '../../check/pace.ts';
import { gradeOf } from '../../model/grade.ts';
import type { CheckEnd, CheckOptions, Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { openReport } from '../views/documents.ts';
import { gradeLooks, gradeText, titleOf } from '../views/labels.ts';
import { progressDetails, progressText, statusText } from '../views/status-text.ts';
import { abortOn } from './abort-on.ts';

const UPDATE_MS = 500;
const MAX_REASON = 200;

type Checked = Extract<CheckEnd, { kind: 'checked' }>;

/** Runs checks one after the other, with a notification that can cancel them. Returns undefined for cancelled ones. */
export async function runChecks(
  services: Services,
  kind: CheckKind,
  runtimes: readonly Runtime[],
  { isForced = false, hasCosts = false }: Pick<CheckOptions, 'isForced' | 'hasCosts'> = {},
): Promise<(Checked | undefined)[]> {
  const { t, checks } = services;
  const [only] = runtimes;
  const name = only === undefined ? '' : titleOf(only, checks.stateOf(only.id));
  const title = hasCosts
    ? t('Measuring the costs of {0} with the built-in worker', name)
    : titleText(kind, runtimes.length, name, t);
  const options = { location: ProgressLocation.Notification, cancellable: true, title };
  return window.withProgress(options, async (progress, token) => {
    using cancelling = abortOn(token);
    // All at once, so that the views show which ones wait. The scheduler runs one at a time, in this order.
    // Awaited here, because leaving this function ends the subscription to the token.
    return await Promise.all(
      runtimes.map(async (runtime) => {
        using _shown = showProgress(services, runtime, runtimes.length, progress);
        const checkOptions = { reason: 'command', signal: cancelling.signal, isForced, hasCosts } as const;
        const end = await checks.check(kind, runtime, checkOptions);
        if (end.kind === 'checked') return end;
        if (end.why === 'removed') showRemoved(services, runtime);
        return undefined;
      }),
    );
  });
}

/** The user did not cancel this check, so explain why it has no result. */
function showRemoved({ t, channel }: Services, runtime: Runtime): void {
  const message = t('{0} was not checked, because its blob was deleted.', runtime.name);
  channel.warn(message);
  void window.showWarningMessage(message);
}

function titleText(kind: CheckKind, count: number, name: string, t: Services['t']): string {
  if (kind === 'inspect') return count === 1 ? t('Inspecting {0}', name) : t('Inspecting {0} runtimes', count);
  return count === 1 ? t('Preparing {0}', name) : t('Preparing {0} runtimes', count);
}

/** Updates the notification on changes, and at intervals. */
function showProgress(
  { checks, t }: Services,
  runtime: Runtime,
  count: number,
  progress: Progress<{ message?: string; increment?: number }>,
): Disposable {
  let shown = 0;
  const update = () => {
    const state = checks.stateOf(runtime.id);
    if (state.activity.kind !== 'running') return;
    const now = Date.now();
    const share = (shareAt(state.activity, now) ?? 0) * 100;
    const increment = Math.max(0, share - shown) / count;
    shown = Math.max(shown, share);
    // The title already contains "Preparing".
    const text =
      state.activity.phase === 'starting'
        ? progressText(state.activity, now, t)
        : progressDetails(state.activity, now, t);
    progress.report({ message: count === 1 ? text : `${titleOf(runtime, state)}: ${text}`, increment });
  };
  const subscription = checks.onDidChange((change) => {
    if (change.runtime.id === runtime.id) update();
  });
  const timer = setInterval(update, UPDATE_MS);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      subscription.dispose();
      progress.report({ increment: (100 - shown) / count });
    },
  };
}

/** Shows the result of a check in a message, without waiting for the user's answer. */
export function showResult(services: Services, runtime: Runtime, checked: Checked): void {
  showMessage(services, runtime, checked).catch((error: unknown) => services.channel.error(String(error)));
}

async function showMessage(services: Services, runtime: Runtime, { state, fromCache }: Checked): Promise<void> {
  const { t, channel } = services;
  const showReport = t('Show Report');
  const showLog = t('Show Log');
  const { report, problem } = state;
  const title = titleOf(runtime, state);
  if (problem !== undefined || report === undefined) {
    const text = [problem?.message ?? t('no report was made'), problem?.remedy ?? ''].join(' ').trim();
    const answer = await window.showWarningMessage(`${title}: ${text}`, showLog);
    if (answer === showLog) channel.show(true);
    return;
  }
  const { reason } = report.conclusion;
  const shortReason = reason.length > MAX_REASON ? `${firstCharacters(reason, MAX_REASON)}…` : reason;
  const { word } = gradeOf(report);
  const { alarm } = gradeLooks[word];
  const isGood = alarm === 'none';
  const figures = statusText(runtime, state, Date.now(), t).text;
  const result = isGood ? `${gradeText(report, t)} (${figures}).` : `${gradeText(report, t)}. ${shortReason}`;
  const unchanged = fromCache ? ` ${t('The blob has not changed since it was prepared.')}` : '';
  const selectWorker = t('Select Worker');
  const prepareAgain = t('Prepare Again');
  const buttons = [
    showReport,
    ...(fromCache ? [prepareAgain] : []),
    ...(isGood ? [] : [word === 'undecided' ? selectWorker : showLog]),
  ];
  const show: (message: string, ...items: string[]) => Thenable<string | undefined> = {
    none: window.showInformationMessage,
    warning: window.showWarningMessage,
    error: window.showErrorMessage,
  }[alarm];
  const answer = await show(`${title}: ${result}${unchanged}`, ...buttons);
  if (answer === showReport) await openReport(services, runtime);
  if (answer === showLog) channel.show(true);
  if (answer === selectWorker) await commands.executeCommand('pvf.selectWorker');
  if (answer === prepareAgain) {
    const [end] = await runChecks(services, 'prepare', [runtime], { isForced: true });
    if (end !== undefined) showResult(services, runtime, end);
  }
}
