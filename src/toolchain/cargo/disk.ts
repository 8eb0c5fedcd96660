import { access, constants, readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';

/** Returns the folder if it exists, otherwise its nearest existing parent. */
export async function nearestFolder(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  const parent = path.dirname(folder);
  return found?.isDirectory() || parent === folder ? folder : nearestFolder(parent);
}

/** Returns the system's error message; undefined when the folder is writable. */
export function whyNotWritable(folder: string): Promise<string | undefined> {
  return access(folder, constants.W_OK).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/** The free bytes of the folder's file system for this user; undefined when the system can't report them. */
export async function freeBytesOf(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

/** The total size of all files in and below a folder; 0 for a missing folder. */
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
