import { decodedAsText, decodedCompressedBlob } from '../recognize/transit-damage.ts';
import type { Step } from './step.ts';

const HEAD_BYTES = 64;

/** UTF-16 text, as Windows PowerShell and Notepad write it: with a byte order mark, or as ASCII without one. */
export function utf16Encoding(content: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const head = content.subarray(0, HEAD_BYTES);
  if (head.length < 8 || head.length % 2 !== 0) return undefined;
  const isLatin = (parity: number) =>
    head.every((byte, at) => (at % 2 === parity ? byte === 0 : byte >= 0x20 || [0x09, 0x0a, 0x0d].includes(byte)));
  if (isLatin(1)) return 'utf-16le';
  return isLatin(0) ? 'utf-16be' : undefined;
}

export function openUtf16(content: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Step {
  const text = new TextDecoder(encoding).decode(content);
  const damage = text.startsWith('\0asm') ? decodedAsText(true) : decodedCompressedBlob(text.slice(0, HEAD_BYTES));
  if (damage) return { kind: 'fault', fault: damage };
  return { kind: 'inner', content: { kind: 'text', text, bytes: content.length }, by: ['utf-16'] };
}
