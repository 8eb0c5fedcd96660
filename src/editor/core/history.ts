/** The last two reports of each runtime, kept between sessions. */
import type { Report } from '../../model/report.ts';
import { SCHEMA_VERSION } from '../../model/schema-version.ts';
import type { BlobFile } from '../model.ts';

/** A report and the file that it is of. */
export interface KeptReport {
  readonly report: Report;
  readonly file: {
    readonly sha256: string;
    readonly bytes: number;
    readonly modifiedMs: number;
    readonly changedMs?: number;
  };
}

export interface Kept {
  readonly last: KeptReport;
  readonly previous?: KeptReport;
}

/** `Memento` of VS Code. */
export interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'pvf.history.1';
const MOST_RUNTIMES = 50;

export class History {
  readonly #kept: Map<string, Kept>;

  constructor(
    private readonly store: Store,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#kept = new Map(readable(store.get(KEY)).slice(-MOST_RUNTIMES));
  }

  of(id: string): Kept | undefined {
    return this.#kept.get(id);
  }

  /**
   * The report before becomes the previous one, unless it was of the same code, or of code that nobody would use: growth is
   * told from one good blob to the next.
   */
  add(id: string, last: KeptReport): Kept {
    const before = this.#kept.get(id);
    const isSameCode = before?.last.report.runtime.codeHash === last.report.runtime.codeHash;
    const isPassedOver = isSameCode || before?.last.report.verdict.vote === 'reject';
    const previous = isPassedOver ? before?.previous : before?.last;
    const now: Kept = { last, ...(previous && { previous }) };
    this.#kept.delete(id);
    this.#kept.set(id, now);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_RUNTIMES) break;
      this.#kept.delete(oldest);
    }
    this.#save();
    return now;
  }

  clear(): void {
    this.#kept.clear();
    this.#save();
  }

  #save(): void {
    this.store.update(KEY, [...this.#kept]).then(undefined, this.onError);
  }
}

/** Surely the same bytes, told without reading them: nobody can set back the time of the last change. */
export function isSameFile(
  { file }: KeptReport,
  { bytes, modifiedMs, changedMs }: Pick<BlobFile, 'bytes' | 'modifiedMs' | 'changedMs'>,
): boolean {
  return file.sha256 !== '' && file.bytes === bytes && file.modifiedMs === modifiedMs && file.changedMs === changedMs;
}

/**
 * The store belongs to this extension, so its entries need no validation: loading the schemas of a report would take a
 * fifth of the time that activation takes. Reports of another schema version are left out.
 */
function readable(value: unknown): [string, Kept][] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry: Partial<[string, Partial<Kept>]> | null): entry is [string, Kept] => {
    const schemaVersion: number | undefined = entry?.[1]?.last?.report?.schemaVersion;
    return schemaVersion === SCHEMA_VERSION;
  });
}
