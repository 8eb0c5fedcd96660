import { Disposable } from 'vscode';
import type { Services } from '../services.ts';

/** Long enough that progress does not redraw a view for every function, short enough to look live. */
const pauseMs = 150;

/**
 * Calls `update` at once, and after changes of runtimes or checks: the first at once, so that a spinner does not wait, those
 * that follow at most once in a while, and always after the last.
 */
export function onAnyChange(
  { runtimes, checks }: Pick<Services, 'runtimes' | 'checks'>,
  update: () => void,
): Disposable {
  let pause: NodeJS.Timeout | undefined;
  let isDue = false;
  const changed = () => {
    if (pause !== undefined) {
      isDue = true;
      return;
    }
    update();
    pause = setTimeout(() => {
      pause = undefined;
      if (!isDue) return;
      isDue = false;
      changed();
    }, pauseMs);
  };
  const subscriptions = [runtimes.onDidChange(changed), checks.onDidChange(changed)];
  update();
  return new Disposable(() => {
    clearTimeout(pause);
    for (const one of subscriptions) one.dispose();
  });
}
