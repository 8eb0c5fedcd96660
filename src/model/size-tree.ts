/** What each part of a module costs. */

/**
 * - `header`: magic, version, section headers and item counts
 * - `section`: a standard or custom section
 * - `crate`: a crate of Rust, or a C library under its own name
 * - `module`: a Rust module
 * - `function`: a function, or all instances of a generic one
 * - `segment`: a data segment
 * - `unattributed`: functions whose crate is unknown
 */
export const sizeNodeKinds = [
  'file',
  'header',
  'section',
  'crate',
  'module',
  'function',
  'segment',
  'names',
  'unattributed',
] as const;

export type SizeNodeKind = (typeof sizeNodeKinds)[number];

export interface SizeNode {
  readonly name: string;
  readonly kind: SizeNodeKind;
  /** Bytes in the decompressed module. Equals the sum of the children unless there are none. */
  readonly bytes: number;
  /** Functions in this part, each instance of a generic one counted. Absent outside the code section. */
  readonly functions?: number;
  /** CPU time that the compiler took. Known after a preparation with costs. */
  readonly compileTimeMs?: number;
  /** Machine code that the compiler made of it. Known after a preparation with costs. */
  readonly machineCodeBytes?: number;
  /** The largest first. Empty for a leaf. */
  readonly children: readonly SizeNode[];
}

/** A pallet or a crate of the team's own, with the code that exists because of it: its own and generic code made for it. */
export interface CodeOwner {
  readonly name: string;
  readonly kind: 'pallet' | 'crate' | 'unattributed';
  readonly bytes: number;
  readonly functions: number;
  readonly compileTimeMs?: number;
  readonly machineCodeBytes?: number;
}

/** What goes when a part goes: its own code, and the code that nothing else reaches. */
export interface RetainedSize {
  readonly name: string;
  readonly kind: 'pallet' | 'crate' | 'function';
  readonly functions: number;
  /** Its own code. */
  readonly bytes: number;
  /** What its removal would save, about: indirect calls are taken to reach every function of their type in a table. */
  readonly retainedBytes: number;
  /** Its functions that are in a table. What calls them from there is unknown. */
  readonly inTable: number;
}

/** Why a part is in the module. */
export interface KeptBy extends RetainedSize {
  /**
   * The functions through which every call of it comes, from an export on. Empty when it is reached in ways that have no
   * function in common, or by no call.
   */
  readonly through: readonly string[];
  /** The functions that call it, the largest first. Not all of many. */
  readonly callers: readonly string[];
  /** Callers in all. */
  readonly callerCount: number;
}

/** What the strongest compression makes of the module. */
export interface Recompression {
  /** zstd level. */
  readonly level: number;
  readonly storedBytes: number;
  /** Stored size of the module without its name section. Absent: it has none. */
  readonly withoutNamesBytes?: number;
}

export interface Sizes {
  /** Size of the decompressed module. */
  readonly totalBytes: number;
  /** Content of the code section. */
  readonly codeBytes: number;
  /** The part of `codeBytes` whose crate is known. */
  readonly attributedCodeBytes: number;
  /** The part of `codeBytes` that `owners` gives to a pallet or a crate of the team's own. */
  readonly ownedCodeBytes: number;
  readonly tree: SizeNode;
  /** The largest first. Their sum is `codeBytes`. */
  readonly owners: readonly CodeOwner[];
  /** The owners and functions that save most. Only on request. */
  readonly retained?: readonly RetainedSize[];
  /** What matches the name that the user asked about, the largest first. Only on request. */
  readonly keptBy?: readonly KeptBy[];
  /** Only on request, and where Node has zstd. */
  readonly recompression?: Recompression;
}
