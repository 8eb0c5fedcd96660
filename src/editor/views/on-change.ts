import type { Disposable as VsCodeDisposable } from 'vscode';
import type { Report } from '../../model/report.ts';
import type { CheckState } from '../model.ts';
import type { Services } from '../services.ts';

/** Long enough to avoid a redraw for every function, short enough to look live. */
const PROGRESS_PAUSE_MS = 150;

/**
 * Calls `update` at once, and after each change of runtimes or checks. Throttles progress, but not the interim report and
 * the end of a check.
 */
export function onAnyChange(
  { runtimes, checks }: Pick<Services, 'runtimes' | 'checks'>,
  update: () => void,
): VsCodeDisposable {
  const throttled = new ThrottledUpdate(update, PROGRESS_PAUSE_MS);
  const shownInterims = new WeakSet<Report>();
  const isProgress = ({ activity }: CheckState) => {
    if (activity.kind !== 'running') return false;
    const { interim } = activity;
    if (interim === undefined || shownInterims.has(interim)) return true;
    shownInterims.add(interim);
    return false;
  };
  const subscriptions = [
    runtimes.onDidChange(() => throttled.soon()),
    checks.onDidChange(({ state }) => (isProgress(state) ? throttled.progress() : throttled.soon())),
  ];
  update();
  return {
    dispose() {
      throttled[Symbol.dispose]();
      for (const one of subscriptions) one.dispose();
    },
  };
}

const MINUTE_MS = 60_000;

/** Calls `update` every minute, because views show ages like "3 min ago". */
export function everyMinute(update: () => void, minuteMs = MINUTE_MS): VsCodeDisposable {
  const timer = setInterval(update, minuteMs);
  return { dispose: () => clearInterval(timer) };
}

/** Calls `update` after changes. For progress, at most once per pause. */
export class ThrottledUpdate implements Disposable {
  #immediate: NodeJS.Immediate | undefined;
  #pause: NodeJS.Timeout | undefined;
  #isDue = false;

  constructor(
    private readonly update: () => void,
    private readonly pauseMs: number,
  ) {}

  /** Updates once the running code has ended. One update covers all changes until then. */
  soon(): void {
    this.#isDue = false;
    this.#immediate ??= setImmediate(() => {
      this.#immediate = undefined;
      this.update();
    });
  }

  /** Updates soon for the first call, after a pause for the following ones, and always after the last one. */
  progress(): void {
    if (this.#pause !== undefined) {
      this.#isDue = true;
      return;
    }
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      if (this.#isDue) this.progress();
    }, this.pauseMs);
    this.soon();
  }

  [Symbol.dispose](): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#pause);
  }
}
