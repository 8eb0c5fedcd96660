import { ProgressLocation, window } from 'vscode';
import type { Runtime } from '../model.ts';
import type { Services } from '../services.ts';

/** All runtimes; waits for a search that is still going on, as long as it has found nothing. */
export async function searched({ runtimes, t }: Services): Promise<readonly Runtime[]> {
  if (runtimes.all.length === 0) {
    const options = { location: ProgressLocation.Window, title: t('Looking for runtimes') };
    await window.withProgress(options, () => runtimes.refresh());
  }
  return runtimes.all;
}
