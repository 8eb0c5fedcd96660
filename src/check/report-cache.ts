import { cacheKey } from '../base/cache-key.ts';
import { LruMap } from '../base/lru.ts';
import { outcomeKinds } from '../model/outcome-table.ts';
import type { Report } from '../model/report.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import type { CheckPlan } from './check-plan.ts';
import type { WorkerChoice } from './workers.ts';

/** A report has about 50 kB, and no workspace has more runtimes in use than this. */
const MAX_REPORTS = 64;

/** The reports of a session, each under its `reportKey`. */
export class ReportCache {
  readonly #reports = new LruMap<string, Report>(MAX_REPORTS);

  /** Is there a report of a preparation of this code, whatever its settings were? */
  hasPrepared({ codeHash }: Pick<RuntimeBlob, 'codeHash'>): boolean {
    return [...this.#reports].some(
      ([, { runtime, outcome }]) => runtime.codeHash === codeHash && outcome !== undefined,
    );
  }

  find(key: string): Report | undefined {
    return this.#reports.get(key);
  }

  /** Stores the report, unless another check of the same blob may have a different result. */
  add(key: string, report: Report): void {
    if (isCacheable(report)) this.#reports.set(key, report);
  }
}

/** Would the same bytes get the same report again? A failure of this machine may go away. */
export function isCacheable({ outcome, vote, limits }: Report): boolean {
  if (outcome === undefined) return true;
  const votes = [vote, ...(limits.pending ?? []).map((pending) => pending.vote)];
  return outcomeKinds[outcome.kind].cacheable && !votes.includes('undecided');
}

/** A key of everything that can change the report. */
export function reportKey({ path, container, codeAt, codeHash }: RuntimeBlob, plan: CheckPlan): string {
  const { kind, prepTimeoutMs, memoryLimit, sizes } = plan.settings;
  const blob = [path, container, codeAt, codeHash];
  const job = [plan.kind, kind, prepTimeoutMs, memoryLimit, sizes];
  const { baseline, ...inputs } = plan.inputs;
  // The metadata of the baseline follows from its code.
  const comparedWith = baseline && [baseline.is, baseline.runtime, baseline.stats];
  return cacheKey(blob, job, inputs, comparedWith, plan.kind === 'prepare' ? workerKey(plan.choice) : undefined);
}

/** A key of the worker that a preparation uses. */
export function workerKey(choice: WorkerChoice): readonly unknown[] | undefined {
  if (choice.kind === 'none') return undefined;
  const { path, identity, program, revision } = choice.worker;
  return [path, choice.source, identity, program.leadingArgs, revision.id];
}
