/** A file that a person named, as a runtime of its own. */
import { basename } from 'node:path';
import { stemOf } from '../../runtime/build-variant.ts';
import { inputState } from '../../runtime/read-file.ts';
import type { Runtime } from '../model.ts';
import { variantOf } from './blob-files.ts';
import { Disk } from './disk.ts';

const HEAD_BYTES = 64;

/**
 * Anything may be picked: a chain spec, hex text, rubbish. What it is comes out in its check.
 * Its `id` is the path as it is, so that it differs from that of a runtime that was found beside it.
 * @throws InputError where there is no such file or it can't be looked at
 */
export async function readPicked(path: string): Promise<Runtime> {
  const { bytes, modifiedMs, changedMs } = await inputState(path);
  const name = basename(path);
  const disk = new Disk();
  const head = await disk.head(path, HEAD_BYTES);
  const blob = {
    path,
    variant: (head && variantOf(name, head)) ?? 'bloaty',
    bytes,
    modifiedMs,
    changedMs,
  };
  return { id: path, name: stemOf(name), blob, others: [] };
}
