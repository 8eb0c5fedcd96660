import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const TEMPORARY = '.tmp';

/**
 * Replaces a file in one step: readers see the old content or the new, never a part. On failure it rejects with the
 * system's error, keeps the old file and removes the temporary one.
 * @param content text, bytes, or bytes in several pieces
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array | readonly Uint8Array[],
  mode = 0o600,
): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}${TEMPORARY}`);
  try {
    await writeFile(temporary, content, { mode, flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether this is the name of a temporary file of `writeAtomically`, which a killed process may leave behind. */
export function isTemporaryFile(name: string): boolean {
  return name.endsWith(TEMPORARY);
}
