import { mkdir, open, realpath, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../base/atomic-file.ts';
import { errorMessage } from '../base/errors.ts';
import { NotOurFile } from '../base/own-file.ts';
import { MachineError } from '../check/session.ts';
import { ArtifactFile } from '../worker/artifacts/artifact-file.ts';
import { UsageError } from './exit-code.ts';

/**
 * Writes text to a file that an option names. Replaces a regular file in one step. Writes directly to a pipe or a device,
 * which a file must not replace. Rejects with `UsageError` or `MachineError`.
 */
export async function writeNamed(option: string, target: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(target)), { recursive: true });
    const found = await stat(target).catch(() => undefined);
    if (found && !found.isFile()) return await writeFile(target, text);
    // Writes the file behind a link, not the link.
    await writeAtomically(found ? await realpath(target) : target, text, 0o644);
  } catch (error) {
    throw writeError(option, target, error);
  }
}

/** Copies an artifact. Never overwrites a file. Rejects with `UsageError` or `MachineError`. */
export async function copyNamed(option: string, source: string, target: string): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(target)), { recursive: true });
    using artifact = ArtifactFile.open(source);
    // Fails when there is a file, a link or anything else.
    await using copy = await open(target, 'wx');
    try {
      for await (const piece of artifact.pieces()) await copy.writeFile(piece);
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
  } catch (error) {
    throw writeError(option, target, error);
  }
}

/** Faults of the disk or of this machine. With any other error the user named a file that can't be written. */
const machineCodes: readonly (string | undefined)[] = ['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM'];

function writeError(option: string, target: string, error: unknown): UsageError | MachineError {
  const isOfMachine = error instanceof NotOurFile || machineCodes.includes((error as NodeJS.ErrnoException).code);
  const message = `${option} ${target}: it can't be written: ${errorMessage(error)}`;
  return isOfMachine
    ? new MachineError(message, 'Free some space or name a file on another disk, then try again.', { cause: error })
    : new UsageError(`${message}.`);
}
