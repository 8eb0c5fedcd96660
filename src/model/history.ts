/** The results of a runtime's earlier checks, and which of them a new result is compared with. Plain data, no schemas. */
import type { BaselineIs } from './baseline-is.ts';
import { type Comparable, isSameCode } from './delta.ts';
import type { Conclusion, RuntimeSummary, Stats, Vote, WorkerSummary } from './report.ts';
import type { Sizes } from './size-tree.ts';

/** One result. A subset of its `Report`, so that every measure reads it in the same way. */
export interface HistoryEntry extends Comparable {
  /** When the check ended. ISO 8601, UTC. */
  readonly at: string;
  readonly runtime: RecordedRuntime;
  /** Absent: the blob was only inspected. */
  readonly worker?: Pick<WorkerSummary, 'kind' | 'version'>;
  readonly stats?: RecordedStats;
  /** The version of this tool. */
  readonly toolVersion: string;
  /** The profile's name. */
  readonly profile: string;
  readonly vote: Vote;
  readonly conclusion: Conclusion['status'];
  /** Ids of the findings, each once. */
  readonly findings: readonly string[];
  /** The crates with the most code, the largest first. Absent: not known. */
  readonly owners?: readonly OwnerSize[];
  /** Absent: the blob is in no git repository, or the state of the repository can't be read. */
  readonly git?: GitState;
}

export type RecordedRuntime = Pick<
  RuntimeSummary,
  | 'path'
  | 'container'
  | 'codeAt'
  | 'storedBytes'
  | 'rawBytes'
  | 'codeHash'
  | 'specName'
  | 'specVersion'
  | 'implVersion'
  | 'transactionVersion'
  | 'buildVariant'
  | 'buildProfile'
>;

export type RecordedStats = Omit<Stats, 'artifactChecksum'>;

export interface OwnerSize {
  readonly name: string;
  readonly bytes: number;
}

/** The commit that was checked out when the check ended. The blob may have been built from changed files. */
export interface GitState {
  /** 40 or 64 hex digits. */
  readonly commit: string;
  /** Absent: no branch is checked out. */
  readonly branch?: string;
}

/** The result that the user chose to compare with. The history keeps its figures, so the file may go. */
export interface PinnedBaseline {
  /** When the user chose it. ISO 8601, UTC. */
  readonly at: string;
  /** `history`: a result of this history. `file`: a report or a blob. */
  readonly from: 'history' | 'file';
  /** `chain`: it is the code that the chain runs now. */
  readonly is: BaselineIs;
  /** As the user named it: a commit, a branch or the path of a file. */
  readonly name: string;
  readonly entry: HistoryEntry;
}

/** What to pin. */
export type PinChoice =
  /** Of the history. @property at identifies the result */
  | { readonly kind: 'entry'; readonly at: string; readonly is?: BaselineIs }
  /** The newest result of a commit or branch. */
  | { readonly kind: 'commit'; readonly commit: string; readonly is?: BaselineIs }
  /** A report or a blob. */
  | { readonly kind: 'file'; readonly path: string; readonly is?: BaselineIs }
  | { readonly kind: 'none' };

export interface RuntimeHistory {
  /** The oldest first. */
  readonly entries: readonly HistoryEntry[];
  readonly pinned?: PinnedBaseline;
}

export const emptyHistory: RuntimeHistory = { entries: [] };

/** A report, or what is known of one. */
export interface ReferenceEntry extends Comparable {
  readonly runtime: Comparable['runtime'] & Partial<Pick<RuntimeSummary, 'specVersion' | 'transactionVersion'>>;
  /** Absent: not known, as of results of the history. */
  readonly sizes?: Sizes;
}

/** What a result is compared with. */
export interface Reference {
  readonly entry: ReferenceEntry;
  /** `since 1a2b3c4`, `since the previous build`, `against the release on chain`, `against old.wasm`. */
  readonly text: string;
}

const COMMIT_DIGITS = 7;

export function shortCommit({ commit }: Pick<GitState, 'commit'>): string {
  return commit.slice(0, COMMIT_DIGITS);
}

/** What to compare a result with: the pinned baseline if there is one, else the previous build. */
export function referenceFor(current: Current, history: RuntimeHistory): Reference | undefined {
  const { pinned } = history;
  if (pinned !== undefined) return pinnedReference(pinned);
  const previous = previousOf(current, history);
  if (previous === undefined) return undefined;
  // Two builds of one commit have the same name.
  const commit = history.entries.findLast((entry) => isSameCode(entry, current))?.git?.commit;
  const isSameCommit = commit !== undefined && commit === previous.git?.commit;
  return { entry: previous, text: isSameCommit ? sincePrevious : sinceText(previous) };
}

/** `the release on chain`, `release.wasm`, `1a2b3c4`, `the pinned build`. */
export function baselineName({ is, from, name, entry: { git } }: PinnedBaseline): string {
  if (is === 'chain') return releaseOnChain;
  if (git !== undefined) return shortCommit(git);
  return from === 'file' ? fileName(name) : 'the pinned build';
}

function pinnedReference(pinned: PinnedBaseline): Reference {
  const isOfHistory = pinned.is === 'build' && pinned.from === 'history';
  return { entry: pinned.entry, text: `${isOfHistory ? 'since' : 'against'} ${baselineName(pinned)}` };
}

/** The report of the build before, where there is no history. */
export function previousReference(entry: ReferenceEntry): Reference {
  return { entry, text: sincePrevious };
}

const sincePrevious = 'since the previous build';

interface Current extends Comparable {
  readonly runtime: Comparable['runtime'] & Pick<RuntimeSummary, 'buildVariant' | 'buildProfile'>;
}

/**
 * The newest result with other code. Leaves out rejected blobs, because growth is measured between usable ones, and other
 * variants of the file, which differ in size for the same code. Prefers a build with the same cargo profile.
 */
export function previousOf(current: Current, { entries }: RuntimeHistory): HistoryEntry | undefined {
  const earlier = entries.filter(
    (entry) =>
      !isSameCode(entry, current) &&
      entry.vote !== 'reject' &&
      entry.runtime.buildVariant === current.runtime.buildVariant,
  );
  return earlier.findLast(({ runtime }) => runtime.buildProfile === current.runtime.buildProfile) ?? earlier.at(-1);
}

/** A baseline that the user named. */
interface Named extends ReferenceEntry {
  readonly is: BaselineIs;
  /** A file, a commit, a branch or `previous`. */
  readonly name: string;
  readonly git?: GitState;
}

/** What to compare a result with when the user named it for this check. */
export function baselineReference({ is, name, git, ...entry }: Named): Reference {
  if (is === 'chain') return { entry, text: `against ${releaseOnChain}` };
  const isOfHistory = git !== undefined || name === 'previous';
  return { entry, text: isOfHistory ? sinceText({ git }) : `against ${fileName(name)}` };
}

const releaseOnChain = 'the release on chain';

function sinceText({ git }: { readonly git?: GitState | undefined }): string {
  return git === undefined ? sincePrevious : `since ${shortCommit(git)}`;
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** The newest result of a commit. @param written at least four of its digits, or a branch */
export function entryOfCommit({ entries }: RuntimeHistory, written: string): HistoryEntry | undefined {
  const isPrefix = /^[0-9a-f]{4,64}$/i.test(written);
  const wanted = written.toLowerCase();
  return (
    (isPrefix ? entries.findLast(({ git }) => git?.commit.startsWith(wanted)) : undefined) ??
    entries.findLast(({ git }) => git?.branch === written)
  );
}
