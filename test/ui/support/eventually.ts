import { sleep } from '../../../src/base/deadline.ts';

/** Polls for a wanted value and returns it. The error after a time-out contains the last value. */
export async function eventually<T>(
  what: string,
  read: () => Promise<T> | T,
  isWanted: (value: T) => boolean,
  ms = 30_000,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await read();
    if (isWanted(value)) return value;
    if (performance.now() > end) throw new Error(`timed out: ${what}; last value: ${JSON.stringify(value)}`);
    await sleep(50);
  }
}
