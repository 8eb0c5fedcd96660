/** Finite State Entropy tables (RFC 8878, section 4.1). */
import { type BackwardBits, ForwardBits, type Slice } from './bits.ts';
import { ZstdDamage } from './damage.ts';

export interface FseTable {
  /** Base-2 logarithm of the number of states. */
  readonly accuracy: number;
  /** For each state: symbol in bits 0 to 7, bits to read for the next state in 8 to 15, that state's base from 16 on. */
  readonly states: Uint32Array;
}

export interface FseLimits {
  readonly maxAccuracy: number;
  readonly maxSymbol: number;
}

/** The table and where its description ends. */
export function readFseTable(source: Slice, limits: FseLimits): { readonly table: FseTable; readonly end: number } {
  const bits = new ForwardBits(source);
  const accuracy = bits.read(4) + 5;
  if (accuracy > limits.maxAccuracy) throw new ZstdDamage('a table is larger than allowed');
  const counts = readCounts(bits, 1 << accuracy);
  if (counts.length > limits.maxSymbol + 1) throw new ZstdDamage('a table has too many symbols');
  return { table: buildFseTable(accuracy, counts), end: bits.end() };
}

/** One symbol that costs no bits. */
export function rleTable(symbol: number): FseTable {
  return { accuracy: 0, states: Uint32Array.of(symbol) };
}

/** @param counts by symbol: how many states it has; -1 = less than one */
export function buildFseTable(accuracy: number, counts: readonly number[]): FseTable {
  const size = 1 << accuracy;
  const symbols = spread(size, counts);
  const next = counts.map((count) => Math.abs(count));
  const states = new Uint32Array(size);
  symbols.forEach((symbol, state) => {
    const number = next[symbol] ?? 0;
    next[symbol] = number + 1;
    const bits = accuracy - (31 - Math.clz32(number));
    states[state] = symbol | (bits << 8) | (((number << bits) - size) << 16);
  });
  return { accuracy, states };
}

export function startState(table: FseTable, bits: BackwardBits): number {
  return bits.read(table.accuracy);
}

function readCounts(bits: ForwardBits, size: number): number[] {
  const counts: number[] = [];
  let left = size;
  while (left > 0) {
    const count = readCount(bits, left);
    left -= Math.abs(count);
    counts.push(count);
    if (count === 0) {
      let repeat = 3;
      while (repeat === 3) {
        repeat = bits.read(2);
        for (let i = 0; i < repeat; i += 1) counts.push(0);
      }
    }
    if (counts.length > 256) throw new ZstdDamage('a table has too many symbols');
  }
  if (left < 0) throw new ZstdDamage('the counts of a table do not add up');
  return counts;
}

/** Small values take one bit less where the range of possible ones is no power of two. */
function readCount(bits: ForwardBits, left: number): number {
  const width = 32 - Math.clz32(left + 1);
  const value = bits.peek(width);
  const low = value & ((1 << (width - 1)) - 1);
  const short = (1 << width) - 2 - left;
  if (low < short) {
    bits.skip(width - 1);
    return low - 1;
  }
  bits.skip(width);
  return (value === low ? value : value - short) - 1;
}

/** Gives each state its symbol: those with a count of -1 from the end, the others in the steps that the format fixes. */
function spread(size: number, counts: readonly number[]): Uint8Array {
  const symbols = new Uint8Array(size);
  let high = size;
  counts.forEach((count, symbol) => {
    if (count !== -1) return;
    high -= 1;
    symbols[high] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i += 1) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  });
  if (at !== 0) throw new ZstdDamage('the counts of a table do not add up');
  return symbols;
}
