/** Hexadecimal and byte-array helpers. */

/** Returns `0x` and two lower-case digits per byte. */
export function toHex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
}

/** Reads hex digits with or without `0x` or `0X`. Throws a `RangeError`, whose message is a clause without a full stop. */
export function fromHex(text: string): Uint8Array {
  const digits = /^0x/i.test(text) ? text.slice(2) : text;
  const at = digits.search(/[^0-9a-f]/i);
  if (at >= 0) {
    const found = String.fromCodePoint(digits.codePointAt(at) ?? 0);
    throw new RangeError(`the hex text has ${JSON.stringify(found)} after ${at} digits`);
  }
  if (digits.length % 2 !== 0) throw new RangeError(`the hex text has an odd number of digits (${digits.length})`);
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, at) => bytes[at] === byte);
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && startsWith(a, b);
}

/** A copy with a buffer of its own, which can be transferred to a thread. `slice` of a Node `Buffer` does not copy. */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
