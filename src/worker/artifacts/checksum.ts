import { basename } from 'node:path';
import { toHex } from '../../base/bytes.ts';
import type { Twox256 } from '../../base/hash.ts';
import { ArtifactFile } from './artifact-file.ts';

/**
 * Computes the size and twox-256 of an artifact. Rejects with `NotOurFile`, the system's error or the signal's reason.
 */
export async function checksumOfFile(
  path: string,
  newHash: () => Twox256,
  signal?: AbortSignal,
): Promise<{ bytes: number; hex: string }> {
  using file = ArtifactFile.open(path);
  const hash = newHash();
  for await (const piece of file.pieces(signal)) hash.update(piece);
  return { bytes: file.bytes, hex: toHex(hash.digest()) };
}

/** Whether a stored artifact still has the checksum that its name ends with. False when it can't be read. */
export async function isIntact(path: string, newHash: () => Twox256): Promise<boolean> {
  const found = await checksumOfFile(path, newHash).catch(() => undefined);
  return found !== undefined && basename(path, '.pvf').endsWith(found.hex.slice(2));
}
