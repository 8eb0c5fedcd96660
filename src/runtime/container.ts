/**
 * Takes the runtime blob out of a file, by its content alone, because names and extensions may be wrong. A wrapping is
 * opened where there is no doubt about the blob in it. Everything else is a fault with its cause and remedy.
 */
import { isUtf8 } from 'node:buffer';
import { stripVTControlCharacters } from 'node:util';
import { startsWith } from '../base/bytes.ts';
import { errorMessage } from '../base/errors.ts';
import { omitUndefined } from '../base/omit-undefined.ts';
import { groupDigits } from '../base/units.ts';
import type { ContainerKind, Wrapping } from '../model/report.ts';
import { InputError, type InputFault } from './input-error.ts';
import { BLOB_MAGICS, beginsLikeBlob, blobKind } from './magic.ts';
import { recognizeBinary } from './recognize/binary-files.ts';
import { specRemedy } from './recognize/json-files.ts';
import { recognizePointer, recognizeText } from './recognize/text-files.ts';
import { decodedCompressedBlob, transitDamage } from './recognize/transit-damage.ts';
import { openBase64 } from './unwrap/base64.ts';
import { blobBehindBytes } from './unwrap/bytes-in-front.ts';
import { isGzip, openGzip } from './unwrap/gzip.ts';
import { openHex } from './unwrap/hex.ts';
import { openJson, unknownSubstitute } from './unwrap/json.ts';
import { type Content, fault, type Step } from './unwrap/step.ts';
import { openUtf16, utf16Encoding } from './unwrap/utf16.ts';

export interface Unpacked {
  readonly container: ContainerKind;
  /** What else the blob was taken out of, the outermost first. Absent: nothing. */
  readonly unwrapped?: readonly Wrapping[];
  /** The path of the code in a chain spec: `genesis.raw.top.0x3a636f6465`, `codeSubstitutes.1161532`. */
  readonly codeAt?: string;
  /** The blob as it would be stored on chain. */
  readonly stored: Uint8Array;
}

const HEAD_BYTES = 4096;

/** No honest file has more wrappings; each may inflate. */
const MAX_STEPS = 8;

/** Checks only the beginning. The rest may still be damaged, or no blob. */
export function sniff(content: Uint8Array): ContainerKind | 'unknown' {
  const kind = blobKind(content);
  if (kind !== 'unknown') return kind;
  const head = content.subarray(0, HEAD_BYTES);
  if (!isText(head)) return 'unknown';
  const text = decodeText(head).trimStart();
  if (text.startsWith('{')) return 'chain-spec';
  return /^0x/i.test(text) || beginsLikeBlob(text) ? 'hex' : 'unknown';
}

/**
 * @param path for messages only
 * @param block the block of a chain spec's code substitute. Absent: the genesis code, or else the newest substitute.
 * @throws InputError
 */
export function unpack(path: string, content: Uint8Array, block?: string): Unpacked {
  const unwrapped: Wrapping[] = [];
  let container: ContainerKind | undefined;
  let codeAt: string | undefined;
  let where = '';
  let next: Content = { kind: 'bytes', bytes: content };
  for (let count = 0; count < MAX_STEPS; count += 1) {
    const step: Step = next.kind === 'bytes' ? openBytes(next.bytes) : openText(next.text, next.bytes, block);
    if (step.kind === 'fault') throw new InputError(path, placed(step.fault, where));
    if (step.kind === 'blob') {
      const { stored, is } = step;
      const found = container ?? is;
      if (block !== undefined && found !== 'chain-spec') throw new InputError(path, unknownSubstitute(block, []));
      return { container: found, ...(unwrapped.length > 0 && { unwrapped }), ...omitUndefined({ codeAt }), stored };
    }
    unwrapped.push(...step.by);
    container ??= step.container;
    codeAt ??= step.codeAt;
    where += step.where ?? '';
    next = step.content;
  }
  throw new InputError(path, {
    id: 'unknown-data',
    cause: `the file was wrapped more than ${MAX_STEPS} times`,
    remedy: 'Unwrap it, and give the path of the runtime blob.',
  });
}

function placed(found: InputFault, where: string): InputFault {
  return { ...found, cause: where + found.cause };
}

function openBytes(bytes: Uint8Array): Step {
  const kind = blobKind(bytes);
  if (kind !== 'unknown') {
    const damage = transitDamage(bytes, kind);
    return damage ? { kind: 'fault', fault: damage } : { kind: 'blob', stored: bytes, is: kind };
  }
  if (isGzip(bytes)) return openGzip(bytes);
  const known = recognizeBinary(bytes);
  if (known) return { kind: 'fault', fault: known };
  const encoding = utf16Encoding(bytes);
  if (encoding) return openUtf16(bytes, encoding);
  if (bytes.length > 1 && isMagicStart(bytes)) {
    return fault(
      'truncated',
      `the file ends after ${bytes.length} bytes of a runtime`,
      'Build, copy or download the runtime again.',
    );
  }
  const head = bytes.subarray(0, HEAD_BYTES);
  if (isText(head) && isMostlyAscii(head)) {
    return { kind: 'inner', content: { kind: 'text', text: decodeText(bytes), bytes: bytes.length }, by: [] };
  }
  const damage = decodedCompressedBlob(decodeText(head.subarray(0, 64)));
  if (damage) return { kind: 'fault', fault: damage };
  return blobBehindBytes(bytes) ?? unknownData(bytes);
}

/** @param bytes size before decoding */
function openText(raw: string, bytes: number, block: string | undefined): Step {
  const text = stripVTControlCharacters(raw).trim();
  if (text === '') return fault('empty', 'the file has only white space', 'Build the runtime again.');
  if (text.startsWith('{')) return openSpec(text, block);
  const json = /^["[]/.test(text) ? parseJson(text) : undefined;
  if (json) return openJson(json.value, block);
  const pointer = recognizePointer(text);
  if (pointer) return { kind: 'fault', fault: pointer };
  return openHex(text) ?? openBase64(text) ?? { kind: 'fault', fault: recognizeText(text, bytes) };
}

function openSpec(text: string, block: string | undefined): Step {
  try {
    return openJson(JSON.parse(text), block);
  } catch (error) {
    return fault('bad-chain-spec', `the JSON is invalid: ${errorMessage(error)}`, specRemedy);
  }
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function unknownData(bytes: Uint8Array): Step {
  const count = bytes.length === 1 ? '1 byte' : `${groupDigits(bytes.length)} bytes`;
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  const isHash = bytes.length === 32;
  return fault(
    'unknown-data',
    isHash
      ? `this is 32 bytes that begin with ${start}: a hash such as the code hash, not a runtime`
      : `this is unknown data of ${count} that ${bytes.length === 1 ? 'is' : 'begins with'} ${start}`,
    'Give the path of the runtime blob: it begins with 0061736d, or compressed with 52bc537646db8e05.',
  );
}

function isMagicStart(bytes: Uint8Array): boolean {
  return BLOB_MAGICS.some((magic) => startsWith(magic, bytes));
}

/** No control characters except white space and those of terminal colours. Treats bytes from 0x80 on as UTF-8. */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x1b);
}

/** A few random bytes may happen to have no control character. */
function isMostlyAscii(head: Uint8Array): boolean {
  const ascii = head.reduce((count, byte) => count + (byte < 0x80 ? 1 : 0), 0);
  return ascii * 2 >= head.length || isUtf8(head);
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
