import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isTemporaryFile, writeAtomically } from '../../base/atomic-file.ts';
import { errorMessage } from '../../base/errors.ts';
import { cachedFiles, deleteFiles, filesOverLimits, markUsed } from '../../base/file-cache.ts';
import type { Log } from '../../base/log.ts';
import { DamagedEntry, decodeEntry, digest, encodeEntry } from './entry.ts';
import type { FunctionStore } from './function-store.ts';

export interface FolderStoreOptions {
  readonly log: Log;
  /** Limit for all entries together. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 256 * 1024 * 1024;
/** A temporary file of this age belongs to a process that was killed. */
const STALE_MS = 60 * 60 * 1000;
const ENTRY = '.functions';

/** Stores a file for each runtime in one folder, which several processes may use at once. */
export class FolderStore implements FunctionStore {
  private saving: Promise<void> = Promise.resolve();
  private readonly log: Log;
  private readonly maxBytes: number;

  constructor(
    private readonly folder: string,
    { log, maxBytes = MAX_BYTES }: FolderStoreOptions,
  ) {
    this.log = log;
    this.maxBytes = maxBytes;
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    const path = this.pathOf(key);
    try {
      const functions = await decodeEntry(digest(key), await readFile(path));
      await markUsed(path);
      return functions;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      this.log.warn(`stored functions of ${path} are not used: ${errorMessage(error)}`);
      if (error instanceof DamagedEntry) await rm(path, { force: true }).catch(() => {});
      return undefined;
    }
  }

  save(key: string, functions: Uint8Array): void {
    this.saving = this.saving
      .then(() => this.write(key, functions))
      .catch((error: unknown) => this.log.warn(`functions were not stored in ${this.folder}: ${errorMessage(error)}`));
  }

  idle(): Promise<void> {
    return this.saving;
  }

  private async write(key: string, functions: Uint8Array): Promise<void> {
    const parts = await encodeEntry(digest(key), functions);
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    if (bytes > this.maxBytes) return;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeAtomically(this.pathOf(key), parts);
    await this.prune();
    this.log.debug(`stored ${functions.length} bytes of functions as ${bytes}`);
  }

  /** Deletes the entries that are over the limit, and what killed processes have left. */
  private async prune(): Promise<void> {
    const files = await cachedFiles(this.folder);
    const entries = files.filter(({ name }) => name.endsWith(ENTRY));
    const temporary = files.filter(({ name }) => isTemporaryFile(name));
    await deleteFiles([
      ...filesOverLimits(entries, { maxBytes: this.maxBytes }),
      ...filesOverLimits(temporary, { maxAgeMs: STALE_MS }),
    ]);
  }

  private pathOf(key: string): string {
    return join(this.folder, `${digest(key).toString('hex')}${ENTRY}`);
  }
}
