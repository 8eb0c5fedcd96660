/** From a report to an entry of the history, and from records to a history. */

import { omitUndefined } from '../../base/omit-undefined.ts';
import { truncate } from '../../base/text.ts';
import type { GitState, HistoryEntry, RecordedRuntime, RuntimeHistory } from '../../model/history.ts';
import type { Report } from '../../model/report.ts';
import type { Sizes } from '../../model/size-tree.ts';
import type { HistoryRecord } from './entry-schema.ts';

/** About twice a working day of builds, each working day of a year: enough for any chart. */
export const MAX_ENTRIES = 500;
const MAX_OWNERS = 20;
const MAX_FINDINGS = 200;
/** Names come from the blob. The schema of the history refuses names that are much longer. */
const MAX_NAME_CHARACTERS = 200;

/** A report of a version that knows the sizes of crates has them. */
type Recorded = Report & { readonly sizes?: Pick<Sizes, 'owners'> | undefined };

/** Undefined for a report that says nothing about the runtime: the check was cancelled, or this machine failed. */
export function entryOf(report: Recorded, git: GitState | undefined): HistoryEntry | undefined {
  const { outcome, vote, conclusion, runtime, stats, worker, sizes } = report;
  if (outcome !== undefined && vote === 'undecided') return undefined;
  const owners = sizes?.owners
    .slice(0, MAX_OWNERS)
    .map(({ name, bytes }) => ({ name: truncate(name, MAX_NAME_CHARACTERS), bytes }));
  return {
    at: report.createdAt,
    runtime: recordedRuntime(runtime),
    toolVersion: report.tool.version,
    profile: report.limits.profile,
    vote,
    conclusion: conclusion.status,
    findings: [...new Set(report.findings.map(({ id }) => id))].slice(0, MAX_FINDINGS),
    ...omitUndefined({ stats: stats && recordedStats(stats), owners, git }),
    ...(worker !== undefined && { worker: { kind: worker.kind, ...omitUndefined({ version: worker.version }) } }),
  };
}

export function recordedRuntime(runtime: Report['runtime']): RecordedRuntime {
  const { path, container, codeAt, storedBytes, rawBytes, codeHash, buildVariant, buildProfile } = runtime;
  const { specName, specVersion, implVersion, transactionVersion } = runtime;
  return {
    path,
    container,
    storedBytes,
    codeHash,
    ...omitUndefined({ codeAt, rawBytes, specName, specVersion, implVersion, transactionVersion }),
    ...omitUndefined({ buildVariant, buildProfile }),
  };
}

export function recordedStats({ artifactChecksum: _, ...stats }: NonNullable<Report['stats']>) {
  return stats;
}

/** The history in the records, and the records that are needed for it. Records may be in any order, and there twice. */
export function foldRecords(records: readonly HistoryRecord[]): {
  readonly history: RuntimeHistory;
  readonly needed: readonly HistoryRecord[];
} {
  const unique = [...new Map(records.map((record) => [record.id, record])).values()];
  const entries = unique.flatMap((record) => (record.kind === 'entry' ? [record] : []));
  entries.sort((a, b) => compareText(a.entry.at, b.entry.at) || compareText(a.id, b.id));
  const kept = entries.reduce<EntryRecord[]>(withEntry, []).slice(-MAX_ENTRIES);
  const pins = unique.flatMap((record) => (record.kind === 'pin' ? [record] : []));
  const [pin] = pins.sort((a, b) => compareText(b.at, a.at) || compareText(b.id, a.id));
  const pinned = pin?.pinned;
  return {
    history: { entries: kept.map(({ entry }) => entry), ...(pinned && { pinned }) },
    // An unpinned baseline is needed no more once the pin that it undid is gone.
    needed: pin?.pinned === undefined ? kept : [...kept, pin],
  };
}

type EntryRecord = Extract<HistoryRecord, { readonly kind: 'entry' }>;

/** A check that repeats the last result replaces it: a rebuild without a change is no history. */
function withEntry(earlier: readonly EntryRecord[], next: EntryRecord): EntryRecord[] {
  const before = repeatedBy(earlier, next.entry);
  if (before === undefined) return [...earlier, next];
  const rest = earlier.filter((one) => one !== before);
  const { at, git = before.entry.git } = next.entry;
  // An inspection knows less than the preparation of the same code.
  const { entry } = next.entry.worker === undefined && before.entry.worker !== undefined ? before : next;
  return [...rest, { ...next, entry: { ...entry, at, ...(git && { git }) } }];
}

/** The result of the same code by the same worker, unless other code has been built since. */
function repeatedBy(earlier: readonly EntryRecord[], next: HistoryEntry): EntryRecord | undefined {
  const ofSameFile = earlier.filter(({ entry }) => isSameFile(entry, next));
  const lastOther = ofSameFile.findLastIndex(({ entry }) => entry.runtime.codeHash !== next.runtime.codeHash);
  return ofSameFile
    .slice(lastOther + 1)
    .findLast(({ entry }) => entry.profile === next.profile && isSameWorker(entry, next));
}

/** The files of one build, and those of other cargo profiles, take turns. */
function isSameFile({ runtime: a }: HistoryEntry, { runtime: b }: HistoryEntry): boolean {
  return a.buildVariant === b.buildVariant && a.buildProfile === b.buildProfile;
}

function isSameWorker({ worker: a }: HistoryEntry, { worker: b }: HistoryEntry): boolean {
  return a === undefined || b === undefined || (a.kind === b.kind && a.version === b.version);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
