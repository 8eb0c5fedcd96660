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
}
