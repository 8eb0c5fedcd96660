/** Detects the file format of a runtime blob from its content alone, because names and extensions may be wrong. */
import { fromHex, toHex } from '../base/bytes.ts';
import { errorMessage } from '../base/errors.ts';
import type { ContainerKind } from '../model/report.ts';
import { WASM_MAGIC } from '../wasm/sections.ts';
import { findCode } from './chain-spec.ts';
import { InputError } from './input-error.ts';
import { blobKind, COMPRESSED_MAGIC, POLKAVM_MAGIC } from './magic.ts';

export interface Unpacked {
  readonly container: ContainerKind;
  /** The blob as it would be stored on chain. */
  readonly stored: Uint8Array;
}

const MAGIC_DIGITS = [WASM_MAGIC, COMPRESSED_MAGIC, POLKAVM_MAGIC].map((magic) => toHex(magic).slice(2));
const HEAD_BYTES = 4096;

/** Checks only the beginning. The rest may still be damaged. */
export function sniff(content: Uint8Array): ContainerKind {
  const kind = blobKind(content);
  if (kind !== 'unknown') return kind;
  const head = content.subarray(0, HEAD_BYTES);
  if (!isText(head)) return 'unknown';
  const text = decodeText(head).trimStart();
  if (text.startsWith('{')) return 'chain-spec';
  const isHex = /^0x/i.test(text) || MAGIC_DIGITS.some((digits) => text.toLowerCase().startsWith(digits));
  return isHex ? 'hex' : 'unknown';
}

/**
 * Extracts the blob from its container.
 * @param path for messages only
 * @param block the block of a chain spec's code substitute. Absent: the genesis code, or else the newest substitute.
 * @throws InputError bad-hex, bad-chain-spec, no-code, unknown-substitute, or empty
 */
export function unpack(path: string, content: Uint8Array, block?: string): Unpacked {
  const container = sniff(content);
  if (block !== undefined && container !== 'chain-spec') throw unknownSubstitute(path, block, []);
  switch (container) {
    case 'hex':
      return { container, stored: decodeHex(path, '', decodeText(content).trim()) };
    case 'chain-spec':
      return { container, stored: codeOfSpec(path, decodeText(content), block) };
    default:
      return { container, stored: content };
  }
}

function codeOfSpec(path: string, text: string, block: string | undefined): Uint8Array {
  const code = findCode(parseSpec(path, text), block);
  switch (code.kind) {
    case 'code':
      return decodeHex(path, `in ${code.at}, `, code.hex.trim());
    case 'no-code':
      throw new InputError('no-code', path, `this chain spec has no code: ${code.holds}`, noCodeRemedy);
    case 'not-a-spec':
      throw badSpec(path, 'this is JSON, but not a chain spec: it has no "genesis"');
    case 'unknown-substitute':
      throw unknownSubstitute(path, block ?? '', code.known);
  }
}

const noCodeRemedy = "Use the runtime's wasm file, or a chain spec with code (plain or raw).";

function parseSpec(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badSpec(path, `the JSON is invalid: ${errorMessage(error)}`);
  }
}

function badSpec(path: string, cause: string): InputError {
  return new InputError('bad-chain-spec', path, cause, 'Export the chain spec again, or use the wasm file itself.');
}

function unknownSubstitute(path: string, block: string, known: readonly string[]): InputError {
  const cause = `there is no code substitute for block ${block}`;
  const remedy =
    known.length === 0
      ? 'The file has no code substitutes. Remove the # and what follows.'
      : `After the #, use a block with a code substitute: ${known.join(', ')}.`;
  return new InputError('unknown-substitute', path, cause, remedy);
}

/** @param where the place in the file, a prefix of the cause */
function decodeHex(path: string, where: string, text: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = fromHex(text);
  } catch (error) {
    const remedy = 'Write the file again; it may be cut off. It must contain only hex digits, all on one line.';
    throw new InputError('bad-hex', path, `${where}${errorMessage(error)}`, remedy);
  }
  if (bytes.length > 0) return bytes;
  throw new InputError('empty', path, `${where}there are no hex digits after 0x`, 'Write the file again.');
}

/** No control characters except white space. Treats bytes from 0x80 on as UTF-8. */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
