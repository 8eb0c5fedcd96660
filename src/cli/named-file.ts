import { constants } from 'node:fs';
import { copyFile, mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../base/atomic-file.ts';
import { errorMessage } from '../base/errors.ts';
import { UsageError } from './exit-code.ts';

/**
 * Writes text to a file that an option names: in one step where a file is there or shall be, straight into it where it
 * is a pipe or a device, which a file must not take the place of. Rejects with `UsageError`.
 */
export async function writeNamed(option: string, target: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(target)), { recursive: true });
    const found = await stat(target).catch(() => undefined);
    if (found && !found.isFile()) return await writeFile(target, text);
    // The file behind a link, not the link, is what is written.
    await writeAtomically(found ? await realpath(target) : target, text, 0o644);
  } catch (error) {
    throw new UsageError(`${option} ${target}: it can't be written: ${errorMessage(error)}.`);
  }
}

/** Copies a file, never over one that is there. Rejects with `UsageError`. */
export async function copyNamed(option: string, source: string, target: string): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(target)), { recursive: true });
    await copyFile(source, target, constants.COPYFILE_EXCL);
  } catch (error) {
    throw new UsageError(`${option} ${target}: it can't be written: ${errorMessage(error)}.`);
  }
}
