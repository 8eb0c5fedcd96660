import type { Report } from '../../../src/model/report.ts';
import { activated } from './activated.ts';
import { until } from './until.ts';

export interface Prepared {
  /** The reports of one blob since the test began. */
  of(blob: string): readonly Report[];
  /** Waits for a matching report of the blob. */
  wait(blob: string, isWanted?: (report: Report) => boolean): Promise<Report>;
}

/** Call it in a `describe`. Records every preparation of the running test. */
export function usePrepared(): Prepared {
  const events: { readonly path: string; readonly report: Report }[] = [];
  let subscription: { dispose(): void } | undefined;
  beforeEach('listen to the preparations', async () => {
    events.length = 0;
    const { onDidPrepare } = await activated();
    subscription = onDidPrepare(({ uri, report }) => events.push({ path: uri.fsPath, report }));
  });
  afterEach('stop listening', () => subscription?.dispose());
  const of = (blob: string) => events.filter(({ path }) => path === blob).map(({ report }) => report);
  return {
    of,
    wait: async (blob, isWanted = () => true) => {
      const find = () => of(blob).find(isWanted);
      const report = await until(`a report of ${blob}`, find, (found) => found !== undefined);
      return report as Report;
    },
  };
}
