/** Runtime blobs written as hex text: `export-genesis-wasm` without `--raw` does so, and people save it as `*.wasm`. */

export type HexText =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array }
  | { readonly kind: 'odd'; readonly digits: number }
  /** `at`: position in the digits, `0x` not counted. */
  | { readonly kind: 'bad-digit'; readonly at: number; readonly found: string };

/** Reads hex digits with or without `0x` (or `0X`). White space must have been trimmed. */
export function readHexText(text: string): HexText {
  const digits = /^0x/i.test(text) ? text.slice(2) : text;
  const at = digits.search(/[^0-9a-f]/i);
  if (at >= 0) return { kind: 'bad-digit', at, found: String.fromCodePoint(digits.codePointAt(at) ?? 0) };
  if (digits.length % 2 !== 0) return { kind: 'odd', digits: digits.length };
  return { kind: 'ok', bytes: Uint8Array.from(Buffer.from(digits, 'hex')) };
}

/** One clause for a person: what is wrong with the hex text. */
export function describeHexFault(fault: Exclude<HexText, { kind: 'ok' }>): string {
  switch (fault.kind) {
    case 'odd':
      return `the hex text has an odd number of digits (${fault.digits})`;
    case 'bad-digit':
      return `the hex text has ${JSON.stringify(fault.found)} after ${fault.at} digits`;
  }
}
