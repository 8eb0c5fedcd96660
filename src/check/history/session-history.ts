import { stat } from 'node:fs/promises';
import { ConfigError } from '../../limits/json-file.ts';
import type { BaselineIs } from '../../model/baseline-is.ts';
import {
  entryOfCommit,
  type HistoryEntry,
  type PinChoice,
  type PinnedBaseline,
  previousOf,
  type RuntimeHistory,
} from '../../model/history.ts';
import type { Report } from '../../model/report.ts';
import { type RuntimeBlob, readRuntime } from '../../runtime/blob.ts';
import { buildProfile } from '../../runtime/build-profile.ts';
import { buildVariant } from '../../runtime/build-variant.ts';
import { InputError } from '../../runtime/input-error.ts';
import type { NamedBaseline } from '../baseline.ts';
import type { CheckEnvironment } from '../check-environment.ts';
import { entryOf, recordedRuntime, recordedStats } from './entry.ts';
import { readGitState } from './git-state.ts';
import { HistoryStore, historyFolder } from './history-store.ts';
import { type RuntimeKey, runtimeKey } from './runtime-key.ts';

/** Baselines of `--baseline` that are no files. Any other name that is no file may be a commit or a branch. */
const historyWords: readonly string[] = ['previous', 'pinned'];

/** Whether a baseline is to be looked up in the history of each runtime. */
export async function isOfHistory(baseline: string): Promise<boolean> {
  if (historyWords.includes(baseline)) return true;
  return stat(baseline).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}

type LoadFile = (path: string, is: BaselineIs) => Promise<NamedBaseline>;

/** The histories of runtimes, by their files. */
export class SessionHistory {
  readonly #store: HistoryStore;
  readonly #version: string;

  constructor({ cacheFolder, log, package: { version } }: Pick<CheckEnvironment, 'cacheFolder' | 'log' | 'package'>) {
    this.#store = new HistoryStore(historyFolder(cacheFolder), log);
    this.#version = version;
  }

  /** Never rejects. A report that says nothing about the runtime adds nothing. */
  async record(blob: RuntimeBlob, report: Report): Promise<RuntimeHistory> {
    const { id, repository } = await runtimeKey(blob);
    const entry = entryOf(report, repository && (await readGitState(repository)));
    return entry === undefined ? this.#store.read(id) : this.#store.add(id, entry);
  }

  async of(blob: Pick<RuntimeBlob, 'file' | 'codeAt'>): Promise<RuntimeHistory> {
    return this.#store.read((await runtimeKey(blob)).id);
  }

  /** Rejects with the signal's reason. @param path as for `readRuntime`; the file may be gone */
  async ofPath(path: string, signal?: AbortSignal): Promise<RuntimeHistory> {
    return this.#store.read((await keyOfPath(path, signal)).id);
  }

  /** Rejects with the system's error. Returns what `restore` takes. */
  async clear(path: string): Promise<RuntimeHistory> {
    return this.#store.clear((await keyOfPath(path)).id);
  }

  async restore(path: string, history: RuntimeHistory): Promise<RuntimeHistory> {
    return this.#store.restore((await keyOfPath(path)).id, history);
  }

  /** Rejects with `ConfigError` when the history has no such result. @param loadFile reads a report or a blob */
  async pin(path: string, choice: PinChoice, loadFile: LoadFile): Promise<RuntimeHistory> {
    const { id } = await keyOfPath(path);
    const pinned = choice.kind === 'none' ? undefined : await this.#pinned(id, choice, loadFile);
    return this.#store.pin(id, pinned);
  }

  /**
   * The baseline of a name that is no file. Undefined: there is none yet. Rejects with `ConfigError`.
   * @param loadFile explains why a name that looks like a file can't be read
   */
  async baseline(
    blob: RuntimeBlob,
    name: string,
    is: BaselineIs | undefined,
    loadFile: LoadFile,
  ): Promise<NamedBaseline | undefined> {
    const history = await this.of(blob);
    if (name === 'pinned') return pinnedBaseline(blob, history, is);
    const entry = name === 'previous' ? previousOf(currentOf(blob), history) : entryOfCommit(history, name);
    if (entry !== undefined) return baselineOf(entry, is ?? 'build', name);
    // The first build of a pipeline has nothing before it.
    if (name === 'previous') return undefined;
    if (/[./\\]/.test(name)) return loadFile(name, is ?? 'build');
    throw new ConfigError(`The baseline ${name} is no file, and ${unknownCommit(name, history)}`);
  }

  async #pinned(
    id: string,
    choice: Exclude<PinChoice, { readonly kind: 'none' }>,
    loadFile: LoadFile,
  ): Promise<PinnedBaseline> {
    const { is = 'build' } = choice;
    const at = new Date().toISOString();
    if (choice.kind === 'file') {
      const entry = this.#entryOf(await loadFile(choice.path, is));
      return { at, from: 'file', is, name: choice.path, entry };
    }
    const history = await this.#store.read(id);
    const name = choice.kind === 'entry' ? choice.at : choice.commit;
    const entry =
      choice.kind === 'entry'
        ? history.entries.find((one) => one.at === choice.at)
        : entryOfCommit(history, choice.commit);
    if (entry === undefined) throw new ConfigError(`${name} can't be pinned: ${unknownCommit(name, history)}`);
    return { at, from: 'history', is, name, entry };
  }

  #entryOf({ runtime, stats }: NamedBaseline): HistoryEntry {
    return {
      at: new Date().toISOString(),
      runtime: recordedRuntime(runtime),
      ...(stats && { stats: recordedStats(stats) }),
      toolVersion: this.#version,
      profile: '',
      vote: 'undecided',
      conclusion: 'undecided',
      findings: [],
    };
  }
}

function pinnedBaseline(blob: RuntimeBlob, { pinned }: RuntimeHistory, is: BaselineIs | undefined): NamedBaseline {
  if (pinned === undefined) {
    throw new ConfigError(
      `No baseline is pinned for ${blob.path}. \`pvf history --pin <commit|file> <runtime>\` pins one.`,
    );
  }
  return baselineOf(pinned.entry, is ?? pinned.is, pinned.name);
}

function baselineOf({ runtime, stats, git }: HistoryEntry, is: BaselineIs, name: string): NamedBaseline {
  return { is, name, runtime, ...(stats && { stats }), ...(git && { git }) };
}

function currentOf({ codeHash, stored, path, container }: RuntimeBlob) {
  const [variant, profile] = [buildVariant(path, container), buildProfile(path)];
  return {
    runtime: {
      codeHash,
      storedBytes: stored.length,
      ...(variant && { buildVariant: variant }),
      ...(profile && { buildProfile: profile }),
    },
  };
}

function unknownCommit(commit: string, { entries }: RuntimeHistory): string {
  return entries.length === 0
    ? 'the runtime has no history yet. A check makes the first entry.'
    : `the history of the runtime has no result of a commit or branch ${commit}. \`pvf history <runtime>\` lists them.`;
}

/** A file that can't be read any more still has a history, unless it was a chain spec. */
async function keyOfPath(path: string, signal?: AbortSignal): Promise<RuntimeKey> {
  // The content would tell nothing new about the place.
  if (/\.wasm$/i.test(path)) return runtimeKey({ file: path });
  try {
    return await runtimeKey(await readRuntime(path, signal && { signal }));
  } catch (error) {
    if (error instanceof InputError) return runtimeKey({ file: path });
    throw error;
  }
}
