import type { Report } from '../../../src/model/report.ts';
import { activated } from './activated.ts';
import { until } from './until.ts';

export interface Prepared {
  /** The reports of one blob, as they were told since the test began. */
  of(blob: string): readonly Report[];
  /** Waits for a report of the blob that is as wanted, from whatever preparation. */
  wait(blob: string, isWanted?: (report: Report) => boolean): Promise<Report>;
}

/** In a `describe`: hears of every preparation of the running test. */
export function usePrepared(): Prepared {
  const told: { readonly path: string; readonly report: Report }[] = [];
  let subscription: { dispose(): void } | undefined;
  beforeEach('listen to the preparations', async () => {
    told.length = 0;
    const { onDidPrepare } = await activated();
    subscription = onDidPrepare(({ uri, report }) => told.push({ path: uri.fsPath, report }));
  });
  afterEach('listen no more', () => subscription?.dispose());
  const of = (blob: string) => told.filter(({ path }) => path === blob).map(({ report }) => report);
  return {
    of,
    wait: async (blob, isWanted = () => true) => {
      const find = () => of(blob).find(isWanted);
      const report = await until(`a report of ${blob}`, find, (found) => found !== undefined);
      // Waited for just now.
      return report as Report;
    },
  };
}
