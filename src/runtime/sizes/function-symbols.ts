/** The symbol of each function of a module. */

import type { ModuleContents } from '../../wasm/contents.ts';
import type { FunctionSymbol, SymbolReader } from '../symbols/symbols.ts';

export interface FunctionSymbols {
  /** Instances of a generic function that differ in their hash alone share a symbol. */
  readonly symbols: readonly FunctionSymbol[];
  /** For each function of the index space its place in `symbols`. `UNNAMED` without a name. */
  readonly ofFunction: Int32Array;
}

export const UNNAMED = -1;

/** What ends a legacy symbol: the length and the letter of the hash, the hash, and the end of the path. */
const HASH_START = '17h';
const HASH_BYTES = HASH_START.length + 16 + 1;

/** @param functions of the index space */
export function functionSymbols(
  module: Uint8Array,
  { names }: ModuleContents,
  functions: number,
  reader: SymbolReader,
): FunctionSymbols {
  const ofFunction = new Int32Array(functions).fill(UNNAMED);
  if (!names) return { symbols: [], ofFunction };
  const { starts, ends } = names.functions;
  const text = Buffer.from(module.buffer, module.byteOffset, module.byteLength);
  const places = new Map<string, number>();
  const raw: Uint8Array[] = [];
  for (let index = 0; index < functions; index += 1) {
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    if (start >= end) continue;
    // Latin-1 keeps every byte apart and takes no time.
    const key = text.toString('latin1', start, hasHash(text, start, end) ? end - HASH_BYTES : end);
    let place = places.get(key);
    if (place === undefined) {
      place = raw.length;
      places.set(key, place);
      raw.push(module.subarray(start, end));
    }
    ofFunction[index] = place;
  }
  return { symbols: reader.read(raw), ofFunction };
}

function hasHash(text: Buffer, start: number, end: number): boolean {
  const at = end - HASH_BYTES;
  if (at < start || text[start] !== UNDERSCORE || text[end - 1] !== LETTER_E) return false;
  return text.toString('latin1', at, at + HASH_START.length) === HASH_START;
}

const UNDERSCORE = 0x5f;
const LETTER_E = 0x45;
