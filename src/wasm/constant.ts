/** Constant expressions: initial values of globals and offsets of segments. */
import { type Cursor, MalformedWasm } from './cursor.ts';

/** What a constant expression is, as far as a reader of the module needs it. */
export type Constant =
  /** `value`: as unsigned. */
  | { readonly kind: 'i32'; readonly value: number }
  /** `index`: in the function index space. */
  | { readonly kind: 'function'; readonly index: number }
  /** A value of another type, of an imported global, or computed. */
  | { readonly kind: 'other' };

const OTHER: Constant = { kind: 'other' };
const END = 0x0b;
const VECTOR_CONSTANT = 0x0c;

/** Reads an expression with its final `end`. Knows the instructions of WebAssembly 2.0 and of extended constants. */
export function readConstant(cursor: Cursor): Constant {
  let constant: Constant | undefined;
  for (;;) {
    const next = readInstruction(cursor);
    if (next === undefined) return constant ?? OTHER;
    constant = constant === undefined ? next : OTHER;
  }
}

/** Undefined for `end`. */
function readInstruction(cursor: Cursor): Constant | undefined {
  const { at } = cursor;
  const opcode = cursor.byte();
  switch (opcode) {
    case END:
      return undefined;
    case 0x41:
      return { kind: 'i32', value: cursor.s32() >>> 0 };
    case 0x42:
      cursor.skipNumber(64);
      return OTHER;
    case 0x43:
      cursor.take(4);
      return OTHER;
    case 0x44:
      cursor.take(8);
      return OTHER;
    case 0x23:
      cursor.u32();
      return OTHER;
    case 0xd0:
      cursor.skipNumber(32);
      return OTHER;
    case 0xd2:
      return { kind: 'function', index: cursor.u32() };
    // Addition, subtraction and multiplication of i32 and i64.
    case 0x6a:
    case 0x6b:
    case 0x6c:
    case 0x7c:
    case 0x7d:
    case 0x7e:
      return OTHER;
    case 0xfd:
      if (cursor.u32() === VECTOR_CONSTANT) {
        cursor.take(16);
        return OTHER;
      }
  }
  throw new MalformedWasm(at, `unknown instruction 0x${opcode.toString(16)} in a constant expression`);
}
