/** Takes a blob out of hex text: alone, in quotes, with line breaks, or inside a log. */
import { fromHex } from '../../base/bytes.ts';
import { errorMessage } from '../../base/errors.ts';
import type { Wrapping } from '../../model/report.ts';
import { beginsLikeBlob, MAGIC_DIGITS } from '../magic.ts';
import { fault, type Step } from './step.ts';

const remedy = 'Write the file again; it may be cut off. It must contain only hex digits, all on one line.';

/** A blob's beginning as hex that is no part of a longer word. */
const anyBlob = new RegExp(`(?<![0-9a-z])(?:0x)?${MAGIC_DIGITS}[0-9a-f]{8}`, 'gi');
const openers = /^[\s"'`([{<]*$/;
const closers = /^[\s"'`)\]}>,;]*$/;

/** A piece of hex of this length is no word. */
const longPiece = /^[0-9a-f]{16}/i;

/** @param text trimmed. Undefined: it is no hex text and has none. */
export function openHex(text: string): Step | undefined {
  const isHex = /^0x/i.test(text) || beginsLikeBlob(text.slice(0, 64).replace(/\s+/g, ''));
  const hasSpace = /\s/.test(text);
  if (isHex && !hasSpace) return decodeHex(text, []);
  const whole = hasSpace ? text.replace(/\s+/g, '') : text;
  if (isHex && /^(0x)?[0-9a-f]*$/i.test(whole)) return decodeHex(whole, ['white-space']);
  return blobInside(text) ?? (isHex ? decodeHex(whole, ['white-space']) : undefined);
}

function blobInside(text: string): Step | undefined {
  const places = Array.from(firstMatches(text, 2), ({ index }) => index);
  const [at] = places;
  if (at === undefined) return undefined;
  if (places.length > 1) {
    return fault(
      'several-runtimes',
      'in this text, more than one hex string begins like a runtime',
      'Write the hex of one runtime to a file of its own.',
    );
  }
  return behindText(text.slice(0, at), text.slice(at));
}

function firstMatches(text: string, count: number): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (const match of text.matchAll(anyBlob)) {
    if (found.push(match) === count) break;
  }
  return found;
}

function behindText(before: string, text: string): Step {
  const [piece = ''] = /^(0x)?[0-9a-f]*/i.exec(text) ?? [];
  const after = text.slice(piece.length);
  const by: Wrapping = openers.test(before) && closers.test(after) ? 'quotes' : 'surrounding-text';
  if (closers.test(after)) return decodeHex(piece, [by]);
  const joined = after.replace(/\s+/g, '');
  if (/^\s/.test(after) && /^[0-9a-f]+$/i.test(joined)) return decodeHex(piece + joined, [by, 'white-space']);
  const [, next = ''] = /^["'`)\]}>,;]*\s+(\S*)/.exec(after) ?? [];
  // A character that neither ends the hex text nor belongs to it.
  if (!/^["'`)\]}>,;\s]/.test(after)) return decodeHex(text.split(/\s/, 1)[0] ?? text, [by]);
  if (!longPiece.test(next)) return decodeHex(piece, [by]);
  return fault('bad-hex', 'the hex text is in several pieces, with other text behind it', remedy);
}

function decodeHex(hex: string, by: readonly Wrapping[]): Step {
  let bytes: Uint8Array;
  try {
    bytes = fromHex(hex);
  } catch (error) {
    return fault('bad-hex', errorMessage(error), remedy);
  }
  if (bytes.length === 0) return fault('empty', 'there are no hex digits after 0x', 'Write the file again.');
  return {
    kind: 'inner',
    content: { kind: 'bytes', bytes },
    by,
    container: 'hex',
    where: 'decoded from hex, ',
  };
}
