import { createHash } from 'node:crypto';
import { outcomeKinds } from '../../model/outcome-table.ts';
import type { Report } from '../../model/report.ts';

/** A report is some 5 kB; nobody has more runtimes than this in work. */
const MOST = 64;

/** The reports of this session, by all that could change them. */
export class Answers {
  readonly #reports = new Map<string, Report>();

  find(key: string): Report | undefined {
    const report = this.#reports.get(key);
    if (report === undefined) return undefined;
    this.#reports.delete(key);
    this.#reports.set(key, report);
    return report;
  }

  keep(key: string, report: Report): void {
    this.#reports.set(key, report);
    for (const oldest of this.#reports.keys()) {
      if (this.#reports.size <= MOST) return;
      this.#reports.delete(oldest);
    }
  }
}

/** @param parts all that could change the report; `bigint`s are understood */
export function answerKey(...parts: readonly unknown[]): string {
  const text = JSON.stringify(parts, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  return createHash('sha256').update(text).digest('hex');
}

/** Would the same bytes have the same report again? What failed on our side may go better next time. */
export function isLasting({ outcome, verdict }: Report): boolean {
  return outcome === undefined || (outcomeKinds[outcome.kind].cacheable && verdict.vote !== 'undecided');
}
