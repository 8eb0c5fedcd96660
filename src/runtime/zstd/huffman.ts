/** Huffman-coded literals (RFC 8878, section 4.2). */
import { BackwardBits, type Slice } from './bits.ts';
import { ZstdDamage } from './damage.ts';
import { readFseTable, startState } from './fse.ts';

export interface HuffmanTable {
  /** Length of the longest code. */
  readonly maxBits: number;
  /** For each value of the next `maxBits` bits: symbol in bits 0 to 7, length of its code from 8 on. */
  readonly entries: Uint16Array;
}

const MAX_BITS = 11;
const WEIGHT_LIMITS = { maxAccuracy: 6, maxSymbol: MAX_BITS };

/** The table and where its description ends. */
export function readHuffmanTable(source: Slice): { readonly table: HuffmanTable; readonly end: number } {
  const { view, start } = source;
  if (start >= source.end) throw new ZstdDamage('a Huffman table is cut off');
  const header = view.getUint8(start);
  const end = start + 1 + (header < 128 ? header : (header - 126) >> 1);
  if (end > source.end) throw new ZstdDamage('a Huffman table is cut off');
  const body = { view, start: start + 1, end };
  const weights = header < 128 ? compressedWeights(body) : plainWeights(body, header - 127);
  return { table: buildHuffmanTable(weights), end };
}

/** Fills `out` with one stream's symbols; the stream must hold exactly as many. */
export function decodeHuffmanStream(source: Slice, { maxBits, entries }: HuffmanTable, out: Uint8Array): void {
  const bits = new BackwardBits(source);
  const mask = 2 ** maxBits - 1;
  let i = 0;
  // Two symbols for one look into the stream, as long as there are surely enough bits for both.
  for (; bits.remaining >= 2 * MAX_BITS && i + 1 < out.length; i += 2) {
    const next = bits.peek(2 * MAX_BITS);
    const first = entries[next >>> (2 * MAX_BITS - maxBits)] ?? 0;
    const second = entries[(next >>> (2 * MAX_BITS - maxBits - (first >> 8))) & mask] ?? 0;
    out[i] = first;
    out[i + 1] = second;
    bits.remaining -= (first >> 8) + (second >> 8);
  }
  for (; i < out.length; i += 1) {
    const entry = entries[bits.peek(maxBits)] ?? 0;
    out[i] = entry;
    bits.remaining -= entry >> 8;
    if (bits.remaining < 0) throw new ZstdDamage('a literals stream ends too early');
  }
  if (bits.remaining !== 0) throw new ZstdDamage('a literals stream has bits left over');
}

function plainWeights({ view, start }: Slice, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const pair = view.getUint8(start + (i >> 1));
    return i % 2 === 0 ? pair >> 4 : pair & 15;
  });
}

/** Two states take turns until one would need more bits than there are; the other's symbol is the last. */
function compressedWeights(source: Slice): number[] {
  const { table, end } = readFseTable(source, WEIGHT_LIMITS);
  const bits = new BackwardBits({ ...source, start: end });
  const turns = [startState(table, bits), startState(table, bits)] as [number, number];
  const weights: number[] = [];
  for (let turn: 0 | 1 = 0; ; turn = turn === 0 ? 1 : 0) {
    const entry = table.states[turns[turn]] ?? 0;
    weights.push(entry & 0xff);
    if (weights.length > 254) throw new ZstdDamage('a Huffman table has too many symbols');
    const needed = (entry >> 8) & 0xff;
    if (needed > bits.remaining) {
      weights.push((table.states[turns[turn === 0 ? 1 : 0]] ?? 0) & 0xff);
      return weights;
    }
    turns[turn] = (entry >>> 16) + bits.read(needed);
  }
}

/** The last symbol's weight is not stored: it fills up the sum to a power of two. */
function buildHuffmanTable(stored: readonly number[]): HuffmanTable {
  const sum = stored.reduce((total, weight) => total + slots(weight), 0);
  const maxBits = 32 - Math.clz32(sum);
  const rest = 2 ** maxBits - sum;
  if (sum === 0 || maxBits > MAX_BITS || !Number.isInteger(Math.log2(rest))) {
    throw new ZstdDamage('the weights of a Huffman table do not add up');
  }
  const weights = [...stored, Math.log2(rest) + 1];
  if (weights.filter((weight) => weight === 1).length < 2) {
    throw new ZstdDamage('a Huffman table has no pair of longest codes');
  }
  const entries = new Uint16Array(2 ** maxBits);
  let at = 0;
  for (let weight = 1; weight <= maxBits; weight += 1) {
    weights.forEach((own, symbol) => {
      if (own !== weight) return;
      entries.fill(symbol | ((maxBits + 1 - weight) << 8), at, at + slots(weight));
      at += slots(weight);
    });
  }
  return { maxBits, entries };
}

function slots(weight: number): number {
  return weight === 0 ? 0 : 2 ** (weight - 1);
}
