import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textOf } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { DamagedEntry, decodeEntry, digest, encodeEntry } from './entry.ts';
import type { FunctionStore } from './function-store.ts';

export interface FolderStoreOptions {
  readonly log: Log;
  /** Of all files together, in bytes. */
  readonly mostBytes?: number;
}

const MOST_BYTES = 256 * 1024 * 1024;
/** A temporary file of this age is of a process that was killed. */
const STALE_MS = 60 * 60 * 1000;
const ENTRY = '.functions';
const TEMPORARY = '.tmp';

/** A file for each runtime in one folder, which several processes may use at once. */
export class FolderStore implements FunctionStore {
  private saving: Promise<void> = Promise.resolve();
  private readonly log: Log;
  private readonly mostBytes: number;

  constructor(
    private readonly folder: string,
    { log, mostBytes = MOST_BYTES }: FolderStoreOptions,
  ) {
    this.log = log;
    this.mostBytes = mostBytes;
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    const path = this.pathOf(key);
    try {
      const functions = await decodeEntry(digest(key), await readFile(path));
      await this.markUsed(path);
      return functions;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      this.log.warn(`stored functions of ${path} are not used: ${textOf(error)}`);
      if (error instanceof DamagedEntry) await rm(path, { force: true }).catch(() => {});
      return undefined;
    }
  }

  save(key: string, functions: Uint8Array): void {
    this.saving = this.saving
      .then(() => this.write(key, functions))
      .catch((error: unknown) => this.log.warn(`functions were not stored in ${this.folder}: ${textOf(error)}`));
  }

  idle(): Promise<void> {
    return this.saving;
  }

  private async write(key: string, functions: Uint8Array): Promise<void> {
    const parts = await encodeEntry(digest(key), functions);
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    if (bytes > this.mostBytes) return;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await this.replace(this.pathOf(key), parts);
    await this.shrink();
    this.log.debug(`stored ${functions.length} bytes of functions as ${bytes}`);
  }

  /** In one step, so that a reader sees the old file or the new one. */
  private async replace(path: string, parts: readonly Uint8Array[]): Promise<void> {
    const temporary = join(this.folder, `${randomBytes(8).toString('hex')}${TEMPORARY}`);
    try {
      await writeFile(temporary, parts, { flag: 'wx', mode: 0o600 });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** Removes what was used longest ago until the rest fits, and what killed processes have left. */
  private async shrink(): Promise<void> {
    const files = (await this.files()).sort((a, b) => b.usedAt - a.usedAt);
    let bytes = 0;
    for (const { path, size, usedAt } of files) {
      const isTemporary = path.endsWith(TEMPORARY);
      if (!isTemporary) bytes += size;
      const isOver = isTemporary ? Date.now() - usedAt > STALE_MS : bytes > this.mostBytes;
      // Another process may be at it too.
      if (isOver) await rm(path, { force: true }).catch(() => {});
    }
  }

  private async files(): Promise<{ path: string; size: number; usedAt: number }[]> {
    const names = await readdir(this.folder);
    const found = names.filter((name) => name.endsWith(ENTRY) || name.endsWith(TEMPORARY));
    const looked = found.map(async (name) => {
      const path = join(this.folder, name);
      const about = await stat(path).catch(() => undefined);
      return about === undefined ? [] : [{ path, size: about.size, usedAt: about.mtimeMs }];
    });
    return (await Promise.all(looked)).flat();
  }

  private async markUsed(path: string): Promise<void> {
    const now = new Date();
    await utimes(path, now, now).catch(() => {});
  }

  private pathOf(key: string): string {
    return join(this.folder, `${digest(key).toString('hex')}${ENTRY}`);
  }
}
