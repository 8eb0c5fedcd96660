import { constants } from 'node:fs';
import { copyFile, mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../base/atomic-file.ts';
import { errorMessage } from '../base/errors.ts';
import { UsageError } from './exit-code.ts';

/**
 * Writes text to a file that an option names. Replaces a regular file in one step. Writes directly to a pipe or a device,
 * which a file must not replace. Rejects with `UsageError`.
 */
export async function writeNamed(option: string, target: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(target)), { recursive: true });
    const found = await stat(target).catch(() => undefined);
    if (found && !found.isFile()) return await writeFile(target, text);
    // Writes the file behind a link, not the link.
    await writeAtomically(found ? await realpath(target) : target, text, 0o644);
  } catch (error) {
    throw new UsageError(`${option} ${target}: it can't be written: ${errorMessage(error)}.`);
  }
}

/** Copies a file. Never overwrites one. Rejects with `UsageError`. */
export async function copyNamed(option: string, source: string, target: string): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(target)), { recursive: true });
    await copyFile(source, target, constants.COPYFILE_EXCL);
  } catch (error) {
    throw new UsageError(`${option} ${target}: it can't be written: ${errorMessage(error)}.`);
  }
}
