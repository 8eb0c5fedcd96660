import { statusItem } from '../../../src/editor/contributions.ts';
import type { Workbench } from './workbench.ts';

/** The extension's item in the status bar. */
export const pvfStatus = `polkadot-pvf.polkadot-pvf.${statusItem}`;

/** Waits until the item stands out as a failure does, or no longer does. */
export async function statusIsFailure(workbench: Workbench, isFailure: boolean): Promise<void> {
  const failed = workbench.page.locator(`.statusbar-item.error-kind[id="${pvfStatus}"]`);
  await failed.waitFor({ state: isFailure ? 'visible' : 'hidden' });
}
