/** Is a file that is open in an editor meant as a runtime? */
import { extname } from 'node:path';
import { sniff } from '../../runtime/container.ts';
import { blobKind } from '../../runtime/magic.ts';
import { Disk } from '../../runtime/sources/disk.ts';

/** A chain spec begins with its names and nodes, before the genesis. */
export const OPEN_FILE_HEAD_BYTES = 64 * 1024;
/** Other hex texts, such as hashes and calls, are shorter. */
const MIN_HEX_BYTES = 4096;

/** Such a file is meant as a runtime even if it turns out to be damaged. */
const runtimeNames: ReadonlySet<string> = new Set(['.wasm', '.polkavm', '.hex']);
/** The hex of a blob in JSON, such as the answer of a node. */
const blobInJson = /"(0x)?(0061736d01000000|52bc537646db8e05|50564d00)/i;

/** @param head the first bytes of the file @param bytes the size of the file */
export function looksLikeRuntime(name: string, head: Uint8Array, bytes: number): boolean {
  if (runtimeNames.has(extname(name).toLowerCase()) || blobKind(head) !== 'unknown') return true;
  const container = sniff(head);
  if (container === 'hex') return bytes >= MIN_HEX_BYTES;
  const text = container === 'chain-spec' ? new TextDecoder().decode(head) : '';
  return isChainSpec(text) || blobInJson.test(text);
}

/** Reads only the beginning of the file. */
export async function fileLooksLikeRuntime(path: string): Promise<boolean> {
  const disk = new Disk();
  const stats = await disk.stat(path);
  if (!stats?.isFile() || stats.size === 0n) return false;
  const head = await disk.head(path, OPEN_FILE_HEAD_BYTES);
  return head !== undefined && looksLikeRuntime(path, head, Number(stats.size));
}

function isChainSpec(text: string): boolean {
  const has = (key: string) => new RegExp(`"${key}"\\s*:`).test(text);
  return (has('genesis') || has('bootNodes') || has('codeSubstitutes')) && (has('id') || has('name'));
}
