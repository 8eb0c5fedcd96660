/** Where the functions of a module lie in its code section. */
import { Cursor, MalformedWasm } from './cursor.ts';
import type { Section } from './sections.ts';

/** Wasmtime rejects modules with more functions (wasmparser `limits.rs`). */
const MAX_FUNCTIONS = 1_000_000;

/** Offsets are in the module. Typed arrays, because a runtime has tens of thousands of functions. */
export interface FunctionBodies {
  readonly count: number;
  /** Offset of each entry, which begins with the body's size. One more: the end of the last entry. */
  readonly entries: Uint32Array;
  /** Offset of each body, which begins with its locals. */
  readonly starts: Uint32Array;
}

/** Throws `MalformedWasm`. @param section the code section */
export function readFunctionBodies(module: Uint8Array, section: Section): FunctionBodies {
  const cursor = new Cursor(module, section.start, section.start + section.bytes);
  const { at } = cursor;
  const count = cursor.u32();
  if (count > MAX_FUNCTIONS) throw new MalformedWasm(at, `${count} functions exceed the limit of ${MAX_FUNCTIONS}`);
  const entries = new Uint32Array(count + 1);
  const starts = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) {
    entries[index] = cursor.at;
    const size = cursor.u32();
    starts[index] = cursor.at;
    cursor.skip(size);
  }
  entries[count] = cursor.at;
  if (!cursor.isAtEnd) throw new MalformedWasm(cursor.at, 'the code section has trailing bytes');
  return { count, entries, starts };
}
