import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage } from '../../base/errors.ts';
import { cachedFiles, deleteFiles, filesOverLimits } from '../../base/file-cache.ts';
import type { Log } from '../../base/log.ts';
import { NotOurFile } from '../../base/own-file.ts';
import { emptyHistory, type HistoryEntry, type PinnedBaseline, type RuntimeHistory } from '../../model/history.ts';
import { foldRecords } from './entry.ts';
import { type HistoryRecord, parseRecord } from './entry-schema.ts';
import { appendRecords, compactRecords, deleteRecords, readRecords, recordNameOf } from './record-file.ts';

export interface HistoryLimits {
  readonly maxRuntimes: number;
  /** A file may have this many records that are not needed, so that not each check rewrites it. */
  readonly maxSpareRecords: number;
}

const usualLimits: HistoryLimits = { maxRuntimes: 200, maxSpareRecords: 200 };

/**
 * The histories of this user's runtimes: a file for each, in one folder that any number of processes may use at once. A check
 * never fails because of it: faults are logged.
 */
export class HistoryStore {
  /** @param folder need not exist */
  constructor(
    private readonly folder: string,
    private readonly log: Pick<Log, 'warn'>,
    private readonly limits = usualLimits,
  ) {}

  /** Empty when there is none, and when it can't be read. Never rejects. */
  async read(id: string): Promise<RuntimeHistory> {
    try {
      return (await this.#load(id)).history;
    } catch (error) {
      this.log.warn(`The history in ${this.folder} can't be read: ${errorMessage(error)}.`);
      return emptyHistory;
    }
  }

  /** Adds a result and returns the history with it. Never rejects. */
  async add(id: string, entry: HistoryEntry): Promise<RuntimeHistory> {
    return this.#append(id, [{ kind: 'entry', id: newId(), entry }]);
  }

  /** Undefined unpins the baseline. Never rejects. */
  async pin(id: string, pinned: PinnedBaseline | undefined, now = new Date()): Promise<RuntimeHistory> {
    const at = pinned?.at ?? now.toISOString();
    return this.#append(id, [{ kind: 'pin', id: newId(), at, ...(pinned && { pinned }) }]);
  }

  /** Returns what `restore` takes. Rejects with the system's error. */
  async clear(id: string): Promise<RuntimeHistory> {
    const history = await this.read(id);
    await deleteRecords(this.folder, id);
    return history;
  }

  /** Brings back what `clear` removed. Never rejects. */
  async restore(id: string, { entries, pinned }: RuntimeHistory): Promise<RuntimeHistory> {
    const records = entries.map((entry): HistoryRecord => ({ kind: 'entry', id: newId(), entry }));
    const pins: HistoryRecord[] = pinned === undefined ? [] : [{ kind: 'pin', id: newId(), at: pinned.at, pinned }];
    return this.#append(id, [...records, ...pins]);
  }

  async #append(id: string, records: readonly HistoryRecord[]): Promise<RuntimeHistory> {
    try {
      await this.#makeFolder();
      await this.#appendOrReplace(id, records);
      const { history, isUntidy } = await this.#load(id);
      if (isUntidy) await compactRecords(this.folder, id, (all) => foldRecords(valid(all)).needed);
      if (history.entries.length <= 1) await this.#prune();
      return history;
    } catch (error) {
      this.log.warn(
        `The history in ${this.folder} can't be written: ${errorMessage(error)}. The check goes on without it.`,
      );
      return foldRecords(records).history;
    }
  }

  async #makeFolder(): Promise<void> {
    const mode = 0o700;
    await mkdir(path.dirname(this.folder), { recursive: true, mode });
    // With `recursive`, Node reports a read-only or full file system as ENOENT.
    await mkdir(this.folder, { mode }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }

  /** Something else in the place of the file is replaced. */
  async #appendOrReplace(id: string, records: readonly HistoryRecord[]): Promise<void> {
    try {
      appendRecords(this.folder, id, records);
    } catch (error) {
      if (!(error instanceof NotOurFile) && (error as NodeJS.ErrnoException).code !== 'EISDIR') throw error;
      this.log.warn(`A damaged history is replaced: ${errorMessage(error)}.`);
      await deleteRecords(this.folder, id);
      appendRecords(this.folder, id, records);
    }
  }

  async #load(id: string) {
    const { records, damagedLines, files } = await readRecords(this.folder, id);
    const known = valid(records);
    const damaged = damagedLines + records.length - known.length;
    if (damaged > 0) this.log.warn(`${damaged} damaged records of a history in ${this.folder} are left out.`);
    const { history, needed } = foldRecords(known);
    const isUntidy = damaged > 0 || files > 1 || known.length > needed.length + this.limits.maxSpareRecords;
    return { history, isUntidy };
  }

  /** Deletes the histories of the runtimes that were not checked for the longest time. */
  async #prune(): Promise<void> {
    const { maxRuntimes } = this.limits;
    if ((await readdir(this.folder)).length <= maxRuntimes) return;
    const files = (await cachedFiles(this.folder)).filter(({ name }) => recordNameOf(name) !== undefined);
    await deleteFiles(filesOverLimits(files, { maxFiles: maxRuntimes }));
  }
}

export const historyFolder = (cacheFolder: string): string => path.join(cacheFolder, 'history');

function valid(records: readonly unknown[]): HistoryRecord[] {
  return records.flatMap((record) => parseRecord(record) ?? []);
}

function newId(): string {
  return randomBytes(8).toString('hex');
}
