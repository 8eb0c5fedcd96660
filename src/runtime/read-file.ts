/** Reads any path safely: never waits for a FIFO or a device, never exceeds a size limit, never returns a partial file. */
import type { BigIntStats } from 'node:fs';
import { type FileHandle, stat } from 'node:fs/promises';
import { sleep } from '../base/deadline.ts';
import { type FileState, sameState, stateFrom } from '../base/file-state.ts';
import { openRegularFile } from '../base/open-regular-file.ts';
import { formatBytes, formatBytesExactly } from '../base/units.ts';
import { InputError, type InputFault } from './input-error.ts';

/** Also the limit for what a file unpacks to. */
export const DEFAULT_MAX_FILE_BYTES = 256 * 1024 * 1024;

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Larger files are rejected. Default: 256 MiB. */
  readonly maxFileBytes?: number;
}

interface FileContent {
  readonly bytes: Uint8Array;
  /** The file's state when it was read. */
  readonly state: FileState;
}

/** Pauses before each retry when the file changed during the read. */
const RETRY_AFTER_MS = [50, 200];
const CHUNK_BYTES = 8 * 1024 * 1024;

/** Throws an `InputError`, or the signal's reason. */
export async function readFileSafely(path: string, options: ReadOptions = {}): Promise<FileContent> {
  for (const pause of RETRY_AFTER_MS) {
    const content = await readOnce(path, options);
    if (content) return content;
    await sleep(pause, options.signal);
  }
  const content = await readOnce(path, options);
  if (content) return content;
  throw new InputError(path, {
    id: 'changed-while-reading',
    cause: 'the file kept changing while it was read',
    remedy: 'Wait until the build that writes it has finished, then try again.',
  });
}

/** Returns the state of a file that must exist. Throws an `InputError`. */
export async function inputState(path: string): Promise<FileState> {
  return stateFrom(await withInputErrors(path, () => stat(path, { bigint: true })));
}

/** Returns undefined when the file changed during the read. */
async function readOnce(path: string, options: ReadOptions): Promise<FileContent | undefined> {
  options.signal?.throwIfAborted();
  const limit = options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES;
  const opened = await withInputErrors(path, () => openRegularFile(path, (stats) => requireFile(path, stats, limit)));
  await using handle = opened.handle;
  const bytes = await withInputErrors(path, () => readAll(handle, Number(opened.stats.size), options.signal));
  const state = stateFrom(await handle.stat({ bigint: true }));
  const isUnchanged = sameState(stateFrom(opened.stats), state) && bytes?.length === state.bytes;
  return isUnchanged ? { bytes, state } : undefined;
}

/** Returns undefined unless the file has exactly `size` bytes. */
async function readAll(handle: FileHandle, size: number, signal?: AbortSignal): Promise<Uint8Array | undefined> {
  // One more byte, to detect that the file has grown.
  const buffer = new Uint8Array(size + 1);
  let at = 0;
  while (at < buffer.length) {
    signal?.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, at, Math.min(CHUNK_BYTES, buffer.length - at), at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return at === size ? buffer.subarray(0, size) : undefined;
}

function requireFile(path: string, stats: BigIntStats, limit: number): void {
  const fault = faultOf(stats, limit);
  if (fault) throw new InputError(path, fault);
}

function faultOf(stats: BigIntStats, limit: number): InputFault | undefined {
  if (stats.isDirectory()) {
    return { id: 'directory', cause: 'this is a directory', remedy: 'Give the path of the runtime blob in it.' };
  }
  if (!stats.isFile()) {
    return {
      id: 'not-a-file',
      cause: `this is ${kindOf(stats)}, not a file`,
      remedy: 'Save the runtime blob in a file.',
    };
  }
  if (stats.size === 0n) {
    return {
      id: 'empty',
      cause: 'the file is empty',
      remedy: 'Build the runtime again. The last build may have been interrupted.',
    };
  }
  if (stats.size <= limit) return undefined;
  const size = formatBytesExactly(Number(stats.size));
  return {
    id: 'too-large',
    cause: `the file has ${size}, more than the maximum of ${formatBytes(limit)}`,
    remedy: 'Give the path of a runtime blob. The largest ones in use have a few MiB.',
  };
}

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

async function withInputErrors<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asInputError(path, error);
  }
}

function asInputError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  return new InputError(path, systemFault(error.code));
}

function systemFault(code: unknown): InputFault {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        id: 'missing',
        cause: 'the file does not exist',
        remedy: 'Check the path, or build the runtime first.',
      };
    case 'EACCES':
    case 'EPERM':
      return {
        id: 'unreadable',
        cause: 'permission to read it is denied',
        remedy: 'Grant yourself read permission.',
      };
    case 'ELOOP':
      return {
        id: 'unreadable',
        cause: 'its symbolic links form a loop',
        remedy: 'Give the path of the file itself.',
      };
    default:
      return { id: 'unreadable', cause: `it cannot be read (${code})`, remedy: 'Check the path and the disk.' };
  }
}
