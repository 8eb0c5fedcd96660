/** A code that a chain has, as a runtime blob. */
import type { ParaSummary } from '../model/report.ts';
import type { RuntimeBlob } from './blob.ts';
import { blobKind } from './magic.ts';

/** @param codeHash of the bytes, which the reader of the chain has checked */
export function blobOfPara(para: ParaSummary, codeHash: string, stored: Uint8Array): RuntimeBlob {
  const kind = blobKind(stored);
  const path = paraPath(para);
  // A chain may have any bytes. A worker refuses those that are no module.
  return { path, file: path, container: kind === 'unknown' ? 'wasm' : kind, stored, codeHash, para };
}

/** `para 2034 (current)`: stands for the path where the code is from a chain. */
export function paraPath({ id, code }: Pick<ParaSummary, 'id' | 'code'>): string {
  return `para ${id} (${code})`;
}
