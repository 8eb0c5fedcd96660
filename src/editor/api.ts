import { type Event, EventEmitter, type Uri } from 'vscode';
import type { Report } from '../model/report.ts';
import type { Services } from './services.ts';

/** What other extensions get. `media/api.d.ts` says the same for them. */
export interface PvfApi {
  readonly version: string;
  /**
   * Prepares the runtime blob in a file. Resolves with the report of any verdict; rejects when there is none, since the file
   * can't be read or the job was cancelled.
   */
  prepare(uri: Uri, options?: { readonly signal?: AbortSignal }): Promise<Report>;
  /** Fires after each preparation, whatever started it, also where the blob had not changed and its report was known. */
  readonly onDidPrepare: Event<{ readonly uri: Uri; readonly report: Report }>;
}

export function createApi(services: Services, version: string, fileUri: (path: string) => Uri): PvfApi {
  const { context, runtimes, checks } = services;
  const prepared = new EventEmitter<{ uri: Uri; report: Report }>();
  const subscription = checks.onDidFinish(({ runtime, state: { report, problem } }) => {
    if (problem !== undefined || report?.outcome === undefined) return;
    prepared.fire({ uri: fileUri(runtime.blob.path), report });
  });
  context.subscriptions.push(prepared, subscription);
  return {
    version,
    onDidPrepare: prepared.event,
    async prepare(uri, { signal } = {}) {
      const runtime = runtimes.all.find(({ blob }) => blob.path === uri.fsPath) ?? (await runtimes.pick(uri.fsPath));
      const end = await checks.check('prepare', runtime, { reason: 'api', ...(signal && { signal }) });
      signal?.throwIfAborted();
      if (end.kind === 'cancelled') throw new Error(cancelMessages[end.why]);
      const { report, problem } = end.state;
      if (problem !== undefined || report === undefined) throw new Error(problem?.message ?? 'no report was made');
      return report;
    },
  };
}

const cancelMessages = { user: 'the preparation was cancelled', removed: 'the blob was deleted while it was prepared' };
