import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

export interface OpenedFile {
  /** The caller closes it. */
  readonly handle: FileHandle;
  /** Of the opened file. */
  readonly stats: BigIntStats;
}

/**
 * Opens a file for reading that may be anything: never waits for a FIFO and never opens a device.
 * @param accept throws when the file is not one to read; it must refuse everything but regular files
 * @throws what `accept` throws, or the system's error
 */
export async function openRegularFile(path: string, accept: (stats: BigIntStats) => void): Promise<OpenedFile> {
  // Checked before opening, because opening a device can have effects of its own.
  accept(await stat(path, { bigint: true }));
  // O_NONBLOCK (absent on Windows): a FIFO may have replaced the file meanwhile.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat({ bigint: true });
    accept(stats);
    return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
