/** The sequences section of a compressed block (RFC 8878, sections 3.1.1.3.2 and 3.1.1.4). */
import { BackwardBits, type Slice } from './bits.ts';
import { ZstdDamage } from './damage.ts';
import { buildFseTable, type FseTable, readFseTable, rleTable } from './fse.ts';
import type { Output } from './output.ts';

/** In the order in which the tables are described in a block. */
export interface SequenceTables {
  readonly literalLengths: FseTable;
  readonly offsets: FseTable;
  readonly matchLengths: FseTable;
}

/** The last three offsets, the newest first. */
export type RepeatOffsets = [number, number, number];

interface CodeKind {
  readonly maxAccuracy: number;
  readonly maxSymbol: number;
  readonly predefined: FseTable;
}

const LITERAL_LENGTH: CodeKind = {
  maxAccuracy: 9,
  maxSymbol: 35,
  predefined: buildFseTable(
    6,
    [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
  ),
};
const MATCH_LENGTH: CodeKind = {
  maxAccuracy: 9,
  maxSymbol: 52,
  predefined: buildFseTable(
    6,
    [
      1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
    ],
  ),
};
const OFFSET: CodeKind = {
  maxAccuracy: 8,
  maxSymbol: 31,
  predefined: buildFseTable(
    5,
    [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
  ),
};

/** Bits that follow each code, and from them the smallest length that each code stands for. */
const LITERAL_LENGTH_BITS = codeBits(16, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const LITERAL_LENGTH_BASE = codeBases(LITERAL_LENGTH_BITS, 0);
const MATCH_LENGTH_BITS = codeBits(32, [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const MATCH_LENGTH_BASE = codeBases(MATCH_LENGTH_BITS, 3);

/** Offsets of 2^27 and more can't lie within the largest window that is decoded. */
const MAX_OFFSET_CODE = 27;

export interface SequencesHeader {
  readonly count: number;
  /** Absent where there are no sequences. */
  readonly tables?: SequenceTables;
  /** Where the bit stream begins. */
  readonly end: number;
}

/** @param before tables of the block before */
export function readSequencesHeader(source: Slice, before: SequenceTables | undefined): SequencesHeader {
  const { count, end } = readCount(source);
  if (count === 0) return { count, end };
  if (end >= source.end) throw new ZstdDamage('sequences are cut off');
  const modes = source.view.getUint8(end);
  let start = end + 1;
  const table = (kind: CodeKind, mode: number, old: FseTable | undefined): FseTable => {
    const read = readTable({ ...source, start }, kind, mode, old);
    start = read.end;
    return read.table;
  };
  const literalLengths = table(LITERAL_LENGTH, modes >> 6, before?.literalLengths);
  const offsets = table(OFFSET, (modes >> 4) & 3, before?.offsets);
  const matchLengths = table(MATCH_LENGTH, (modes >> 2) & 3, before?.matchLengths);
  return { count, tables: { literalLengths, offsets, matchLengths }, end: start };
}

/** Writes literals and matches by turns; what is left of the literals is the block's end. */
export function runSequences(
  source: Slice,
  count: number,
  { literalLengths, offsets, matchLengths }: SequenceTables,
  literals: Uint8Array,
  recent: RepeatOffsets,
  out: Output,
): void {
  const bits = new BackwardBits(source);
  let literalState = bits.read(literalLengths.accuracy);
  let offsetState = bits.read(offsets.accuracy);
  let matchState = bits.read(matchLengths.accuracy);
  let taken = 0;
  for (let left = count; ; ) {
    const literalEntry = literalLengths.states[literalState] ?? 0;
    const offsetEntry = offsets.states[offsetState] ?? 0;
    const matchEntry = matchLengths.states[matchState] ?? 0;
    const offsetValue = readOffset(bits, offsetEntry & 0xff);
    const matchCode = matchEntry & 0xff;
    const matchLength = (MATCH_LENGTH_BASE[matchCode] ?? 0) + bits.read(MATCH_LENGTH_BITS[matchCode] ?? 0);
    const literalCode = literalEntry & 0xff;
    const literalLength = (LITERAL_LENGTH_BASE[literalCode] ?? 0) + bits.read(LITERAL_LENGTH_BITS[literalCode] ?? 0);
    out.literals(literals, taken, literalLength);
    taken += literalLength;
    out.match(resolveOffset(recent, offsetValue, literalLength), matchLength);
    left -= 1;
    if (left === 0) break;
    literalState = (literalEntry >>> 16) + bits.read((literalEntry >>> 8) & 0xff);
    matchState = (matchEntry >>> 16) + bits.read((matchEntry >>> 8) & 0xff);
    offsetState = (offsetEntry >>> 16) + bits.read((offsetEntry >>> 8) & 0xff);
  }
  if (bits.remaining !== 0) throw new ZstdDamage('a sequences stream has bits left over');
  out.literals(literals, taken, literals.length - taken);
}

function readCount({ view, start, end }: Slice): { count: number; end: number } {
  if (start >= end) throw new ZstdDamage('sequences are cut off');
  const first = view.getUint8(start);
  const length = first < 128 ? 1 : first < 255 ? 2 : 3;
  if (start + length > end) throw new ZstdDamage('sequences are cut off');
  if (length === 1) return { count: first, end: start + 1 };
  if (length === 2) return { count: (first - 128) * 256 + view.getUint8(start + 1), end: start + 2 };
  return { count: view.getUint16(start + 1, true) + 0x7f00, end: start + 3 };
}

function readTable(
  source: Slice,
  kind: CodeKind,
  mode: number,
  before: FseTable | undefined,
): { readonly table: FseTable; readonly end: number } {
  switch (mode) {
    case 0:
      return { table: kind.predefined, end: source.start };
    case 1: {
      const symbol = source.start < source.end ? source.view.getUint8(source.start) : Number.POSITIVE_INFINITY;
      if (symbol > kind.maxSymbol) throw new ZstdDamage('a sequence table has a wrong symbol');
      return { table: rleTable(symbol), end: source.start + 1 };
    }
    case 2:
      return readFseTable(source, kind);
    default:
      if (!before) throw new ZstdDamage('sequences use a table that was never given');
      return { table: before, end: source.start };
  }
}

function readOffset(bits: BackwardBits, code: number): number {
  if (code > MAX_OFFSET_CODE) throw new ZstdDamage('a match reaches back too far');
  if (code <= 24) return (1 << code) + bits.read(code);
  const high = bits.read(code - 24) << 24;
  return (1 << code) + high + bits.read(24);
}

/** Values 1 to 3 mean a recent offset; which one depends on whether literals came before. */
function resolveOffset(recent: RepeatOffsets, value: number, literalLength: number): number {
  if (value > 3) {
    recent[2] = recent[1];
    recent[1] = recent[0];
    recent[0] = value - 3;
    return recent[0];
  }
  const index = literalLength === 0 ? value : value - 1;
  if (index === 0) return recent[0];
  const offset = index === 1 ? recent[1] : index === 2 ? recent[2] : recent[0] - 1;
  if (index > 1) recent[2] = recent[1];
  recent[1] = recent[0];
  recent[0] = offset;
  return offset;
}

function codeBits(withoutBits: number, rest: readonly number[]): Uint8Array {
  return Uint8Array.of(...new Array<number>(withoutBits).fill(0), ...rest);
}

function codeBases(bits: Uint8Array, first: number): Uint32Array {
  let base = first;
  return Uint32Array.from(bits, (width) => {
    const own = base;
    base += 2 ** width;
    return own;
  });
}
