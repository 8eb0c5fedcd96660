import { sleep } from '../../../src/base/deadline.ts';

/** Reads until it is as wanted, and returns that. Rejects with what was read last. */
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
    if (performance.now() > end) throw new Error(`waited in vain: ${what}; at last: ${JSON.stringify(value)}`);
    await sleep(50);
  }
}
