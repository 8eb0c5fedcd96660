import { copyOf } from '../base/bytes.ts';
import { omitUndefined } from '../base/omit-undefined.ts';
import { startThread } from '../base/thread.ts';
import type { FunctionCosts } from '../wasm/function-costs.ts';
import type { RuntimeFacts } from './inspect.ts';
import type { SizesRequest } from './sizes/read-sizes.ts';

/** The `workerData` of the thread. */
export interface InspectRequest {
  readonly stored: Uint8Array<ArrayBuffer>;
  readonly bombLimit: number;
  readonly sizes?: SizesRequest;
  readonly costs?: FunctionCosts;
}

/** The thread itself failed (out of memory, a defect of this tool). This says nothing about the blob. */
export class InspectThreadError extends Error {
  override readonly name = 'InspectThreadError';
}

/** Symbols and tree nodes are short-lived or all live at once, so that small young generations cost time. */
const YOUNG_GENERATION_MB = 64;

interface InspectOptions {
  /** Terminates the thread immediately. */
  readonly signal?: AbortSignal;
  /** Absent: the facts have no sizes. */
  readonly sizes?: SizesRequest;
  /** Of the preparation of this blob. The facts have their summary. */
  readonly costs?: FunctionCosts;
}

/** `inspectInThread` or a substitute. Never fails because of the blob. @param bombLimit bytes after decompression */
export type InspectBlob = (stored: Uint8Array, bombLimit: number, options?: InspectOptions) => Promise<RuntimeFacts>;

/**
 * Runs `inspect` in another thread, so that the caller's thread stays responsive. Copies `stored`. Rejects with an
 * `InspectThreadError` or the signal's reason.
 */
export async function inspectInThread(
  stored: Uint8Array,
  bombLimit: number,
  { signal, sizes, costs }: InspectOptions = {},
): Promise<RuntimeFacts> {
  signal?.throwIfAborted();
  const request: InspectRequest = { stored: copyOf(stored), bombLimit, ...omitUndefined({ sizes, costs }) };
  const thread = startThread('inspect-thread', {
    workerData: request,
    transferList: [request.stored.buffer],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const ended = new AbortController();
  try {
    return await new Promise<RuntimeFacts>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', (cause) => reject(new InspectThreadError(`the thread failed: ${cause.message}`, { cause })));
      thread.once('exit', (code) =>
        reject(new InspectThreadError(`the thread exited with code ${code} and without a result`)),
      );
      const options = { once: true, signal: ended.signal };
      signal?.addEventListener('abort', () => reject(signal.reason), options);
    });
  } finally {
    ended.abort();
    await thread.terminate();
  }
}
