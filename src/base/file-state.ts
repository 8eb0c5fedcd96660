import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Identifies a version of a file without reading its content. Plain data, so that it can be stored as JSON. */
export interface FileState {
  readonly bytes: number;
  /** Last modification, in milliseconds since 1970. wasm-builder sets it back to the start of its build step. */
  readonly modifiedMs: number;
  /** Last change of content or attributes, in milliseconds since 1970. Programs can't set it back. */
  readonly changedMs: number;
  /** Device and inode. They differ when another file is moved to the same path. */
  readonly inode: string;
}

/** Returns the state of a file or folder, or undefined when it does not exist. Rejects with any other system error. */
export async function stateOf(path: string): Promise<FileState | undefined> {
  try {
    return stateFrom(await stat(path, { bigint: true }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Accepts only `BigIntStats`: `Stats` rounds times differently, so two states of the same file could differ. */
export function stateFrom({ size, mtimeNs, ctimeNs, dev, ino }: BigIntStats): FileState {
  return {
    bytes: Number(size),
    modifiedMs: Number(mtimeNs) / 1e6,
    changedMs: Number(ctimeNs) / 1e6,
    inode: `${dev}:${ino}`,
  };
}

export function sameState(a: FileState | undefined, b: FileState | undefined): boolean {
  return (
    a?.bytes === b?.bytes && a?.modifiedMs === b?.modifiedMs && a?.changedMs === b?.changedMs && a?.inode === b?.inode
  );
}
