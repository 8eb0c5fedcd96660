import { statusItem } from '../../../src/editor/contributions.ts';
import type { Workbench } from './workbench.ts';

/** The extension's status bar item. */
export const pvfStatus = `polkadot-pvf.polkadot-pvf.${statusItem}`;

/** Waits until the item has, or no longer has, the colour of a failure. */
export async function statusIsFailure(workbench: Workbench, isFailure: boolean): Promise<void> {
  const failed = workbench.page.locator(`.statusbar-item.error-kind[id="${pvfStatus}"]`);
  await failed.waitFor({ state: isFailure ? 'visible' : 'hidden' });
}
