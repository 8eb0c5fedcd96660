/** What the functions of a runtime are called, and which crates their code is from and was made for. */

import { type Demangler, openDemangler } from './demangler.ts';
import { isRuntimeExport, ownerOfOther } from './other-symbols.ts';
import { runtimeCrateOf } from './runtime-crate.ts';
import { parseRustSymbol } from './rust-symbol.ts';

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
}

/** Loads the demangler. Rejects when its file is missing. */
export async function openSymbols(): Promise<SymbolReader> {
  const demangler = await openDemangler();
  return { read: (names) => readSymbols(demangler, names) };
}

function readSymbols(demangler: Demangler, names: readonly (Uint8Array | string)[]): readonly FunctionSymbol[] {
  const symbols = demangler.demangle(names).map(({ text, home }) => symbolOf(text, home));
  const runtime = runtimeCrateOf(symbols);
  if (runtime === undefined) return symbols;
  return symbols.map((symbol) =>
    symbol.crate === undefined && isRuntimeExport(symbol.item) ? { ...symbol, crate: runtime } : symbol,
  );
}

/** Demangled names may still have it: `core::fmt::write::h0123456789abcdef`. */
const hash = /::h[0-9a-f]{16}(?=$|[. ])/;
/** LLVM numbers copies of a function (`f.1`), or names the module that a local one was in (`f.llvm.123`). */
const copySuffix = /(?:\.llvm\.\w+|\.\d+)+$/;
/** Control characters and bidirectional marks could garble a terminal. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function symbolOf(demangled: string, home: string | undefined): FunctionSymbol {
  const name = demangled.replace(hash, '').replace(unprintable, '�');
  const text = name.replace(copySuffix, '');
  const other = ownerOfOther(text);
  if (other !== undefined) return { name, crate: other, path: [], item: text.replace('__rustc::', ''), mentions: [] };
  return { name, ...(parseRustSymbol(text, home) ?? { path: [], item: text, mentions: [] }) };
}
