/** Reads the directory of a zip archive (APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12, 4.3.16). Unpacks nothing. */
import { constants, inflateRawSync } from 'node:zlib';
import { startsWith } from '../../base/bytes.ts';
import type { InputFault } from '../input-error.ts';
import { type ArchiveEntry, describeArchive } from './archive-entries.ts';

const signatures = { file: 'PK\x03\x04', entry: 'PK\x01\x02', end: 'PK\x05\x06', split: 'PK\x07\x08' } as const;

/** The end record with the longest comment. */
const END_BYTES = 22;
const MAX_END_BYTES = END_BYTES + 0xffff;
const ENTRY_BYTES = 46;
const MAX_ENTRIES = 1000;
const HEAD_BYTES = 512;
const MAX_INFLATED_BYTES = 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;

interface Directory {
  readonly entries: readonly ArchiveEntry[];
  readonly count: number;
}

export function zipProblem(content: Uint8Array): InputFault | undefined {
  const isZip = [signatures.file, signatures.end, signatures.split].some((magic) => isAt(content, 0, magic));
  if (!isZip) return undefined;
  const directory = readDirectory(Buffer.from(content.buffer, content.byteOffset, content.length));
  if (directory) return describeArchive('zip-archive', 'a zip archive', directory.entries, directory.count);
  return {
    id: 'zip-archive',
    cause: 'this is a zip archive without the directory at its end, so it is cut off or damaged',
    remedy: 'Download or copy the archive again, unpack it, and give the path of the runtime blob in it.',
  };
}

function readDirectory(zip: Buffer): Directory | undefined {
  const from = Math.max(0, zip.length - MAX_END_BYTES);
  const end = zip.subarray(from).lastIndexOf(signatures.end, undefined, 'latin1') + from;
  if (end < from || end + END_BYTES > zip.length) return undefined;
  const count = zip.readUInt16LE(end + 10);
  const entries: ArchiveEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  while (entries.length < Math.min(count, MAX_ENTRIES)) {
    if (at + ENTRY_BYTES > zip.length || !isAt(zip, at, signatures.entry)) break;
    const nameBytes = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    entries.push({ name, head: headOf(zip, zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 42)) });
    at += ENTRY_BYTES + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return { entries, count: Math.max(count, entries.length) };
}

/** The content of an entry begins behind its local header. */
function headOf(zip: Buffer, method: number, at: number): Uint8Array {
  if (at + 30 > zip.length || !isAt(zip, at, signatures.file)) return new Uint8Array();
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const packed = zip.subarray(start, start + HEAD_BYTES);
  if (method === STORED) return packed;
  if (method !== DEFLATED) return new Uint8Array();
  try {
    // Without the flush, the missing rest would be an error.
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_INFLATED_BYTES });
  } catch {
    return new Uint8Array();
  }
}

function isAt(content: Uint8Array, at: number, magic: string): boolean {
  return startsWith(content.subarray(at, at + magic.length), Buffer.from(magic, 'latin1'));
}
