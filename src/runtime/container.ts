/** What kind of file a runtime blob came in, told from its content alone: names and extensions lie. */
import { toHex } from '../base/bytes.ts';
import type { ContainerKind } from '../model/report.ts';
import { WASM_MAGIC } from '../wasm/magic.ts';
import { findCode, type SpecCode } from './chain-spec.ts';
import { describeHexFault, readHexText } from './hex-text.ts';
import { InputError } from './input-error.ts';
import { blobKind, COMPRESSED_MAGIC, POLKAVM_MAGIC } from './magic.ts';

export interface Unpacked {
  readonly container: ContainerKind;
  /** The blob as it would be stored on chain. */
  readonly stored: Uint8Array;
}

const MAGIC_DIGITS = [WASM_MAGIC, COMPRESSED_MAGIC, POLKAVM_MAGIC].map((magic) => toHex(magic).slice(2));
const HEAD_BYTES = 4096;

/** Looks at the beginning only; the rest may still turn out to be damaged. */
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
 * Takes the blob out of its container.
 * @param path for messages only
 * @param block which code substitute of a chain spec; absent = its genesis code, or its newest substitute where it has no genesis code
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
      throw new InputError('no-code', path, `this chain spec has no code: ${code.holds}`, NO_CODE_REMEDY);
    case 'not-a-spec':
      throw badSpec(path, 'this is JSON, but not a chain spec: it has no "genesis"');
    case 'unknown-substitute':
      throw unknownSubstitute(path, block ?? '', code.known);
  }
}

const NO_CODE_REMEDY = "Name the runtime's wasm file, or a chain spec with code (plain or raw).";

function parseSpec(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badSpec(path, `the JSON cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function badSpec(path: string, cause: string): InputError {
  return new InputError('bad-chain-spec', path, cause, 'Write the chain spec again, or name the wasm file itself.');
}

function unknownSubstitute(path: string, block: string, known: SpecBlocks): InputError {
  const cause = `there is no code substitute for block ${block}`;
  const remedy =
    known.length === 0
      ? 'The file has no code substitutes: leave the part from # away.'
      : `After the #, name one of the blocks that have one: ${known.join(', ')}.`;
  return new InputError('unknown-substitute', path, cause, remedy);
}

type SpecBlocks = Extract<SpecCode, { kind: 'unknown-substitute' }>['known'];

/** @param where where in the file, in front of the cause */
function decodeHex(path: string, where: string, text: string): Uint8Array {
  const read = readHexText(text);
  if (read.kind !== 'ok') {
    const remedy = 'Write the file again: it may be cut off. It must hold hex digits on one line and nothing else.';
    throw new InputError('bad-hex', path, `${where}${describeHexFault(read)}`, remedy);
  }
  if (read.bytes.length === 0) {
    throw new InputError('empty', path, `${where}there are no hex digits after 0x`, 'Write the file again.');
  }
  return read.bytes;
}

/** No control character but white space; bytes from 0x80 are taken for UTF-8. */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
