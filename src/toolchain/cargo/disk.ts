import { access, constants, readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';

/** The folder itself if it exists, otherwise the nearest folder above it that does. */
export async function nearestFolder(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  const parent = path.dirname(folder);
  return found?.isDirectory() || parent === folder ? folder : nearestFolder(parent);
}

/** The system's message; undefined when the folder can be written. */
export async function whyNotWritable(folder: string): Promise<string | undefined> {
  return access(folder, constants.W_OK).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/** The bytes that this user may still write to the folder's file system; undefined when the system does not say. */
export async function freeBytesOf(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

/** The size of all files in a folder and below it; 0 for a missing folder. */
export async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = entries.map((entry) => {
    const at = path.join(folder, entry.name);
    return entry.isDirectory()
      ? bytesBelow(at)
      : stat(at).then(
          ({ size }) => size,
          () => 0,
        );
  });
  return (await Promise.all(sizes)).reduce((total, size) => total + size, 0);
}
