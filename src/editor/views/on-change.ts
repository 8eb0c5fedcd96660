import { Disposable } from 'vscode';
import type { Services } from '../services.ts';
import { Paced } from './paced.ts';

/** Long enough that progress does not redraw a view for every function, short enough to look live. */
const pauseMs = 150;

/**
 * Calls `update` at once, and after changes of runtimes or checks. A spinner does not wait, nor does a result; only the
 * steps of the progress between them do.
 */
export function onAnyChange(
  { runtimes, checks }: Pick<Services, 'runtimes' | 'checks'>,
  update: () => void,
): Disposable {
  const paced = new Paced(update, pauseMs);
  const subscriptions = [
    runtimes.onDidChange(() => paced.atOnce()),
    checks.onDidChange(({ state }) => (state.activity.kind === 'running' ? paced.inTime() : paced.atOnce())),
  ];
  update();
  return new Disposable(() => {
    paced[Symbol.dispose]();
    for (const one of subscriptions) one.dispose();
  });
}
