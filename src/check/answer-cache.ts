import { LruMap } from '../base/lru.ts';
import { outcomeKinds } from '../model/outcome-table.ts';
import type { Report } from '../model/report.ts';

/** A report has some 5 kB, and no workspace has more runtimes in work than this. */
const MAX_REPORTS = 64;

/** The reports of a session, each under a key of everything that could change it. */
export class AnswerCache {
  readonly #reports = new LruMap<string, Report>(MAX_REPORTS);

  find(key: string): Report | undefined {
    return this.#reports.get(key);
  }

  /** Keeps the report, unless the same question may have another answer next time. */
  addIfRepeatable(key: string, report: Report): void {
    if (isRepeatable(report)) this.#reports.set(key, report);
  }
}

/** Would the same bytes have the same report again? A failure of our own side may go away by itself. */
export function isRepeatable({ outcome, verdict }: Report): boolean {
  return outcome === undefined || (outcomeKinds[outcome.kind].cacheable && verdict.vote !== 'undecided');
}
