/** The last two reports of each runtime, saved between sessions. */
import type { FileState } from '../../base/file-state.ts';
import { LruMap } from '../../base/lru.ts';
import type { Report } from '../../model/report.ts';

export interface KeptReport {
  readonly report: Report;
  /** The file that was read for the report; absent: it changed while it was checked. */
  readonly file?: FileState;
}

export interface RuntimeHistory {
  readonly last: KeptReport;
  readonly previous?: KeptReport;
}

/** The part of VS Code's `Memento` that is used here. */
export interface Memento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'pvf.history.1';
const MAX_RUNTIMES = 50;

export class History {
  readonly #runtimes: LruMap<string, RuntimeHistory>;

  constructor(
    private readonly memento: Memento,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#runtimes = new LruMap(MAX_RUNTIMES, validEntries(memento.get(KEY)));
  }

  get(id: string): RuntimeHistory | undefined {
    return this.#runtimes.get(id);
  }

  /**
   * The report before becomes the previous one, unless it is of the same code or of a rejected blob: growth is measured
   * from one usable blob to the next.
   */
  add(id: string, last: KeptReport): RuntimeHistory {
    const before = this.#runtimes.get(id);
    const isSameCode = before?.last.report.runtime.codeHash === last.report.runtime.codeHash;
    const isRejected = before?.last.report.verdict.vote === 'reject';
    const previous = isSameCode || isRejected ? before?.previous : before?.last;
    const history: RuntimeHistory = { last, ...(previous && { previous }) };
    this.#runtimes.set(id, history);
    this.#save();
    return history;
  }

  clear(): void {
    this.#runtimes.clear();
    this.#save();
  }

  #save(): void {
    this.memento.update(KEY, [...this.#runtimes]).then(undefined, this.onError);
  }
}

/** Leaves out everything that this version of the extension did not write. */
function validEntries(value: unknown): [string, RuntimeHistory][] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown): [string, RuntimeHistory][] => {
    if (!Array.isArray(entry) || typeof entry[0] !== 'string' || !isObject(entry[1])) return [];
    const { last, previous } = entry[1];
    if (!isKeptReport(last)) return [];
    return [[entry[0], isKeptReport(previous) ? { last, previous } : { last }]];
  });
}

function isKeptReport(value: unknown): value is KeptReport {
  if (!isObject(value) || !isObject(value['report'])) return false;
  const { report, file } = value;
  return isReport(report) && (file === undefined || isFileState(file));
}

function isFileState(value: unknown): value is FileState {
  return (
    isObject(value) &&
    typeof value['bytes'] === 'number' &&
    typeof value['modifiedMs'] === 'number' &&
    typeof value['changedMs'] === 'number' &&
    typeof value['inode'] === 'string'
  );
}

function isReport({
  schemaVersion,
  createdAt,
  runtime,
  limits,
  findings,
  verdict,
}: Readonly<Record<string, unknown>>): boolean {
  return (
    schemaVersion === 1 &&
    typeof createdAt === 'string' &&
    isObject(runtime) &&
    typeof runtime['path'] === 'string' &&
    typeof runtime['codeHash'] === 'string' &&
    typeof runtime['storedBytes'] === 'number' &&
    isObject(limits) &&
    Array.isArray(limits['items']) &&
    Array.isArray(findings) &&
    isObject(verdict) &&
    typeof verdict['vote'] === 'string' &&
    typeof verdict['reason'] === 'string'
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
