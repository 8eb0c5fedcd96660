import { type CancellationToken, type Progress, ProgressLocation, window } from 'vscode';
import type { CheckKind } from '../../check/check-settings.ts';
import type { CheckEnd, CheckOptions, Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { titleOf } from '../views/plain-text.ts';
import { progressDetails, progressText, shareDone } from '../views/progress-text.ts';

const UPDATE_MS = 500;

export type Checked = Extract<CheckEnd, { kind: 'checked' }>;

/** Runs checks one after the other, with a notification that can cancel them. Returns undefined for cancelled ones. */
export async function runChecks(
  services: Services,
  kind: CheckKind,
  runtimes: readonly Runtime[],
  { isForced = false }: Pick<CheckOptions, 'isForced'> = {},
): Promise<(Checked | undefined)[]> {
  const { t, checks } = services;
  const [only] = runtimes;
  const one = only === undefined ? '' : titleOf(only, checks.stateOf(only.id));
  const title = titleText(kind, runtimes.length, one, t);
  const options = { location: ProgressLocation.Notification, cancellable: true, title };
  return window.withProgress(options, async (progress, token) => {
    using cancelling = abortOn(token);
    const ends: (Checked | undefined)[] = [];
    for (const runtime of runtimes) {
      if (token.isCancellationRequested) break;
      using _shown = showProgress(services, runtime, runtimes.length, progress);
      const end = await checks.check(kind, runtime, { reason: 'command', signal: cancelling.signal, isForced });
      ends.push(end.kind === 'checked' ? end : undefined);
      if (end.kind === 'cancelled' && end.why === 'removed') showRemoved(services, runtime);
    }
    return ends;
  });
}

/** The user did not cancel this check, so say why it has no result. */
function showRemoved({ t, channel }: Services, runtime: Runtime): void {
  const message = t('{0} was not checked: its blob was deleted meanwhile.', runtime.name);
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
    const share = (shareDone(state.activity, now) ?? 0) * 100;
    const increment = Math.max(0, share - shown) / count;
    shown = Math.max(shown, share);
    // The title already says that the runtime is being prepared.
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

function abortOn(token: CancellationToken): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const subscription = token.onCancellationRequested(() => controller.abort(new Error('cancelled by the user')));
  return { signal: controller.signal, [Symbol.dispose]: () => subscription.dispose() };
}
