/** Takes a blob out of JSON: a chain spec, the answer of a node, a string, or a list of bytes. */
import { quoteLine } from '../../base/text.ts';
import type { Wrapping } from '../../model/report.ts';
import { findCode } from '../chain-spec.ts';
import type { InputFault } from '../input-error.ts';
import { beginsLikeBlob, blobKind, COMPRESSED_MAGIC } from '../magic.ts';
import { isObject, type JsonObject, recognizeJson } from '../recognize/json-files.ts';
import { fault, type Step } from './step.ts';

/** @param block see `unpack` */
export function openJson(value: unknown, block: string | undefined, by: readonly Wrapping[] = []): Step {
  const [only, ...others] = Array.isArray(value) ? value : [value];
  // A batch of one request is answered with an array.
  const answer = others.length === 0 && isObject(only) && isRpcAnswer(only) ? only : undefined;
  if (answer && by.length === 0) return openAnswer(answer, block);
  if (typeof value === 'string') return textStep(value, [...by, ...(by.length === 0 ? (['quotes'] as const) : [])]);
  return (
    chainSpec(value, block, by) ??
    byteList(value, by) ??
    onlyString(value, by) ?? { kind: 'fault', fault: recognizeJson(value) }
  );
}

function chainSpec(value: unknown, block: string | undefined, by: readonly Wrapping[]): Step | undefined {
  const code = findCode(value, block);
  switch (code.kind) {
    case 'code': {
      const { hex, at } = code;
      if (/^\s*(0x)?\s*$/i.test(hex)) return emptyCode(at);
      return { ...textStep(hex, by), container: 'chain-spec', codeAt: at, where: `in ${at}, ` };
    }
    case 'no-code':
      return fault(
        'no-code',
        `this chain spec has no code: ${code.holds}`,
        "Use the runtime's wasm file, or a chain spec with code (plain or raw).",
      );
    case 'unknown-substitute':
      return isObject(value) && ('genesis' in value || 'codeSubstitutes' in value)
        ? { kind: 'fault', fault: unknownSubstitute(block ?? '', code.known) }
        : undefined;
    case 'not-a-spec':
      return undefined;
  }
}

export function unknownSubstitute(block: string, known: readonly string[]): InputFault {
  const remedy =
    known.length === 0
      ? 'The file has no code substitutes. Remove the # and what follows.'
      : `After the #, use a block with a code substitute: ${known.join(', ')}.`;
  return { id: 'unknown-substitute', cause: `there is no code substitute for block ${block}`, remedy };
}

/** `WASM_BINARY` of a node that was built with `SKIP_WASM_BUILD` is empty (substrate issue 7675). */
function emptyCode(at: string): Step {
  return fault(
    'empty-code',
    `the code of this chain spec is empty (${at}): the node that wrote it was built without its runtime`,
    'Build the node again without SKIP_WASM_BUILD, and export the chain spec again.',
  );
}

function isRpcAnswer(value: JsonObject): boolean {
  return 'jsonrpc' in value || ('result' in value && 'id' in value);
}

function openAnswer({ result, error, method }: JsonObject, block: string | undefined): Step {
  const remedy = 'Ask again, for the storage key :code (state_getStorage 0x3a636f6465) or a block that the node has.';
  if (error !== undefined && error !== null) {
    const { code, message } = isObject(error) ? error : { code: undefined, message: error };
    const number = typeof code === 'number' ? ` ${code}` : '';
    return fault(
      'rpc-error',
      `the node answered with error${number}: ${quoteLine(typeof message === 'string' ? message : 'no message')}`,
      remedy,
    );
  }
  if (result === null || result === '0x' || result === '') {
    return fault('rpc-no-code', 'the node answered that there is nothing at that place of the state', remedy);
  }
  if (result === undefined) {
    const what =
      typeof method === 'string' ? `a request to a node (${quoteLine(method)})` : 'a message without a result';
    return fault('rpc-no-code', `this is ${what}, not its answer`, remedy);
  }
  if (typeof result === 'string' && !/^(0x)?[0-9a-f\s]+$/i.test(result)) {
    return fault('rpc-no-code', `the node answered ${quoteLine(result)}, which is no hex text`, remedy);
  }
  return openJson(result, block, ['rpc-answer']);
}

/** Also as `JSON.stringify` writes a Buffer. */
function byteList(value: unknown, by: readonly Wrapping[]): Step | undefined {
  const list: unknown = isObject(value) && value['type'] === 'Buffer' ? value['data'] : value;
  if (!Array.isArray(list) || !beginsWithMagic(list)) return undefined;
  const wrong = list.findIndex((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255);
  if (wrong !== -1) {
    const cause = `this looks like a runtime as a JSON list of bytes, but item ${wrong} is no byte`;
    return fault('bad-hex', cause, 'Use the wasm file itself, or write the code as hex.');
  }
  return {
    kind: 'inner',
    content: { kind: 'bytes', bytes: Uint8Array.from(list) },
    by: [...by, 'byte-list'],
    where: 'in the list of bytes, ',
  };
}

function beginsWithMagic(list: readonly unknown[]): boolean {
  const head = list.slice(0, COMPRESSED_MAGIC.length);
  return blobKind(Uint8Array.from(head.filter((item) => typeof item === 'number'))) !== 'unknown';
}

/** The only string in a document that begins like a runtime. */
function onlyString(value: unknown, by: readonly Wrapping[]): Step | undefined {
  const found = new Set<string>();
  const open: unknown[] = [value];
  while (open.length > 0 && found.size < 2) {
    const next = open.pop();
    if (typeof next === 'string') {
      if (isBlobText(next)) found.add(next);
    } else if (typeof next === 'object' && next !== null) {
      for (const inner of Object.values(next)) open.push(inner);
    }
  }
  const [text] = found;
  if (text === undefined) return undefined;
  if (found.size === 1) return textStep(text, [...by, 'json']);
  return fault(
    'several-runtimes',
    'this is JSON with more than one string that begins like a runtime',
    'Write the hex of one runtime to a file of its own.',
  );
}

function isBlobText(text: string): boolean {
  const head = text.slice(0, 64).trimStart();
  return beginsLikeBlob(head) || blobKind(Buffer.from(head.slice(0, 12), 'base64')) !== 'unknown';
}

function textStep(text: string, by: readonly Wrapping[]) {
  return { kind: 'inner', content: { kind: 'text', text, bytes: text.length }, by } as const;
}
