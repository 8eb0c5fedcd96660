/** Writes the parts of the wasm binary format. Tests and the benchmark build and edit modules with it. */
import { concat } from '../base/bytes.ts';
import { WASM_MAGIC } from './sections.ts';

const VERSION_1 = Uint8Array.of(1, 0, 0, 0);

/** An unsigned number in LEB128, as short as it can be. Throws `RangeError` unless it is a whole number up to 2^53 - 1. */
export function leb128(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not an unsigned whole number`);
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return Uint8Array.from([...bytes, rest]);
}

/** The length of the content, then the content. */
export function sized(...content: readonly Uint8Array[]): Uint8Array {
  const bytes = concat(...content);
  return concat(leb128(bytes.length), bytes);
}

export function name(value: string): Uint8Array {
  return sized(new TextEncoder().encode(value));
}

/** The number of items, then the items. */
export function list(...items: readonly Uint8Array[]): Uint8Array {
  return concat(leb128(items.length), ...items);
}

/** @param id `sectionId` in sections.ts; the content of a custom section (0) begins with its name */
export function section(id: number, ...content: readonly Uint8Array[]): Uint8Array {
  return concat(Uint8Array.of(id), sized(...content));
}

export function wasmModule(...sections: readonly Uint8Array[]): Uint8Array {
  return concat(WASM_MAGIC, VERSION_1, ...sections);
}
