import { type Event, EventEmitter, type Uri } from 'vscode';
import type { Report } from '../check/report.ts';
import type { Services } from './services.ts';

/** What other extensions get. `media/api.d.ts` says the same for them. */
export interface PvfApi {
  readonly version: string;
  /**
   * Prepares the runtime blob in a file. Resolves with the report of any verdict; rejects when there is none, since the file
   * can't be read or the job was cancelled.
   */
  prepare(uri: Uri, options?: { readonly signal?: AbortSignal }): Promise<Report>;
  /** Fires after each preparation, whatever started it. */
  readonly onDidPrepare: Event<{ readonly uri: Uri; readonly report: Report }>;
}

export function createApi(services: Services, version: string, fileUri: (path: string) => Uri): PvfApi {
  const { context, runtimes, checks } = services;
  const prepared = new EventEmitter<{ uri: Uri; report: Report }>();
  const told = new WeakSet<Report>();
  const subscription = checks.onDidChange(({ runtime, state: { report, isCurrent, activity } }) => {
    if (report?.outcome === undefined || !isCurrent || activity.kind === 'running' || told.has(report)) return;
    told.add(report);
    prepared.fire({ uri: fileUri(runtime.blob.path), report });
  });
  context.subscriptions.push(prepared, subscription);
  return {
    version,
    onDidPrepare: prepared.event,
    async prepare(uri, { signal } = {}) {
      const runtime = runtimes.all.find(({ blob }) => blob.path === uri.fsPath) ?? (await runtimes.pick(uri.fsPath));
      const { report, problem } = await checks.prepare(runtime, { reason: 'api', ...(signal && { signal }) });
      signal?.throwIfAborted();
      if (problem !== undefined || report === undefined) throw new Error(problem?.message ?? 'no report was made');
      return report;
    },
  };
}
