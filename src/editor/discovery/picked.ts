/** A file that a person named, as a runtime of its own. */
import { basename } from 'node:path';
import { fingerprintOf } from '../../runtime/read-file.ts';
import type { Runtime } from '../model.ts';
import { stemOf, variantOf } from './blob-files.ts';
import { Disk } from './disk.ts';

const HEAD_BYTES = 64;

/**
 * Anything may be picked: a chain spec, hex text, rubbish. What it is comes out in its check.
 * Its `id` is the path as it is, so that it differs from that of a runtime that was found beside it.
 * @throws InputError where there is no such file or it can't be looked at
 */
export async function readPicked(path: string): Promise<Runtime> {
  const { size, mtimeNs } = await fingerprintOf(path);
  const name = basename(path);
  const disk = new Disk();
  const [head, stats] = await Promise.all([disk.head(path, HEAD_BYTES), disk.stat(path)]);
  const blob = {
    path,
    variant: (head && variantOf(name, head)) ?? 'bloaty',
    bytes: Number(size),
    modifiedMs: Number(mtimeNs / 1_000_000n),
    ...(stats && { changedMs: stats.ctimeMs }),
  };
  return { id: path, name: stemOf(name), blob, others: [] };
}
