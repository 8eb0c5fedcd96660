/** Types that the parts of the extension share: runtimes and their states. Independent of VS Code. */
import path from 'node:path';
import type { FileState } from '../base/file-state.ts';
import { isInside } from '../base/paths.ts';
import type { CheckProgress } from '../check/check-progress.ts';
import type { Paced } from '../check/pace.ts';
import type { BuildVariant } from '../model/build-variant.ts';
import { previousReference, type Reference, type RuntimeHistory, referenceFor } from '../model/history.ts';
import type { Report } from '../model/report.ts';

/** A file that contains a runtime blob, in the state that the last search found. */
export interface BlobFile extends FileState {
  readonly path: string;
  readonly variant: BuildVariant;
}

/** One runtime of a workspace: a stem in a folder with build output, a file in a WASM_TARGET_DIRECTORY, or a picked file. */
export interface Runtime {
  /** The path of its files without the suffix of the variant. */
  readonly id: string;
  /** The crate name if known, otherwise the stem of the file. */
  readonly name: string;
  /** The package name, with dashes. Absent for a blob outside wasm-builder's folders. */
  readonly crateName?: string;
  /** Absent for a picked file. */
  readonly workspaceFolder?: string;
  /** Cargo profile: `release`, `production`, `srtool/release`, ... */
  readonly profile?: string;
  /** How cargo built it, if the folder shows it. */
  readonly build?: { readonly profile: string; readonly kind: 'development' | 'release' };
  /** False: a relay chain's or a solo chain's runtime. Absent: not known. */
  readonly isParachain?: boolean;
  /** The blob is no WebAssembly, but a PolkaVM program. */
  readonly format?: 'polkavm';
  /** What `pvf.include` and `pvf.exclude` say about it. */
  readonly choice?: 'included' | 'excluded';
  /** The key of a code substitute in a picked chain spec. Absent: the genesis code, or the file is no chain spec. */
  readonly substituteBlock?: string;
  /** The blob to register. Preference: compressed, compact, bloaty. */
  readonly blob: BlobFile;
  readonly others: readonly BlobFile[];
  /** Present if another variant is newer, so that the preferred blob may be outdated. */
  readonly stale?: { readonly newer: BlobFile };
  /** `Cargo.toml` of the runtime's crate, if found. */
  readonly manifestPath?: string;
}

/** What a check reads: the path of the blob, with the block of a code substitute as the command line writes it. */
export function inputPathOf({
  blob,
  substituteBlock,
}: Pick<Runtime, 'substituteBlock'> & { readonly blob: Pick<BlobFile, 'path'> }): string {
  return substituteBlock === undefined ? blob.path : `${blob.path}#${substituteBlock}`;
}

/** A crate with wasm-builder that has no blob. */
export interface UnbuiltCrate {
  readonly crateName: string;
  readonly manifestPath: string;
}

/** Why a runtime is checked only on request. Its results don't count: no badge, no entry in Problems. */
export type Exemption = 'excluded' | 'development' | 'not-parachain';

/** Undefined: the runtime is checked automatically. */
export function exemptionOf({ build, isParachain, choice }: Runtime): Exemption | undefined {
  if (choice !== undefined) return choice === 'excluded' ? 'excluded' : undefined;
  if (isParachain === false) return 'not-parachain';
  return build?.kind === 'development' ? 'development' : undefined;
}

export function isAutomatic(runtime: Runtime): boolean {
  return exemptionOf(runtime) === undefined;
}

/** Is the file part of the runtime's crate, but not in its target folder? */
export function isInCrate(file: string, { manifestPath }: Pick<Runtime, 'manifestPath'>): boolean {
  if (manifestPath === undefined) return false;
  const folder = path.dirname(manifestPath);
  return file !== folder && isInside(file, folder) && !isInside(file, path.join(folder, 'target'));
}

export type { TextPlace } from '../model/source-place.ts';

/** What started a check. Only results of commands are shown in notifications. */
export type CheckReason = 'command' | 'change' | 'api';

export interface CheckOptions {
  readonly reason: CheckReason;
  readonly signal?: AbortSignal;
  /** Measures again, even if the result is cached. */
  readonly isForced?: boolean;
  /** Measures what each function costs, with the built-in worker. */
  readonly hasCosts?: boolean;
  /** Other limits than those of the setting: the name of a profile, or a path. Nothing keeps the result of such a check. */
  readonly profile?: string;
}

export interface RunningCheck extends CheckProgress, Paced {
  /** The inspection of the blob whose preparation still runs, then its report without the metadata, if these take longer. */
  readonly interim?: Report;
}

export type Activity =
  | { readonly kind: 'idle' }
  /** Waits until other checks have ended. */
  | { readonly kind: 'queued' }
  | ({ readonly kind: 'running' } & RunningCheck);

/** What is known about one runtime. */
export interface CheckState {
  readonly activity: Activity;
  /** The last report. `isCurrent` says whether it belongs to the present blob. */
  readonly report?: Report;
  /** Does the report belong to the bytes on disk? */
  readonly isCurrent: boolean;
  /** The report of the build before. */
  readonly previous?: Report;
  /** What the figures are compared with: the pinned baseline or an earlier build. */
  readonly reference?: Reference;
  /** The results of earlier checks in this editor and on the command line. Absent: not read yet. */
  readonly history?: RuntimeHistory;
  /** A local failure without a report: an unreadable file, a thread that died. */
  readonly problem?: { readonly message: string; readonly remedy?: string };
}

/** The part of a state that views show as the result. */
export interface ShownResult extends Pick<CheckState, 'report' | 'isCurrent' | 'reference'> {
  /** The vote is pending. */
  readonly isInterim: boolean;
}

/** The interim report of a running preparation, otherwise the last report. */
export function shownResult({ activity, report, isCurrent, previous, reference, history }: CheckState): ShownResult {
  const interim = activity.kind === 'running' ? activity.interim : undefined;
  if (interim === undefined) {
    return { isCurrent, isInterim: false, ...(report && { report }), ...(reference && { reference }) };
  }
  const older = report?.runtime.codeHash === interim.runtime.codeHash ? previous : report;
  const against = (history && referenceFor(interim, history)) ?? (older && previousReference(older));
  const isInterim = interim.outcome === undefined;
  return { report: interim, isCurrent: true, isInterim, ...(against && { reference: against }) };
}

export const uncheckedState: CheckState = { activity: { kind: 'idle' }, isCurrent: false };

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
  /** `removed`: the runtime's blob was deleted. */
  | { readonly kind: 'cancelled'; readonly why: 'user' | 'removed' };

/** The type of `vscode.l10n.t`. Lets code without VS Code create and test texts. `{0}` is the first argument. */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;
