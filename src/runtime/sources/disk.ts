/** Disk access of a search. Reads are bounded and never wait for FIFOs. An unreadable folder does not end the search. */
import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { errorMessage } from '../../base/errors.ts';
import { openRegularFile } from '../../base/open-regular-file.ts';
import type { ReadPart } from '../runtime-marks.ts';

export interface DiskProblem {
  readonly path: string;
  readonly message: string;
}

/** Larger text files are ignored. */
const MAX_TEXT_BYTES = 1024 * 1024;
/** Not problems. */
const ABSENT: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR']);

/** All methods return `undefined` on errors, and throw nothing but the signal's reason. */
export class Disk {
  readonly #problems = new Map<string, DiskProblem>();
  #listed = 0;

  constructor(private readonly signal?: AbortSignal) {}

  /** The number of folders that were listed, including absent ones. */
  get listed(): number {
    return this.#listed;
  }

  /** At most one per path. Absent paths are not listed. */
  get problems(): readonly DiskProblem[] {
    return [...this.#problems.values()];
  }

  /** Entries of a folder, sorted by name. Follows a link to a folder. */
  async list(folder: string): Promise<readonly Dirent[] | undefined> {
    this.#listed += 1;
    const entries = await this.#attempt(folder, () => readdir(folder, { withFileTypes: true }));
    return entries?.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  stat(path: string): Promise<BigIntStats | undefined> {
    return this.#attempt(path, () => stat(path, { bigint: true }));
  }

  /** The path without links. */
  realPath(path: string): Promise<string | undefined> {
    return this.#attempt(path, () => realpath(path));
  }

  /** The first bytes of a regular file. */
  head(path: string, bytes: number): Promise<Uint8Array | undefined> {
    return this.#attempt(path, () => readHead(path, bytes));
  }

  /** Calls `use` with a function that reads parts of a regular file. */
  parts<T>(path: string, use: (read: ReadPart, size: number) => Promise<T>): Promise<T | undefined> {
    return this.#attempt(path, () => readParts(path, use));
  }

  /** The text of a regular file of at most 1 MiB. */
  async text(path: string): Promise<string | undefined> {
    const content = await this.head(path, MAX_TEXT_BYTES + 1);
    return content && content.length <= MAX_TEXT_BYTES ? new TextDecoder().decode(content) : undefined;
  }

  async #attempt<T>(path: string, action: () => Promise<T>): Promise<T | undefined> {
    this.signal?.throwIfAborted();
    try {
      return await action();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (!ABSENT.has(code)) this.#problems.set(path, { path, message: errorMessage(error) });
      return undefined;
    } finally {
      this.signal?.throwIfAborted();
    }
  }
}

function readHead(path: string, bytes: number): Promise<Uint8Array> {
  return readParts(path, (read) => read(0, bytes));
}

async function readParts<T>(path: string, use: (read: ReadPart, size: number) => Promise<T>): Promise<T> {
  const opened = await openRegularFile(path, requireFile);
  await using handle = opened.handle;
  const size = Number(opened.stats.size);
  const read: ReadPart = async (at, bytes) => {
    const part = Buffer.alloc(Math.max(0, Math.min(bytes, size - at)));
    const { buffer, bytesRead } = await handle.read(part, 0, undefined, at);
    return buffer.subarray(0, bytesRead);
  };
  // Without `await`, the file would be closed first.
  return await use(read, size);
}

function requireFile(stats: BigIntStats): void {
  if (!stats.isFile()) throw new Error('not a regular file');
}
