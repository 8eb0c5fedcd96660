import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Tells one state of a file from another without reading it. Plain data, so that it can be kept as JSON. */
export interface FileState {
  readonly bytes: number;
  /** Last modification, in milliseconds since 1970. wasm-builder sets it back to the start of its build step. */
  readonly modifiedMs: number;
  /** Last change of content or attributes, in milliseconds since 1970. No program can set it back. */
  readonly changedMs: number;
  /** Device and inode: another file that was moved to the same path differs in it. */
  readonly inode: string;
}

/** The state of a file or folder; undefined when there is none. Rejects with the system's other errors. */
export async function stateOf(path: string): Promise<FileState | undefined> {
  try {
    return stateFrom(await stat(path, { bigint: true }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Takes exact times only: those of `Stats` are rounded otherwise, so that two states of one file would differ. */
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
