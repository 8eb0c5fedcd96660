/** The last two reports of each runtime, whole and at once at the next start. `check/history` keeps the figures of many. */
import type { FileState } from '../../base/file-state.ts';
import { LruMap } from '../../base/lru.ts';
import type { Report } from '../../model/report.ts';
import { SCHEMA_VERSION } from '../../model/schema-version.ts';

export interface StoredReport {
  readonly report: Report;
  /** The file that was read for the report. Absent: it changed during the check. */
  readonly file?: FileState;
}

export interface LastReports {
  readonly last: StoredReport;
  readonly previous?: StoredReport;
}

/** The part of VS Code's `Memento` that is used here. */
export interface Memento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'pvf.history.2';
const MAX_RUNTIMES = 50;

export class ReportMemory {
  readonly #runtimes: LruMap<string, LastReports>;

  constructor(
    private readonly memento: Memento,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#runtimes = new LruMap(MAX_RUNTIMES, validEntries(memento.get(KEY)));
  }

  get(id: string): LastReports | undefined {
    return this.#runtimes.get(id);
  }

  /**
   * The last report becomes the previous one, unless it is about the same code or a rejected blob. Growth is measured
   * between usable blobs.
   */
  add(id: string, last: StoredReport): LastReports {
    const before = this.#runtimes.get(id);
    const isSameCode = before?.last.report.runtime.codeHash === last.report.runtime.codeHash;
    const isRejected = before?.last.report.vote === 'reject';
    const previous = isSameCode || isRejected ? before?.previous : before?.last;
    const reports: LastReports = { last, ...(previous && { previous }) };
    this.#runtimes.set(id, reports);
    this.#save();
    return reports;
  }

  /** Returns what `restore` takes. */
  clear(): readonly [string, LastReports][] {
    const entries = [...this.#runtimes];
    this.#runtimes.clear();
    this.#save();
    return entries;
  }

  /** Keeps newer entries. */
  restore(entries: readonly [string, LastReports][]): void {
    for (const [id, reports] of entries) if (this.#runtimes.get(id) === undefined) this.#runtimes.set(id, reports);
    this.#save();
  }

  #save(): void {
    this.memento.update(KEY, [...this.#runtimes]).then(undefined, this.onError);
  }
}

/**
 * Leaves out entries of another format. Does not validate the rest, because VS Code stores this data for the extension only,
 * and loading the report schema would take a fifth of the activation time.
 */
function validEntries(value: unknown): [string, LastReports][] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry: Partial<[string, Partial<LastReports>]> | null): entry is [string, LastReports] => {
    const last = entry?.[1]?.last;
    const schemaVersion: number | undefined = last?.report?.schemaVersion;
    return schemaVersion === SCHEMA_VERSION && (last?.file === undefined || 'inode' in last.file);
  });
}
