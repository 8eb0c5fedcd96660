import { readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { toHex } from '../../base/bytes.ts';
import type { Twox256 } from '../../base/hash.ts';

/** Small enough not to block the thread for long, large enough for few reads. */
const PIECE_BYTES = 1024 * 1024;

/** Computes the size and twox-256 of a file. Rejects with the system's error. */
export async function checksumOfFile(path: string, newHash: () => Twox256): Promise<{ bytes: number; hex: string }> {
  const hash = newHash();
  if (statSync(path).size <= PIECE_BYTES) {
    const whole = readFileSync(path);
    hash.update(whole);
    return { bytes: whole.length, hex: toHex(hash.digest()) };
  }
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, Math.max(size, 1)));
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, piece.length, bytes);
    if (bytesRead === 0) break;
    hash.update(piece.subarray(0, bytesRead));
    bytes += bytesRead;
    if (bytes >= size) break;
  }
  return { bytes, hex: toHex(hash.digest()) };
}
