/** Small changes to a raw runtime, as a developer's next build has them. */
import { concat } from '../../../src/base/bytes.ts';

const CODE_SECTION = 10;
const DATA_SECTION = 11;
const NOP = 0x01;

/** One more `nop` at the end of the function in the middle: that function and nothing else has other code. */
export function withChangedFunction(raw: Uint8Array): Uint8Array {
  return withSection(raw, CODE_SECTION, (code) => {
    const { value: count, next } = leb(code, 0);
    let at = next;
    for (let index = 0; index < Math.floor(count / 2); index += 1) {
      const size = leb(code, at);
      at = size.next + size.value;
    }
    const { value: size, next: start } = leb(code, at);
    const end = start + size;
    const body = concat(code.subarray(start, end - 1), Uint8Array.of(NOP), code.subarray(end - 1, end));
    return concat(code.subarray(0, at), encoded(body.length), body, code.subarray(end));
  });
}

/** The last byte of the data is another: no function is touched. */
export function withChangedData(raw: Uint8Array): Uint8Array {
  return withSection(raw, DATA_SECTION, (data) => {
    const changed = data.slice();
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    return changed;
  });
}

function withSection(raw: Uint8Array, wanted: number, change: (content: Uint8Array) => Uint8Array): Uint8Array {
  for (let at = 8; at < raw.length; ) {
    const id = raw[at];
    const { value: size, next } = leb(raw, at + 1);
    if (id === wanted) {
      const content = change(raw.subarray(next, next + size));
      return concat(raw.subarray(0, at + 1), encoded(content.length), content, raw.subarray(next + size));
    }
    at = next + size;
  }
  throw new Error(`the runtime has no section ${wanted}`);
}

/** Unsigned LEB128. */
function leb(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start, factor = 1; ; at += 1, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next: at + 1 };
  }
}

function encoded(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
