/** The literals section of a compressed block (RFC 8878, section 3.1.1.3.1). */
import type { Slice } from './bits.ts';
import { ZstdDamage } from './damage.ts';
import { decodeHuffmanStream, type HuffmanTable, readHuffmanTable } from './huffman.ts';

export interface Literals {
  readonly bytes: Uint8Array;
  /** Where the sequences section begins. */
  readonly end: number;
  /** What a later block may use again. */
  readonly table: HuffmanTable | undefined;
}

interface Header {
  readonly kind: number;
  readonly size: number;
  /** 0 where the kind has no such field. */
  readonly compressedSize: number;
  readonly streams: 1 | 4;
  readonly end: number;
}

const RAW = 0;
const RLE = 1;
const TREELESS = 3;

/**
 * @param table of the block before
 * @param scratch for the literals; a block can't have more than fit
 */
export function readLiterals(source: Slice, table: HuffmanTable | undefined, scratch: Uint8Array): Literals {
  const header = readHeader(source);
  if (header.size > scratch.length) throw new ZstdDamage('a block has too many literals');
  const bytes = scratch.subarray(0, header.size);
  const body = { view: source.view, start: header.end, end: header.end + bodySize(header) };
  if (body.end > source.end) throw new ZstdDamage('literals are cut off');
  switch (header.kind) {
    case RAW:
      bytes.set(new Uint8Array(body.view.buffer, body.view.byteOffset + body.start, header.size));
      return { bytes, end: body.end, table };
    case RLE:
      bytes.fill(body.view.getUint8(body.start));
      return { bytes, end: body.end, table };
    default: {
      const own = header.kind === TREELESS ? { table, end: body.start } : readHuffmanTable(body);
      if (!own.table) throw new ZstdDamage('literals use a Huffman table that was never given');
      decodeStreams({ ...body, start: own.end }, own.table, bytes, header.streams);
      return { bytes, end: body.end, table: own.table };
    }
  }
}

function bodySize({ kind, size, compressedSize }: Header): number {
  if (kind === RAW) return size;
  return kind === RLE ? 1 : compressedSize;
}

function readHeader({ view, start, end }: Slice): Header {
  // The view has spare bytes behind the block, so that these reads are safe; the checks of the body's end catch the rest.
  const low = view.getUint32(start, true);
  const kind = low & 3;
  const format = (low >>> 2) & 3;
  if (end - start < 2) throw new ZstdDamage('a block is cut off');
  if (kind === RAW || kind === RLE) {
    const bytes = format === 1 ? 2 : format === 3 ? 3 : 1;
    const size = bytes === 1 ? (low & 0xff) >>> 3 : (low >>> 4) & (bytes === 2 ? 0xfff : 0xfffff);
    return { kind, size, compressedSize: 0, streams: 1, end: start + bytes };
  }
  const bytes = format === 2 ? 4 : format === 3 ? 5 : 3;
  const width = bytes === 3 ? 10 : bytes === 4 ? 14 : 18;
  // Not one shift: the five-byte form has 40 bits.
  const both = Math.floor((low + (bytes === 5 ? view.getUint8(start + 4) * 2 ** 32 : 0)) / 16);
  const size = both % 2 ** width;
  const compressedSize = Math.floor(both / 2 ** width) % 2 ** width;
  return { kind, size, compressedSize, streams: format === 0 ? 1 : 4, end: start + bytes };
}

function decodeStreams(source: Slice, table: HuffmanTable, out: Uint8Array, streams: 1 | 4): void {
  if (streams === 1) {
    decodeHuffmanStream(source, table, out);
    return;
  }
  const { view, start, end } = source;
  const share = Math.ceil(out.length / 4);
  if (end - start < 6 || share * 3 > out.length) throw new ZstdDamage('literals are cut off');
  let at = start + 6;
  for (let i = 0; i < 4; i += 1) {
    const to = i < 3 ? at + view.getUint16(start + i * 2, true) : end;
    if (to > end) throw new ZstdDamage('literals are cut off');
    decodeHuffmanStream(
      { view, start: at, end: to },
      table,
      out.subarray(i * share, i < 3 ? (i + 1) * share : undefined),
    );
    at = to;
  }
}
