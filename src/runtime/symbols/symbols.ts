/** What the functions of a runtime are called, and which crates their code is from and was made for. */

import { concat } from '../../base/bytes.ts';
import { firstCharacters } from '../../base/text.ts';
import { type Inspector, openInspector } from '../../wasm/inspector.ts';
import { type DemangledName, demangle } from './demangler.ts';
import { isRuntimeExport, ownerOfOther } from './other-symbols.ts';
import { runtimeCrateOf } from './runtime-crate.ts';
import { symbolOfImpl, symbolOfPath } from './rust-symbol.ts';

export interface FunctionSymbol {
  /** Demangled, without hash and unprintable characters. At most 16 KiB. */
  readonly name: string;
  /** The crate that the code was written in. Absent where the name does not tell. */
  readonly crate?: string;
  /** Modules below the crate. */
  readonly path: readonly string[];
  /** The function without type arguments: equal for all instances of a generic one in the same crate and path. */
  readonly item: string;
  /**
   * Crates of the types that the code was made for, the most telling first. May have the function's own crate.
   * Legacy symbols don't have the type arguments of a generic function, only the types of an `impl` as its source writes
   * them. So for most runtimes of today most generic functions have none.
   */
  readonly mentions: readonly string[];
}

export interface SymbolReader {
  /**
   * One symbol for each name of one runtime. Raw names as the module has them: mangled (legacy or v0), demangled, or of
   * another language. Never throws because of a name.
   */
  read(names: readonly (Uint8Array | string)[]): readonly FunctionSymbol[];
  /** As `read`, for names in a module. @param ranges start and end of each */
  readRanges(module: Uint8Array, ranges: Uint32Array): SymbolsInModule;
}

export interface SymbolsInModule {
  /** Names that differ in the hash of a legacy symbol alone share a symbol. */
  readonly symbols: readonly FunctionSymbol[];
  /** For each range its place in `symbols`. `NO_NAME` for an empty one. */
  readonly places: Int32Array;
}

/** Loads the demangler. Rejects when its file is missing. */
export async function openSymbols(): Promise<SymbolReader> {
  return symbolReader(await openInspector());
}

export function symbolReader(inspector: Inspector): SymbolReader {
  const readRanges = (module: Uint8Array, ranges: Uint32Array) => readSymbols(inspector, module, ranges);
  return { read: (names) => readEach(readRanges, names), readRanges };
}

/** Names of generic functions may have thousands of characters. */
const MAX_CHARACTERS = 200;

/** One name for a message. Rejects when the demangler's file is missing. */
export async function readableName(raw: Uint8Array): Promise<string> {
  const [symbol] = (await openSymbols()).read([raw]);
  return shortName(symbol?.name ?? '');
}

export function shortName(name: string): string {
  return name.length > MAX_CHARACTERS ? `${firstCharacters(name, MAX_CHARACTERS)}…` : name;
}

function readEach(
  readRanges: SymbolReader['readRanges'],
  names: readonly (Uint8Array | string)[],
): readonly FunctionSymbol[] {
  const encoder = new TextEncoder();
  const encoded = names.map((name) => (typeof name === 'string' ? encoder.encode(name) : name));
  const ranges = new Uint32Array(names.length * 2);
  let end = 0;
  for (const [index, { length }] of encoded.entries()) {
    ranges[index * 2] = end;
    end += length;
    ranges[index * 2 + 1] = end;
  }
  const { symbols, places } = readRanges(concat(...encoded), ranges);
  return Array.from(places, (place) => symbols[place] ?? symbolOf(['', '', 'other', '']));
}

function readSymbols(inspector: Inspector, module: Uint8Array, ranges: Uint32Array): SymbolsInModule {
  const { names, places } = demangle(inspector, module, ranges);
  const known = new Map<DemangledName, FunctionSymbol>();
  const symbols = names.map((fields) => {
    const symbol = known.get(fields) ?? symbolOf(fields);
    known.set(fields, symbol);
    return symbol;
  });
  const runtime = runtimeCrateOf(known.values());
  if (runtime === undefined) return { symbols, places };
  const inRuntime = (symbol: FunctionSymbol) => symbol.crate === undefined && isRuntimeExport(symbol.item);
  return { symbols: symbols.map((symbol) => (inRuntime(symbol) ? { ...symbol, crate: runtime } : symbol)), places };
}

/** Control characters and bidirectional marks could garble a terminal. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function symbolOf(fields: DemangledName): FunctionSymbol {
  const [name = '', home = '', kind] = fields;
  const parts = fields.slice(3);
  const printable = name.replace(unprintable, '�');
  return {
    name: printable,
    ...partsOf(kind, home, printable === name ? parts : parts.map((part) => part.replace(unprintable, '�'))),
  };
}

function partsOf(kind: string | undefined, home: string, parts: readonly string[]): Omit<FunctionSymbol, 'name'> {
  if (kind === 'impl') return symbolOfImpl(parts, home);
  if (kind === 'path' && parts[0] !== '__rustc') return symbolOfPath(parts, home);
  // rustc gives its own functions a crate `__rustc` in v0 symbols; they are those of old under the same names.
  const item = (kind === 'path' ? parts[2] : parts[0]) ?? '';
  const crate = ownerOfOther(item);
  return { ...(crate !== undefined && { crate }), path: [], item, mentions: [] };
}
