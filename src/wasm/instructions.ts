/** Reads the expressions of initial values as far as the first version of WebAssembly (MVP) has them, and names later instructions. */
import { type FeatureUse, opcodeUse, valueTypeUse } from './features.ts';

/** Where the reading of an expression ended. Offsets are in the module. */
export type ExpressionEnd =
  /** `at`: after the final `end`. */
  | { readonly kind: 'complete'; readonly at: number }
  /** `at`: the first instruction that the MVP does not have. */
  | { readonly kind: 'beyond-mvp'; readonly at: number }
  | { readonly kind: 'malformed' };

const MALFORMED: ExpressionEnd = { kind: 'malformed' };

// What follows an opcode.
const NOTHING = 0;
const BLOCK_TYPE = 1;
const NUMBER = 2;
const LABELS = 4;
const TYPE_AND_TABLE = 5;
const MEMORY = 6;
const FOUR_BYTES = 7;
const EIGHT_BYTES = 8;
const END = 9;
const MEMORY_ACCESS = 10;
const BEYOND_MVP = 11;

const immediates = new Uint8Array(256).fill(BEYOND_MVP);
for (const [first, last, immediate] of [
  [0x00, 0x01, NOTHING],
  [0x02, 0x04, BLOCK_TYPE],
  [0x05, 0x05, NOTHING],
  [0x0b, 0x0b, END],
  [0x0c, 0x0d, NUMBER],
  [0x0e, 0x0e, LABELS],
  [0x0f, 0x0f, NOTHING],
  [0x10, 0x10, NUMBER],
  [0x11, 0x11, TYPE_AND_TABLE],
  [0x1a, 0x1b, NOTHING],
  [0x20, 0x24, NUMBER],
  [0x28, 0x3e, MEMORY_ACCESS],
  [0x3f, 0x40, MEMORY],
  [0x41, 0x42, NUMBER],
  [0x43, 0x43, FOUR_BYTES],
  [0x44, 0x44, EIGHT_BYTES],
  [0x45, 0xbf, NOTHING],
] as const) {
  immediates.fill(immediate, first, last + 1);
}

/** `i32.const` to `f64.const`: 0x7f down to 0x7c. */
export function isMvpValueType(byte: number): boolean {
  return byte >= 0x7c && byte <= 0x7f;
}

const NO_RESULT = 0x40;
/** Bit 6 of an alignment: a memory index follows (multi-memory). */
const HAS_MEMORY_INDEX = 0x40;

/** Reads up to the `end` of the expression. Never throws. The reader of function bodies is engine/inspect. */
export function readExpression(bytes: Uint8Array, start: number, end: number): ExpressionEnd {
  let at = start;
  let depth = 1;
  while (at < end) {
    const instruction = at;
    const immediate = immediates[bytes[at++] as number] as number;
    if (immediate === NUMBER) {
      while ((bytes[at++] as number) >= 0x80);
    } else if (immediate === NOTHING) {
      // The next instruction follows.
    } else if (immediate === MEMORY_ACCESS) {
      if (((bytes[at] as number) & 0xc0) === HAS_MEMORY_INDEX) return { kind: 'beyond-mvp', at: instruction };
      while ((bytes[at++] as number) >= 0x80);
      while ((bytes[at++] as number) >= 0x80);
    } else if (immediate === END) {
      depth -= 1;
      if (depth === 0) return { kind: 'complete', at };
    } else if (immediate === BLOCK_TYPE) {
      const type = bytes[at++] as number;
      if (type !== NO_RESULT && !isMvpValueType(type)) return { kind: 'beyond-mvp', at: instruction };
      depth += 1;
    } else if (immediate === EIGHT_BYTES) {
      at += 8;
    } else if (immediate === FOUR_BYTES) {
      at += 4;
    } else if (immediate === TYPE_AND_TABLE || immediate === MEMORY) {
      if (immediate === TYPE_AND_TABLE) while ((bytes[at++] as number) >= 0x80);
      if (at < end && bytes[at] !== 0) return { kind: 'beyond-mvp', at: instruction };
      at += 1;
    } else if (immediate === LABELS) {
      at = afterLabels(bytes, at, end);
    } else {
      return { kind: 'beyond-mvp', at: instruction };
    }
  }
  return MALFORMED;
}

/** The offset after the count, as many labels, and the default label. */
function afterLabels(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let count = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[at++] ?? 0;
    count += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  // A count that the expression has no room for is damage.
  if (count > end - at) return end;
  for (let left = count + 1; left > 0; left -= 1) {
    while ((bytes[at++] as number) >= 0x80);
  }
  return at;
}

/** Describes the instruction of a `beyond-mvp`. Undefined where it is damage rather than a feature. */
export function describeInstruction(bytes: Uint8Array, at: number): FeatureUse | undefined {
  const opcode = bytes[at] ?? 0;
  const next = bytes[at + 1] ?? 0;
  switch (immediates[opcode]) {
    case BLOCK_TYPE:
      return blockTypeUse(next);
    case TYPE_AND_TABLE:
      return { feature: 'reference-types', name: 'call_indirect with a table index' };
    case MEMORY:
      return { feature: 'multi-memory', name: opcode === 0x3f ? 'memory.size' : 'memory.grow' };
    case MEMORY_ACCESS:
      return { feature: 'multi-memory', name: 'load or store with a memory index', isMisread: true };
    default:
      return opcodeUse(opcode, next);
  }
}

function blockTypeUse(byte: number): FeatureUse | undefined {
  const isTypeIndex = byte >= 0x80 || byte < NO_RESULT;
  return isTypeIndex ? { feature: 'multi-value', name: 'block with a function type' } : valueTypeUse(byte);
}
