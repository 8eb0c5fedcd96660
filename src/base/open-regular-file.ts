import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

interface OpenedFile {
  /** The caller must close it. */
  readonly handle: FileHandle;
  readonly stats: BigIntStats;
}

/**
 * Opens a path that may be any kind of file. Never waits for a FIFO and never opens a device.
 * @param accept throws when the file must not be read; it must reject everything but regular files
 * @throws the error of `accept`, or the system's error
 */
export async function openRegularFile(path: string, accept: (stats: BigIntStats) => void): Promise<OpenedFile> {
  // Check before opening, because opening a device can have side effects.
  accept(await stat(path, { bigint: true }));
  // O_NONBLOCK (absent on Windows), because a FIFO may have replaced the file since the check.
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
