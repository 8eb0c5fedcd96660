/** Opens files that this program expects in a folder of its own, where a worker or another program may have put anything. */
import { closeSync, constants, fstatSync, lstatSync, openSync, read, readFileSync, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import { formatBytes } from './units.ts';

/** Something else than the expected file is in its place. The message is one clause. */
export class NotOurFile extends Error {
  override readonly name = 'NotOurFile';
}

interface OwnFile {
  /** The caller must close it. */
  readonly fd: number;
  readonly bytes: number;
}

/** The file is larger than anything that this program writes. */
const MAX_CACHE_FILE_BYTES = 256 * 1024 * 1024;

const readInThreadPool = promisify(read);

/**
 * Opens a regular file of a sane size, never a FIFO, a device or the target of a link. Opening a regular file does not wait,
 * so it is synchronous. Throws `NotOurFile` or the system's error.
 * @param what the subject of the error message
 */
export function openOwnFile(path: string, what: string, maxBytes: number): OwnFile {
  // Before opening, because opening a device can have side effects.
  checkFile(lstatSync(path), what, maxBytes);
  // A FIFO or a link may have replaced the file since. Windows has neither flag.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const fd = openSync(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  try {
    const stats = fstatSync(fd);
    checkFile(stats, what, maxBytes);
    return { fd, bytes: stats.size };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Reads a file of the cache folder. Rejects with `NotOurFile` or the system's error. */
export async function readOwnFile(path: string, maxBytes: number = MAX_CACHE_FILE_BYTES): Promise<Buffer> {
  const { fd, bytes } = openOwnFile(path, 'the file', maxBytes);
  try {
    const content = Buffer.allocUnsafe(bytes);
    let length = 0;
    while (length < bytes) {
      const { bytesRead } = await readInThreadPool(fd, content, length, bytes - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return content.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}

/** Reads a small file of the cache folder. Throws `NotOurFile` or the system's error. */
export function readOwnFileSync(path: string): Buffer {
  const { fd } = openOwnFile(path, 'the file', MAX_CACHE_FILE_BYTES);
  try {
    return readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}

function checkFile(stats: Stats, what: string, maxBytes: number): void {
  if (!stats.isFile()) throw new NotOurFile(`${what} is ${kindOf(stats)} instead of a file`);
  // Its other name may be a file of the user.
  if (stats.nlink > 1) throw new NotOurFile(`${what} is a hard link to another file`);
  if (stats.size > maxBytes) {
    throw new NotOurFile(`${what} has ${formatBytes(stats.size)}, more than the maximum of ${formatBytes(maxBytes)}`);
  }
}

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a symbolic link';
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}
