/** Finds a blob behind other bytes: a SCALE length, an encoded call, an HTTP header. */
import { startsWith } from '../../base/bytes.ts';
import { groupDigits } from '../../base/units.ts';
import { BLOB_MAGICS } from '../magic.ts';
import { fault, type Step } from './step.ts';

/** How far into the file to look. */
const HEAD_BYTES = 4096;

/** `Some` of an `Option` in SCALE. */
const SOME = 1;

export function blobBehindBytes(content: Uint8Array): Step | undefined {
  const head = Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, HEAD_BYTES));
  const places = BLOB_MAGICS.map((magic) => head.indexOf(magic)).filter((at) => at > 0);
  if (places.length === 0) return undefined;
  const at = Math.min(...places);
  const rest = content.length - at;
  const length = compactLengths(content, at).find(({ value }) => value === rest) ?? likelyLength(content, at);
  if (length === undefined) return otherBytes(head, at);
  const { value, bytes } = length;
  if (value !== rest) {
    return fault(
      'truncated',
      `the SCALE length in front says that the runtime has ${groupDigits(value)} bytes, but ${groupDigits(rest)} bytes follow`,
      'The file is cut off, or more was appended. Export the code again.',
    );
  }
  const before = at - bytes;
  const isValue = before === 0 || (before === 1 && content[0] === SOME);
  return {
    kind: 'inner',
    content: { kind: 'bytes', bytes: content.subarray(at) },
    by: [isValue ? 'scale-length' : 'encoded-call'],
  };
}

interface CompactLength {
  readonly value: number;
  /** Bytes of its encoding. */
  readonly bytes: number;
}

/** The numbers that end at an offset, read as SCALE's compact integers. */
function compactLengths(content: Uint8Array, end: number): readonly CompactLength[] {
  const found: CompactLength[] = [];
  for (const [mode, bytes] of [1, 2, 4].entries()) {
    const encoded = content.subarray(Math.max(0, end - bytes), end);
    const number = encoded.reduceRight((value, byte) => value * 256 + byte, 0);
    if (encoded.length === bytes && number % 4 === mode) found.push({ value: (number - mode) / 4, bytes });
  }
  return found;
}

/** Without a match, only a length that fills all bytes in front is surely one. */
function likelyLength(content: Uint8Array, at: number): CompactLength | undefined {
  return at === 4 ? compactLengths(content, at).find(({ bytes }) => bytes === at) : undefined;
}

function otherBytes(head: Buffer, at: number): Step {
  const isHttp = startsWith(head, Buffer.from('HTTP/'));
  return fault(
    'bytes-in-front',
    isHttp
      ? `an HTTP header of ${at} bytes stands before the runtime`
      : `${at} other ${at === 1 ? 'byte stands' : 'bytes stand'} before what looks like a runtime`,
    isHttp ? 'Download the file again without its header (curl without -i).' : 'Export the code again, or remove them.',
  );
}
