import { startThread } from '../base/thread.ts';
import type { RuntimeFacts } from './inspect.ts';

/** What the thread is given. */
export interface InspectRequest {
  readonly stored: Uint8Array<ArrayBuffer>;
  readonly bombLimit: number;
}

/** The thread itself broke down (out of memory, a defect of ours); it says nothing about the blob. */
export class InspectThreadError extends Error {
  override readonly name = 'InspectThreadError';
}

export interface InspectOptions {
  /** Ends the thread at once. */
  readonly signal?: AbortSignal;
}

/** `inspectInThread`, or what stands in for it. Never fails because of the blob. @param bombLimit bytes after decompression */
export type InspectBlob = (stored: Uint8Array, bombLimit: number, options?: InspectOptions) => Promise<RuntimeFacts>;

/**
 * The same as `inspect`, in a thread of its own, so that the caller's stays free. `stored` remains the caller's.
 * Rejects with an `InspectThreadError` or the signal's reason.
 */
export async function inspectInThread(
  stored: Uint8Array,
  bombLimit: number,
  { signal }: InspectOptions = {},
): Promise<RuntimeFacts> {
  signal?.throwIfAborted();
  const request: InspectRequest = { stored: stored.slice(), bombLimit };
  const thread = startThread('inspect-thread', { workerData: request, transferList: [request.stored.buffer] });
  const ended = new AbortController();
  try {
    return await new Promise<RuntimeFacts>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', (cause) => reject(new InspectThreadError(`the thread failed: ${cause.message}`, { cause })));
      thread.once('exit', (code) =>
        reject(new InspectThreadError(`the thread ended with code ${code}, without an answer`)),
      );
      const options = { once: true, signal: ended.signal };
      signal?.addEventListener('abort', () => reject(signal.reason), options);
    });
  } finally {
    ended.abort();
    await thread.terminate();
  }
}
