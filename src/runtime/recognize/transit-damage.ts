/**
 * Recognizes blobs that a transfer as text damaged: through a terminal, a shell, FTP in text mode, or an editor. A blob is
 * only called damaged when its structure is broken and the damage has left an unmistakable trace.
 */
import { isUtf8 } from 'node:buffer';
import { groupDigits } from '../../base/units.ts';
import type { BlobKind } from '../../model/report.ts';
import { readModule } from '../../wasm/module.ts';
import type { InputFault } from '../input-error.ts';
import { COMPRESSED_MAGIC } from '../magic.ts';
import { frameEnd } from '../zstd/frame-body.ts';
import { readFrameHeader } from '../zstd/frame-header.ts';

const remedy =
  'Copy or export the file again without a terminal or a text mode: docker exec and docker run without -t, FTP in binary mode, curl --output. Or export the code as hex.';

const LF = 0x0a;
const CR = 0x0d;

/** So many line feeds behind carriage returns are no coincidence. A blob has one line feed in 256 bytes. */
const SURE_LINE_FEEDS = 8;

/** By chance, each value is missing in one of 10^7 compressed files of this size. */
const SURE_ABSENT_BYTES = 4096;

/** Undefined for a blob that is whole, or damaged in another way: the worker decides about it. */
export function transitDamage(content: Uint8Array, kind: BlobKind): InputFault | undefined {
  if (kind !== 'wasm' && kind !== 'compressed-wasm') return undefined;
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  return crlfDamage(bytes, kind) ?? absentByte(bytes, kind) ?? (kind === 'wasm' ? decodedModule(bytes) : undefined);
}

function crlfDamage(bytes: Buffer, kind: BlobKind): InputFault | undefined {
  const count = pairedLineFeeds(bytes);
  if (count === 0 || !isBroken(bytes, kind)) return undefined;
  if (count < SURE_LINE_FEEDS && isBroken(withoutCarriageReturns(bytes), kind)) return undefined;
  const what = count === 1 ? 'its line feed has' : `all its ${groupDigits(count)} line feeds have`;
  return { id: 'crlf-damage', cause: `the runtime was damaged in transit: ${what} become CR LF`, remedy };
}

/** The number of line feeds, or 0 unless a carriage return precedes each. */
function pairedLineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at - 1] !== CR) return 0;
    count += 1;
  }
  return count;
}

function withoutCarriageReturns(bytes: Buffer): Buffer {
  return bytes.filter((byte, at) => byte !== CR || bytes[at + 1] !== LF) as Buffer;
}

/** Shells drop NUL, and text modes drop CR or LF. Uncompressed modules may lack a value by nature. */
function absentByte(bytes: Buffer, kind: BlobKind): InputFault | undefined {
  if (kind !== 'compressed-wasm' || bytes.length < SURE_ABSENT_BYTES) return undefined;
  const absent = [
    [0, 'zero bytes'],
    [LF, 'line feeds'],
    [CR, 'carriage returns'],
  ] as const;
  const found = absent.find(([value]) => !bytes.includes(value));
  if (found === undefined || !isBroken(bytes, kind)) return undefined;
  return { id: 'bytes-lost', cause: `the runtime was damaged in transit: it has lost all its ${found[1]}`, remedy };
}

const REPLACEMENT = Buffer.from('\ufffd');

/** The magic of an uncompressed module is ASCII and survives. Real modules are not UTF-8 beyond ASCII. */
function decodedModule(bytes: Buffer): InputFault | undefined {
  if (!isUtf8(bytes) || !isBroken(bytes, 'wasm')) return undefined;
  if (bytes.includes(REPLACEMENT)) return decodedAsText(true);
  const text = bytes.toString('utf8');
  const latin1 = Buffer.from(text, 'latin1');
  const isReversible = latin1.length < bytes.length && latin1.toString('latin1') === text;
  return isReversible && !isBroken(latin1, 'wasm') ? decodedAsText(false) : undefined;
}

/** `COMPRESSED_MAGIC` after decoding with any code page. Four of its bytes are not printable ASCII. */
const decodedMagic = /^R[^ -~]{1,2}SvF[^ -~]{2,5}/u;
const questionMarks = /^R\?SvF\?/;

/** @param head the beginning of a file, decoded as UTF-8 or UTF-16 */
export function decodedCompressedBlob(head: string): InputFault | undefined {
  if (!decodedMagic.test(head) && !questionMarks.test(head)) return undefined;
  return decodedAsText(head.slice(0, COMPRESSED_MAGIC.length).includes('\ufffd') || questionMarks.test(head));
}

/** @param isLossy bytes were replaced, so that they are lost */
export function decodedAsText(isLossy: boolean): InputFault {
  const how = isLossy
    ? 'a program decoded the binary as text and replaced what it could not decode'
    : 'a program decoded the binary as text and encoded it again';
  return { id: 'utf8-damage', cause: `the runtime was damaged in transit: ${how}`, remedy };
}

function isBroken(bytes: Uint8Array, kind: BlobKind): boolean {
  return kind === 'wasm' ? readModule(bytes).problem !== undefined : !hasWholeFrames(bytes);
}

/** Looks at headers alone. */
function hasWholeFrames(bytes: Uint8Array): boolean {
  let at = COMPRESSED_MAGIC.length;
  while (at < bytes.length) {
    const header = readFrameHeader(bytes, at);
    if (header.kind === 'damaged') return false;
    const end = header.kind === 'skippable' ? header.end : frameEnd(bytes, header);
    if (typeof end !== 'number') return false;
    at = end;
  }
  return at > COMPRESSED_MAGIC.length;
}
