/** Reads the headers of a tar archive (POSIX pax, ustar, and the older format without a magic). Unpacks nothing. */
import type { InputFault } from '../input-error.ts';
import { type ArchiveEntry, describeArchive } from './archive-entries.ts';

const BLOCK_BYTES = 512;
const MAX_ENTRIES = 1000;
const HEAD_BYTES = 512;
const TYPE_AT = 156;
/** A plain file: `0`, or NUL in the older format. */
const FILE_TYPES = ['0', '\0', '7'];

export function tarProblem(content: Uint8Array): InputFault | undefined {
  const tar = Buffer.from(content.buffer, content.byteOffset, content.length);
  if (!isHeader(tar.subarray(0, BLOCK_BYTES))) return undefined;
  const entries: ArchiveEntry[] = [];
  for (let at = 0, count = 0; count < MAX_ENTRIES; count += 1) {
    const header = tar.subarray(at, at + BLOCK_BYTES);
    const size = octal(header, 124, 12);
    if (!isHeader(header) || size === undefined) break;
    const start = at + BLOCK_BYTES;
    const type = header.toString('latin1', TYPE_AT, TYPE_AT + 1);
    if (FILE_TYPES.includes(type))
      entries.push({ name: nameOf(header), head: tar.subarray(start, start + HEAD_BYTES) });
    at = start + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return describeArchive('archive', 'a tar archive', entries, entries.length);
}

function nameOf(header: Buffer): string {
  const name = text(header, 0, 100);
  const prefix = header.toString('latin1', 257, 262) === 'ustar' ? text(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** The checksum is the sum of all bytes, with spaces in its own place. */
function isHeader(header: Buffer): boolean {
  const checksum = header.length === BLOCK_BYTES ? octal(header, 148, 8) : undefined;
  if (checksum === undefined || checksum === 0) return false;
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  return sum === checksum;
}

function octal(header: Buffer, at: number, length: number): number | undefined {
  const digits = header.toString('latin1', at, at + length).replace(/[\0 ]/g, '');
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

function text(header: Buffer, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}
