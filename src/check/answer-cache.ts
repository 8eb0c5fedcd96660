import { LruMap } from '../base/lru.ts';
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

/** A failure of our own side, and a wall-clock timeout, may go away by themselves. */
export function isRepeatable({ outcome }: Report): boolean {
  switch (outcome?.kind) {
    case undefined:
    case 'concluded':
    case 'out-of-memory':
      return outcome?.error?.variant !== 'IoErr' && outcome?.error?.variant !== 'Kernel';
    default:
      return false;
  }
}
