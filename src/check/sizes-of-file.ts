import type { Sizes } from '../model/size-tree.ts';
import { readRuntime } from '../runtime/blob.ts';
import type { InspectBlob } from '../runtime/inspect-in-thread.ts';
import { DISPLAY_BOMB_LIMIT } from './spec-codes.ts';

/**
 * The size tree down to the functions. Undefined when the module is damaged. Rejects with `InputError`, or the signal's
 * reason.
 * @param path as for `readRuntime`
 */
export async function sizesOfFile(path: string, inspect: InspectBlob, signal: AbortSignal): Promise<Sizes | undefined> {
  const { stored } = await readRuntime(path, { signal });
  return (await inspect(stored, DISPLAY_BOMB_LIMIT, { signal, sizes: { depth: 'functions' } })).sizes;
}
