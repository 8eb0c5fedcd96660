import type { Sizes } from '../model/size-tree.ts';

/**
 * SEAM: the branch `sizes` computes the tree. Replace the body with its call, as an inspection does: decompressed and read
 * in the inspection's thread, bounded in time and memory.
 * @param path as for `readRuntime`
 */
export async function sizesOfFile(path: string, signal: AbortSignal): Promise<Sizes> {
  signal.throwIfAborted();
  throw new Error(`the sizes of ${path} can not be computed yet`);
}
