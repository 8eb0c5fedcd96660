import { getSystemErrorName } from 'node:util';

/** The texts of glibc's `strerror`, which Rust prints. Node has only libuv's texts. */
const texts: Readonly<Record<string, string>> = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  EIO: 'Input/output error',
  EBADF: 'Bad file descriptor',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  ENFILE: 'Too many open files in system',
  EMFILE: 'Too many open files',
  ETXTBSY: 'Text file busy',
  EFBIG: 'File too large',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
  ENAMETOOLONG: 'File name too long',
  ELOOP: 'Too many levels of symbolic links',
  EDQUOT: 'Disk quota exceeded',
};

/** A system error as `std::io::Error` displays it: `No such file or directory (os error 2)`. */
export function rustIoError(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  if (typeof errno !== 'number') return message ?? String(error);
  const name = getSystemErrorName(errno);
  return `${texts[name] ?? name} (os error ${-errno})`;
}
