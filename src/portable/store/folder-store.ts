import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isTemporaryFile, writeAtomically } from '../../base/atomic-file.ts';
import { errorMessage } from '../../base/errors.ts';
import { cachedFiles, deleteFiles, filesOverLimits, markUsed } from '../../base/file-cache.ts';
import type { Log } from '../../base/log.ts';
import { NotOurFile, readOwnFile } from '../../base/own-file.ts';
import { removeFolder } from '../../base/remove-folder.ts';
import { DamagedEntry, decodeEntry, digest, encodeEntry } from './entry.ts';

interface FolderStoreOptions {
  readonly log: Log;
  /** Limit for the sum of all entries. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 256 * 1024 * 1024;
/** From this age on, a temporary file belongs to a killed process. */
const STALE_MS = 60 * 60 * 1000;
const ENTRY = '.functions';

/**
 * Stores compiled functions between jobs: a file for each runtime, in one folder that several processes may use at once. The
 * store only makes jobs shorter. No result depends on it.
 */
export class FolderStore {
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

  /** Returns what was saved under the key; undefined if that is missing or damaged. Never rejects. */
  async read(key: string): Promise<Uint8Array | undefined> {
    const path = this.pathOf(key);
    try {
      const functions = await decodeEntry(digest(key), await readOwnFile(path));
      await markUsed(path);
      return functions;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      this.log.warn(`ignored the stored functions in ${path}: ${errorMessage(error)}`);
      if (error instanceof DamagedEntry || error instanceof NotOurFile) await removeFolder(path).catch(() => {});
      return undefined;
    }
  }

  /** Saves in the background and takes ownership of the bytes. Logs failures. */
  save(key: string, functions: Uint8Array): void {
    this.saving = this.saving
      .then(() => this.write(key, functions))
      .catch((error: unknown) => this.log.warn(`could not store functions in ${this.folder}: ${errorMessage(error)}`));
  }

  /** Resolves when nothing is being saved. */
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

  /** Deletes entries over the limit, and files left by killed processes. */
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
