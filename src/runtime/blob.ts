/** From a path, as a person gives it, to the runtime blob as it would be stored on chain. */
import { type FileState, sameState } from '../base/file-state.ts';
import type { ContainerKind } from '../model/report.ts';
import { codeHashOf } from '../polkadot/code-hash.ts';
import { unpack } from './container.ts';
import { InputError } from './input-error.ts';
import { inputState, type ReadOptions, readFileSafely } from './read-file.ts';

export interface RuntimeBlob {
  /** As the person gave it. */
  readonly path: string;
  /** The file behind it: `path` without the `#<block>` that selects a code substitute. */
  readonly file: string;
  readonly container: ContainerKind;
  /** The bytes as they would be stored on chain: taken out of hex text or chain spec, still compressed. */
  readonly stored: Uint8Array;
  /** blake2b-256 of `stored`, 0x-hex. */
  readonly codeHash: string;
  /** State of the file when it was read. */
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
  return { path, file, container, stored, codeHash: codeHashOf(stored), state };
}

/**
 * The present state of the file, if its path still leads to the same blob. It may be another state than before: the file
 * was only touched, or written again with the same content. Undefined: the path leads to another blob, or to none.
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

/** A file whose own name has a `#` goes before a fragment. */
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
