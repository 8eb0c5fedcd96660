/** Waits with an end. Every wait in this project has a deadline or a signal, most have both. */

export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
  constructor(readonly afterMs: number) {
    super(`no answer within ${afterMs} ms`);
  }
}

/** The maximum delay of `setTimeout`. Larger delays fire after 1 ms. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** Resolves after `ms`, or rejects with the signal's reason. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      },
      Math.min(ms, MAX_TIMER_MS),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * Races `work` against a deadline and a signal. Rejects with `DeadlineExceeded` or the signal's reason. Does not stop
 * the work.
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, signal?: AbortSignal): Promise<T> {
  const stop = new AbortController();
  const ends = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const deadline = sleep(ms, ends).then(() => {
    throw new DeadlineExceeded(ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    stop.abort();
    deadline.catch(() => {});
    work.catch(() => {});
  }
}
