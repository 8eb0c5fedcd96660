import type { Report } from '../model/report.ts';

/** A report has some 5 kB, and no workspace has more runtimes in work than this. */
const MAX_REPORTS = 64;

/** The reports of a session, each under a key of everything that could change it. Drops the least recently used. */
export class AnswerCache {
  readonly #reports = new Map<string, Report>();

  find(key: string): Report | undefined {
    const report = this.#reports.get(key);
    if (report !== undefined) this.#add(key, report);
    return report;
  }

  /** Keeps the report, unless the same question may have another answer next time. */
  addIfRepeatable(key: string, report: Report): void {
    if (isRepeatable(report)) this.#add(key, report);
  }

  #add(key: string, report: Report): void {
    // A Map iterates in insertion order, so the most recently used comes last.
    this.#reports.delete(key);
    this.#reports.set(key, report);
    for (const oldest of this.#reports.keys()) {
      if (this.#reports.size <= MAX_REPORTS) return;
      this.#reports.delete(oldest);
    }
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
