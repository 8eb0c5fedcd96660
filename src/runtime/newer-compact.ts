/** Compares a compressed blob with the compact file that wasm-builder makes it of. */
import { basename } from 'node:path';
import type { RuntimeBlob } from './blob.ts';
import { decompress } from './compression.ts';
import { InputError } from './input-error.ts';
import { inputState, type ReadOptions, readFileSafely } from './read-file.ts';

const COMPRESSED = /\.compact\.compressed\.wasm$/;

/**
 * The name of the compact file next to a compressed one, if it is newer and has other content. Undefined otherwise, and when
 * it can't be read. Reads the file only if it is newer and as large as the code.
 * @param rawBytes size of the code after decompression
 */
export async function newerCompact(
  { file, container, codeAt, stored, state }: RuntimeBlob,
  rawBytes: number | undefined,
  options: ReadOptions = {},
): Promise<string | undefined> {
  if (state === undefined || container !== 'compressed-wasm' || codeAt !== undefined || rawBytes === undefined) {
    return undefined;
  }
  if (!COMPRESSED.test(file)) return undefined;
  const compact = file.replace(COMPRESSED, '.compact.wasm');
  try {
    const { bytes, modifiedMs } = await inputState(compact);
    if (modifiedMs <= state.modifiedMs) return undefined;
    const isOther = bytes !== rawBytes || !(await isSameCode(compact, stored, rawBytes, options));
    return isOther ? basename(compact) : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

async function isSameCode(
  compact: string,
  stored: Uint8Array,
  rawBytes: number,
  options: ReadOptions,
): Promise<boolean> {
  const [{ bytes }, decompressed] = await Promise.all([readFileSafely(compact, options), decompress(stored, rawBytes)]);
  return decompressed.kind === 'ok' && Buffer.compare(bytes, decompressed.raw) === 0;
}
