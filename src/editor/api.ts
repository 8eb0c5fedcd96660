import { type Event, EventEmitter, Uri } from 'vscode';
import type { Report } from '../model/report.ts';
import type { Services } from './services.ts';

/** The API for other extensions. `media/api.d.ts` has the same types. */
export interface PvfApi {
  readonly version: string;
  /**
   * Prepares the runtime blob in a file. Resolves with a report whatever the verdict. Rejects if the file can't be read or
   * the preparation is cancelled.
   */
  prepare(uri: Uri, options?: { readonly signal?: AbortSignal }): Promise<Report>;
  /** Fires after each preparation, whatever started it, and also if the report of an unchanged blob was cached. */
  readonly onDidPrepare: Event<{ readonly uri: Uri; readonly report: Report }>;
}

export function createApi({ context, runtimes, checks }: Services): PvfApi {
  const { version } = context.extension.packageJSON as { readonly version: string };
  const prepared = new EventEmitter<{ uri: Uri; report: Report }>();
  const subscription = checks.onDidFinish(({ runtime, state: { report, problem } }) => {
    if (problem !== undefined || report?.outcome === undefined) return;
    prepared.fire({ uri: Uri.file(runtime.blob.path), report });
  });
  context.subscriptions.push(prepared, subscription);
  return {
    version,
    onDidPrepare: prepared.event,
    async prepare(uri, { signal } = {}) {
      const { fsPath } = uri;
      const known = runtimes.all.find(
        ({ blob, substituteBlock }) => blob.path === fsPath && substituteBlock === undefined,
      );
      const runtime = known ?? (await runtimes.pick(fsPath));
      const end = await checks.check('prepare', runtime, { reason: 'api', ...(signal && { signal }) });
      signal?.throwIfAborted();
      if (end.kind === 'cancelled') throw new Error(cancelMessages[end.why]);
      const { report, problem } = end.state;
      if (problem !== undefined || report === undefined)
        throw new Error(`${runtime.blob.path}: ${problem?.message ?? 'no report was made'}`);
      return report;
    },
  };
}

const cancelMessages = {
  user: 'the preparation was cancelled',
  removed: 'the blob was deleted during the preparation',
};
