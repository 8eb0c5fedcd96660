/** What the parts of the extension share: the runtimes of a workspace and their states. Independent of VS Code. */
import path from 'node:path';
import type { FileState } from '../base/file-state.ts';
import { isInside } from '../base/paths.ts';
import type { CheckProgress } from '../check/check-progress.ts';
import type { BuildVariant } from '../model/build-variant.ts';
import type { Report } from '../model/report.ts';

/** A file with a runtime blob in it, as the last search saw it. */
export interface BlobFile extends FileState {
  readonly path: string;
  readonly variant: BuildVariant;
}

/** One runtime of a workspace: a stem in a `wbuild` folder, a file in a WASM_TARGET_DIRECTORY, or a picked file. */
export interface Runtime {
  /** The path of its files without the suffix of the variant: stable as long as its folder is. */
  readonly id: string;
  /** Crate name where it is known, else the stem of the file. */
  readonly name: string;
  /** The package's name as written, dashes included; absent for a blob outside wasm-builder's folders. */
  readonly crateName?: string;
  /** The folder of the workspace it belongs to; absent for a picked file. */
  readonly workspaceFolder?: string;
  /** Cargo profile: `release`, `production`, `srtool/release`, ... */
  readonly profile?: string;
  /** The blob to register: compressed before compact before bloaty. */
  readonly blob: BlobFile;
  readonly others: readonly BlobFile[];
  /** Why the preferred blob may be an old one: another variant beside it is newer. */
  readonly stale?: { readonly newer: BlobFile };
  /** `Cargo.toml` of the runtime's crate, where it was found. */
  readonly manifestPath?: string;
}

/** Is the file part of the runtime's crate, but no output of its build? */
export function isInCrate(file: string, { manifestPath }: Pick<Runtime, 'manifestPath'>): boolean {
  if (manifestPath === undefined) return false;
  const folder = path.dirname(manifestPath);
  return file !== folder && isInside(file, folder) && !isInside(file, path.join(folder, 'target'));
}

/** A range in one line of a text file, counted as VS Code does: from 0, in UTF-16 units. */
export interface TextPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** What started a check. Only results of commands are shown in notifications. */
export type CheckReason = 'command' | 'change' | 'api';

export interface CheckOptions {
  readonly reason: CheckReason;
  readonly signal?: AbortSignal;
  /** Measures again, even if the result is cached. */
  readonly isForced?: boolean;
}

export interface RunningCheck extends CheckProgress {
  /** Milliseconds since 1970. */
  readonly startedMs: number;
}

/** What is known about one runtime. */
export interface CheckState {
  readonly activity: { readonly kind: 'idle' } | ({ readonly kind: 'running' } & RunningCheck);
  /** The last report, of the present blob or of an earlier one; see `isCurrent`. */
  readonly report?: Report;
  /** Does the report belong to the bytes that are on disk now? */
  readonly isCurrent: boolean;
  /** The report before that, to compare with. */
  readonly previous?: Report;
  /** Our side failed before there was a report: a file that can't be read, a thread that died. */
  readonly problem?: { readonly message: string; readonly remedy?: string };
}

export const uncheckedState: CheckState = { activity: { kind: 'idle' }, isCurrent: false };

/** A runtime with its state. */
export interface RuntimeEntry {
  readonly runtime: Runtime;
  readonly state: CheckState;
}

/** A check that ended with a report or a problem in its state. */
export interface FinishedCheck extends RuntimeEntry {
  /** The result was cached, because the blob had not changed. No worker ran. */
  readonly fromCache: boolean;
}

/** How a check ended for one of its callers. */
export type CheckEnd =
  | ({ readonly kind: 'checked' } & Omit<FinishedCheck, 'runtime'>)
  /** By the user, or because the runtime's blob was deleted. Nothing was found out. */
  | { readonly kind: 'cancelled'; readonly why: 'user' | 'removed' };
