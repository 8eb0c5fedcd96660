/** Reads a runtime blob, as it would be stored on chain, from a path that the user gave. */
import { toHex } from '../base/bytes.ts';
import { type FileState, sameState } from '../base/file-state.ts';
import { blake2b256 } from '../base/hash.ts';
import type { ContainerKind } from '../model/report.ts';
import { unpack } from './container.ts';
import { InputError } from './input-error.ts';
import { inputState, type ReadOptions, readFileSafely } from './read-file.ts';

export interface RuntimeBlob {
  /** As the user gave it. */
  readonly path: string;
  /** `path` without the `#<block>` that selects a code substitute. */
  readonly file: string;
  readonly container: ContainerKind;
  /** The bytes as stored on chain: extracted from hex text or chain spec, still compressed. */
  readonly stored: Uint8Array;
  /** blake2b-256 of `stored`, 0x-hex. */
  readonly codeHash: string;
  /** The file's state when it was read. */
  readonly state: FileState;
}

/**
 * @param path a file, or `<chain spec>#<block>` for the code substitute of that block
 * @throws InputError, or the signal's reason
 */
export async function readRuntime(path: string, options: ReadOptions = {}): Promise<RuntimeBlob> {
  const { file, block } = await resolveFragment(path);
  const { bytes, state } = await readFileSafely(file, options);
  const { container, stored } = unpack(path, bytes, block);
  return { path, file, container, stored, codeHash: toHex(blake2b256(stored)), state };
}

/**
 * Returns the file's current state if its path still holds the same blob, else undefined. The state may differ from the
 * blob's: the file may have been touched or rewritten with the same content.
 */
export async function unchangedState(blob: RuntimeBlob, options: ReadOptions = {}): Promise<FileState | undefined> {
  try {
    if (sameState(await inputState(blob.file), blob.state)) return blob.state;
    const now = await readRuntime(blob.path, options);
    return now.codeHash === blob.codeHash ? now.state : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** A file whose name contains `#` takes precedence over a fragment. */
async function resolveFragment(path: string): Promise<{ file: string; block?: string }> {
  const [, file, block] = /^(.+)#(0x[0-9a-f]+|\d+)$/i.exec(path) ?? [];
  if (file === undefined || block === undefined) return { file: path };
  return (await isMissing(path)) && !(await isMissing(file)) ? { file, block } : { file: path };
}

async function isMissing(path: string): Promise<boolean> {
  try {
    await inputState(path);
    return false;
  } catch (error) {
    return error instanceof InputError && error.code === 'missing';
  }
}
