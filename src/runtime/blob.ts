/** A runtime blob as it is, or would be, stored on chain: read from a path that the user gave, or from a live chain. */
import { toHex } from '../base/bytes.ts';
import { type FileState, sameState } from '../base/file-state.ts';
import { blake2b256 } from '../base/hash.ts';
import type { ContainerKind, ParaSummary, Wrapping } from '../model/report.ts';
import { unpack } from './container.ts';
import { InputError } from './input-error.ts';
import { inputState, type ReadOptions, readFileSafely } from './read-file.ts';
import { compressedTwice } from './recognize/compressed-twice.ts';

export interface RuntimeBlob {
  /** As the user gave it. Of a code on chain: what it is, as in `para 2034 (current)`. */
  readonly path: string;
  /** `path` without the `#<block>` that selects a code substitute. */
  readonly file: string;
  readonly container: ContainerKind;
  /** What else the blob was taken out of, the outermost first. Absent: nothing. */
  readonly unwrapped?: readonly Wrapping[];
  /** The path of the code in a chain spec. */
  readonly codeAt?: string;
  /** The bytes as stored on chain: extracted from hex text or chain spec, still compressed. */
  readonly stored: Uint8Array;
  /** blake2b-256 of `stored`, 0x-hex. The first use computes it, which takes a few ms per MB. */
  readonly codeHash: string;
  /** The file's state when it was read. Absent: the code is from a chain. */
  readonly state?: FileState;
  /** The parachain whose code it is. Absent: it was read from a file. */
  readonly para?: ParaSummary;
}

/** A blob that was read from a file. */
export interface RuntimeFile extends RuntimeBlob {
  readonly state: FileState;
}

/**
 * @param path a file, or `<chain spec>#<block>` for the code substitute of that block
 * @throws InputError, or the signal's reason
 */
export async function readRuntime(path: string, options: ReadOptions = {}): Promise<RuntimeFile> {
  const blob = await readUnhashed(path, options);
  let codeHash: string | undefined;
  return {
    ...blob,
    get codeHash() {
      codeHash ??= codeHashOf(blob.stored);
      return codeHash;
    },
  };
}

/** The code hash of a blob: blake2b-256 of the bytes as stored on chain, 0x-hex. */
export function codeHashOf(stored: Uint8Array): string {
  return toHex(blake2b256(stored));
}

/**
 * Returns the file's current state if its path still holds the same blob, else undefined. The state may differ from the
 * blob's: the file may have been touched or rewritten with the same content. A code from a chain has no file.
 */
export async function unchangedState(blob: RuntimeBlob, options: ReadOptions = {}): Promise<FileState | undefined> {
  if (blob.state === undefined) return undefined;
  try {
    if (sameState(await inputState(blob.file), blob.state)) return blob.state;
    const now = await readUnhashed(blob.path, options);
    return Buffer.compare(now.stored, blob.stored) === 0 ? now.state : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

async function readUnhashed(path: string, options: ReadOptions): Promise<Omit<RuntimeFile, 'codeHash'>> {
  const { file, block } = await resolveFragment(path);
  const { bytes, state } = await readFileSafely(file, options);
  const unpacked = unpack(path, bytes, block);
  const fault = await compressedTwice(unpacked.stored);
  if (fault) throw new InputError(path, fault);
  return { path, file, ...unpacked, state };
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
