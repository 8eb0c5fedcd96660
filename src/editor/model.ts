/** What the parts of the extension share: the runtimes of a workspace, and what is known of each. No `vscode` in here. */
import type { BuildVariant } from '../model/build-variant.ts';
import type { Report } from '../model/report.ts';

/** One file with a runtime blob in it. */
export interface BlobFile {
  readonly path: string;
  readonly variant: BuildVariant;
  readonly bytes: number;
  /** Milliseconds since 1970. wasm-builder sets it back to the start of its build step. */
  readonly modifiedMs: number;
  /** When content or attributes last changed, in milliseconds since 1970: nobody can set it back. */
  readonly changedMs?: number;
}

/** One runtime of a workspace: a stem in a `wbuild` folder, a file in a WASM_TARGET_DIRECTORY, or a file that was picked. */
export interface Runtime {
  /** Stable while its folder is: the path of its files without the variant's suffix. */
  readonly id: string;
  /** Crate name where it is known, else the file's stem. */
  readonly name: string;
  /** The package's name as it is written, dashes and all; absent for a blob that is not in wasm-builder's folder. */
  readonly crateName?: string;
  /** The folder of the workspace it belongs to; absent for a picked file. */
  readonly workspaceFolder?: string;
  /** Cargo profile: `release`, `production`, `srtool/release`, ... */
  readonly profile?: string;
  /** The one that would be registered: compressed before compact before bloaty. */
  readonly blob: BlobFile;
  readonly others: readonly BlobFile[];
  /** Why the preferred blob may be an old one: another variant beside it is newer. */
  readonly stale?: { readonly newer: BlobFile };
  /** `Cargo.toml` of the runtime's crate, where it was found. */
  readonly manifestPath?: string;
}

/** Why a check was started; decides how loud its result is. */
export type CheckReason = 'command' | 'change' | 'api';

export type CheckKind = 'prepare' | 'inspect';

export interface CheckProgress {
  readonly phase: 'starting' | 'preparing' | 'inspecting';
  /** Functions, where the worker tells. */
  readonly done?: number;
  readonly total?: number;
  /** Wall-clock time that the whole will take, about. */
  readonly expectedMs?: number;
  readonly startedMs: number;
}

/** What is known of one runtime. */
export interface CheckState {
  readonly activity: { readonly kind: 'idle' } | ({ readonly kind: 'running' } & CheckProgress);
  /** The last report of the runtime's present blob or an earlier one; see `isCurrent`. */
  readonly report?: Report;
  /** Does the report belong to the bytes that are on disk now? */
  readonly isCurrent: boolean;
  /** The report before that, for what changed. */
  readonly previous?: Report;
  /** Our side failed before there was a report: a file that can't be read, a thread that died. */
  readonly problem?: { readonly message: string; readonly remedy?: string };
}

export const untouched: CheckState = { activity: { kind: 'idle' }, isCurrent: false };
