/** What a search asks of the disk: bounded reads, no waiting for FIFOs, and a folder that can't be read spoils only itself. */
import type { Dirent, Stats } from 'node:fs';
import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { errorMessage } from '../../base/errors.ts';

export interface DiskProblem {
  readonly path: string;
  readonly message: string;
}

/** A file that is about to be searched for text may have this many bytes. */
const MAX_TEXT_BYTES = 1024 * 1024;
/** Not there, or something else is: nothing to tell anybody. */
const ABSENT: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR']);

/** Every method gives `undefined` where it can't answer, and throws nothing but the signal's reason. */
export class Disk {
  readonly #problems = new Map<string, DiskProblem>();

  constructor(private readonly signal?: AbortSignal) {}

  /** One per path. A path that is simply absent is none. */
  get problems(): readonly DiskProblem[] {
    return [...this.#problems.values()];
  }

  /** Entries of a folder, sorted by name; a link to a folder is followed. */
  async list(folder: string): Promise<readonly Dirent[] | undefined> {
    const entries = await this.#attempt(folder, () => readdir(folder, { withFileTypes: true }));
    return entries?.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  stat(path: string): Promise<Stats | undefined> {
    return this.#attempt(path, () => stat(path));
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
  // Before opening: opening a device can have effects of its own, opening a FIFO waits.
  const { size } = await stat(path).then(requireFile);
  await using handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  requireFile(await handle.stat());
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(bytes, size)), 0, undefined, 0);
  return buffer.subarray(0, bytesRead);
}

function requireFile(stats: Stats): Stats {
  if (!stats.isFile()) throw new Error('this is no regular file');
  return stats;
}
