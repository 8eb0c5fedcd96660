/** Records changes of the status bar item and of toasts inside the workbench's page, so that polling adds no delay. */
import type { Page } from 'playwright-core';
import { statusItem } from '../../../../src/editor/contributions.ts';
import { eventually } from '../../../../test/ui/support/eventually.ts';
import { extensionName } from '../extension-name.ts';

/**
 * Something that appeared on screen. Times are milliseconds since 1970, by this machine's clock, which the page uses
 * too.
 */
export interface Sight {
  readonly at: number;
  /**
   * The names of the item's icons (`sync` while a check runs), `toast` for a new toast other than progress, or `click`.
   */
  readonly what: string;
}

/** A check as it appeared on screen. */
export interface SeenCheck {
  /** Undefined when the result came before a spinner. */
  readonly spinnerAt: number | undefined;
  readonly resultAt: number;
}

const WAIT_MS = 120_000;

/** Text, because tsx inserts a helper into functions that does not exist in the page. */
const script = `
(() => {
  window.pvfSights = [];
  let shown = '';
  let toasts = 0;
  const record = (what) => requestAnimationFrame(() => window.pvfSights.push({ at: Date.now(), what }));
  const look = () => {
    const icons = document.querySelectorAll('.statusbar-item[id="${extensionName}.${statusItem}"] .codicon');
    const names = [...icons].flatMap((icon) => [...icon.classList].filter((one) => /^codicon-(?!modifier)/.test(one)));
    const showing = names.map((name) => name.slice(8)).join(' ');
    if (showing !== shown && showing !== '') record(showing);
    shown = showing;
    const messages = [...document.querySelectorAll('.notifications-toasts .notification-list-item-message')];
    const now = messages.filter(({ textContent }) => !textContent.startsWith('Preparing ')).length;
    if (now > toasts) record('toast');
    toasts = now;
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  addEventListener('pointerdown', () => window.pvfSights.push({ at: Date.now(), what: 'click' }), true);
  look();
})()`;

export class PageWatch {
  private constructor(private readonly page: Page) {}

  static async begin(page: Page): Promise<PageWatch> {
    await page.evaluate(script);
    return new PageWatch(page);
  }

  async since(at: number): Promise<readonly Sight[]> {
    const all: readonly Sight[] = await this.page.evaluate('window.pvfSights');
    return all.filter((sight) => sight.at >= at);
  }

  /** Waits for the first result after the given time. */
  async check(since: number): Promise<SeenCheck> {
    const read = async () => {
      const sights = await this.since(since);
      const result = sights.find(({ what }) => !/sync|history|toast|click/.test(what));
      return { spinnerAt: sights.find(({ what }) => what === 'sync')?.at, resultAt: result?.at };
    };
    const { spinnerAt, resultAt } = await eventually(
      'a result on screen',
      read,
      (seen) => seen.resultAt !== undefined,
      WAIT_MS,
    );
    return { spinnerAt, resultAt: resultAt ?? Number.NaN };
  }

  /** Waits for the first toast after the given time. */
  async toast(since: number): Promise<number> {
    const find = async () => (await this.since(since)).find(({ what }) => what === 'toast')?.at;
    return (await eventually('a toast on screen', find, (at) => at !== undefined, WAIT_MS)) ?? Number.NaN;
  }

  async lastClick(since: number): Promise<number> {
    return (await this.since(since)).findLast(({ what }) => what === 'click')?.at ?? Number.NaN;
  }
}
