/** Recognizes text files that are no runtime. Text from the file is quoted clipped and without control characters. */
import { quoteLine } from '../../base/text.ts';
import { formatBytesExactly, groupDigits } from '../../base/units.ts';
import type { InputFault } from '../input-error.ts';

/** Enough for every feature that is looked for. */
const HEAD_CHARACTERS = 64 * 1024;

const downloadRemedy =
  'The download gave a page instead of the file: the address may be wrong (on GitHub, use that of the raw file), or need a login. Download the file again.';

/** @param text trimmed, not empty */
export function recognizePointer(text: string): InputFault | undefined {
  const head = text.slice(0, HEAD_CHARACTERS);
  return lfsPointer(head) ?? annexPointer(head) ?? webPage(head) ?? xml(head);
}

/** @param bytes size of the file */
export function recognizeText(text: string, bytes: number): InputFault {
  const head = text.slice(0, HEAD_CHARACTERS);
  return wasmText(head) ?? hexdump(head) ?? byteList(head) ?? otherText(head, bytes);
}

function lfsPointer(text: string): InputFault | undefined {
  if (!/^version https?:\/\/(git-lfs\.github\.com|hawser\.github\.com|git-media\.io)\//.test(text)) return undefined;
  const [, oid] = /^oid (?:\w+:)?([0-9a-f]{8,128})\s*$/m.exec(text) ?? [];
  const [, size] = /^size (\d{1,15})\s*$/m.exec(text) ?? [];
  const what = size === undefined ? '' : ` to a file of ${formatBytesExactly(Number(size))}`;
  const name = oid === undefined ? '' : `, oid ${oid}`;
  return {
    id: 'git-lfs-pointer',
    cause: `this is a Git LFS pointer${what}${name}`,
    remedy:
      'Run git lfs pull in the repository to get the file itself (in GitHub Actions, actions/checkout with lfs: true).',
  };
}

function annexPointer(text: string): InputFault | undefined {
  if (!/^(\/annex\/objects\/|(\.\.\/)*\.git\/annex\/objects\/)/.test(text)) return undefined;
  return {
    id: 'git-lfs-pointer',
    cause: 'this is a git-annex pointer',
    remedy: 'Run git annex get in the repository to get the file itself.',
  };
}

function webPage(text: string): InputFault | undefined {
  const start = text.replace(/^(?:<!--[\s\S]{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*){0,8}/, '');
  if (!/^<(?:!doctype\s+html|html|head|body|title|meta|script)\b/i.test(start)) return undefined;
  const [, title = ''] = /<title[^>]{0,200}>([^<]{1,500})/i.exec(text) ?? [];
  const named = title.trim() === '' ? '' : ` with the title ${quoteLine(title)}`;
  return { id: 'html-page', cause: `this is an HTML page${named}`, remedy: downloadRemedy };
}

function xml(text: string): InputFault | undefined {
  if (!/^<(?:\?xml|[a-z][\w:.-]{0,100}[\s/>])/i.test(text)) return undefined;
  const isError = /<(?:\w{1,20}:)?(?:error|fault|code)\b/i.test(text.slice(0, 1000));
  const [, message] = /<(?:message|faultstring|code)>([^<]{1,500})/i.exec(text) ?? [];
  if (isError && message !== undefined) return errorAnswer(message);
  return { id: 'xml', cause: 'this is an XML document', remedy: 'Give the path of the runtime blob.' };
}

/** @param message the server's own words */
export function errorAnswer(message: string): InputFault {
  return {
    id: 'error-answer',
    cause: `this is the error answer of a server: ${quoteLine(message)}`,
    remedy: downloadRemedy,
  };
}

function wasmText(text: string): InputFault | undefined {
  if (!/^(?:;;[^\n]*\s*)*\((?:module|component)\b/.test(text)) return undefined;
  return {
    id: 'wasm-text',
    cause: 'this is WebAssembly in text format',
    remedy: 'Give the path of the binary file, or convert the text with wat2wasm.',
  };
}

/** The output of xxd, hexdump -C and od -t x1. */
function hexdump(text: string): InputFault | undefined {
  const [, digits = ''] = /^(?:0x)?[0-9a-f]{4,16}:?((?:\s+[0-9a-f]{2,8}){4,16})(?:\s|$)/i.exec(text) ?? [];
  if (digits === '') return undefined;
  return {
    id: 'hexdump',
    cause: 'this is a dump of bytes, as xxd and hexdump print it',
    remedy: 'Use the binary file itself. xxd -r makes a binary file of the output of xxd.',
  };
}

/** The output of `xxd -i`, and escapes as languages write them. */
function byteList(text: string): InputFault | undefined {
  const isList =
    /(?:0x[0-9a-f]{2},\s*){4}/i.test(text.slice(0, 2000)) || /(?:\\x[0-9a-f]{2}){4}/i.test(text.slice(0, 2000));
  if (!isList) return undefined;
  return {
    id: 'hexdump',
    cause: 'this is a list of bytes as source code',
    remedy: 'Use the binary file itself, or write the bytes as hex digits on one line.',
  };
}

function otherText(text: string, bytes: number): InputFault {
  const isPath = !text.includes('\n') && /[\\/][^\s]{1,200}\.(wasm|json|hex)$/.test(text.slice(0, 4096));
  const count = bytes === 1 ? '1 byte' : `${groupDigits(bytes)} bytes`;
  const quote = quoteLine(text);
  return {
    id: 'text',
    cause: `this is text of ${count}${quote === `"${text}"` ? ':' : ' that begins with'} ${quote}`,
    remedy: isPath
      ? 'Git may have checked out a symbolic link as text (core.symlinks is false). Give the path of the file itself.'
      : 'Give the path of the runtime blob. If this is a download, the server may have answered with a message; download it again.',
  };
}
