/** Disk access of a search. Reads are bounded and never wait for FIFOs. An unreadable folder does not end the search. */
import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { errorMessage } from '../../base/errors.ts';
import { openRegularFile } from '../../base/open-regular-file.ts';

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

  constructor(private readonly signal?: AbortSignal) {}

  /** At most one per path. Absent paths are not listed. */
  get problems(): readonly DiskProblem[] {
    return [...this.#problems.values()];
  }

  /** Entries of a folder, sorted by name. Follows a link to a folder. */
  async list(folder: string): Promise<readonly Dirent[] | undefined> {
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

async function readHead(path: string, bytes: number): Promise<Uint8Array | undefined> {
  const opened = await openRegularFile(path, requireFile);
  await using handle = opened.handle;
  const head = Buffer.alloc(Math.min(bytes, Number(opened.stats.size)));
  const { buffer, bytesRead } = await handle.read(head, 0, undefined, 0);
  return buffer.subarray(0, bytesRead);
}

function requireFile(stats: BigIntStats): void {
  if (!stats.isFile()) throw new Error('not a regular file');
}
