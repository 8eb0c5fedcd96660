/** Notes in the workbench's page itself when the status bar item and the toasts change, so that no polling blurs it. */
import type { Page } from 'playwright-core';
import { statusItem } from '../../../../src/editor/contributions.ts';
import { eventually } from '../../../../test/ui/support/eventually.ts';
import { extensionName } from '../extension-name.ts';

/** Times by the clock of this machine, which is the page's too, in milliseconds since 1970. */
export interface Sight {
  readonly at: number;
  /** The names of the item's icons, as `sync` while a check runs; `toast` when one has come that is no progress; `click` when one was made. */
  readonly what: string;
}

/** A check as it was seen. */
export interface SeenCheck {
  /** Absent: the result came so soon that none was shown. */
  readonly spinnerAt: number | undefined;
  readonly resultAt: number;
}

const WAIT_MS = 120_000;

/** As text, because names of functions that tsx keeps have no meaning in a page. */
const script = `
(() => {
  window.pvfSights = [];
  let shown = '';
  let toasts = 0;
  const tell = (what) => requestAnimationFrame(() => window.pvfSights.push({ at: Date.now(), what }));
  const look = () => {
    const icons = document.querySelectorAll('.statusbar-item[id="${extensionName}.${statusItem}"] .codicon');
    const names = [...icons].flatMap((icon) => [...icon.classList].filter((one) => /^codicon-(?!modifier)/.test(one)));
    const showing = names.map((name) => name.slice(8)).join(' ');
    if (showing !== shown && showing !== '') tell(showing);
    shown = showing;
    const messages = [...document.querySelectorAll('.notifications-toasts .notification-list-item-message')];
    const now = messages.filter(({ textContent }) => !textContent.startsWith('Preparing ')).length;
    if (now > toasts) tell('toast');
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

  /** Waits for the first result that was shown after the given time. */
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

  /** Waits for the first toast that came after the given time. */
  async toast(since: number): Promise<number> {
    const find = async () => (await this.since(since)).find(({ what }) => what === 'toast')?.at;
    return (await eventually('a toast on screen', find, (at) => at !== undefined, WAIT_MS)) ?? Number.NaN;
  }

  async lastClick(since: number): Promise<number> {
    return (await this.since(since)).findLast(({ what }) => what === 'click')?.at ?? Number.NaN;
  }
}
