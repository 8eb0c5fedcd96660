/** Files that are no runtime, or that wrap one, made in the test. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { concat, toHex } from '../../src/base/bytes.ts';
import type { InputProblemId } from '../../src/model/input-problem.ts';
import type { Wrapping } from '../../src/model/report.ts';
import { COMPRESSED_MAGIC } from '../../src/runtime/magic.ts';
import { compressed, PATTERN_FRAMES, TINY_MODULE, zstdFrame } from '../unit/runtime/samples.ts';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const utf16 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));
const json = (value: unknown): Uint8Array => utf8(JSON.stringify(value));

/** Not a Buffer, whose `slice` does not copy. */
const gzip = (content: Uint8Array): Uint8Array => Uint8Array.from(gzipSync(content));

export const HEX = toHex(TINY_MODULE);
const DIGITS = HEX.slice(2);

function uint(value: number, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** at) % 256);
}

/** A zip archive without checksums. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const locals: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const sizes = concat(uint(0, 4), uint(packed.length, 4), uint(content.length, 4), uint(name.length, 2));
    const common = concat(uint(0x14, 2), uint(0, 2), uint(8, 2), uint(0, 4), sizes, uint(0, 2));
    const local = concat(latin1('PK\x03\x04'), common, utf8(name), packed);
    entries.push(concat(latin1('PK\x01\x02\x14\0'), common, uint(0, 10), uint(at, 4), utf8(name)));
    locals.push(local);
    at += local.length;
  }
  const directory = concat(...entries);
  const count = uint(entries.length, 2);
  const end = concat(
    latin1('PK\x05\x06'),
    uint(0, 4),
    count,
    count,
    uint(directory.length, 4),
    uint(at, 4),
    uint(0, 2),
  );
  return concat(...locals, directory, end);
}

export function tarOf(name: string, content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write('        0ustar', 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return concat(header, content, new Uint8Array(1024 - (content.length % 512)));
}

/** `Vec<u8>` in SCALE. */
export function scaleOf(content: Uint8Array): Uint8Array {
  return concat(uint(content.length * 4 + 2, 4), content);
}

export function withCrlf(content: Uint8Array): Uint8Array {
  return latin1(Buffer.from(content).toString('latin1').replaceAll('\n', '\r\n'));
}

/** A module with line feeds and bytes beyond ASCII: its function index section says so in a custom section. */
export const LINES_MODULE = concat(
  TINY_MODULE,
  Uint8Array.of(0, 12, 1, 0x6e, 10, 0xe9, 10, 0xf8, 10, 1, 10, 10, 10, 10),
);

/** A compressed blob whose blocks hold line feeds. */
export const LINES_BLOB = compressed(
  zstdFrame([
    { kind: 'raw', body: utf8('one\ntwo\nthree\n') },
    { kind: 'raw', body: utf8('four\n') },
  ]),
);

interface ForeignFile {
  readonly content: Uint8Array;
  readonly id: InputProblemId;
  /** Of the message or the remedy. */
  readonly says: RegExp;
}

const elf = (osAbi: number) => concat(latin1('\x7fELF\x02\x01\x01'), uint(osAbi, 1), new Uint8Array(56));
const portableExecutable = concat(latin1('MZ'), new Uint8Array(58), uint(0x40, 4), latin1('PE\0\0'));
const noise = Uint8Array.from({ length: 5000 }, (_, at) => ((at * 2_654_435_761) >>> 13) % 256).map((byte) =>
  byte === 13 ? 14 : byte,
);

export const foreignFiles: Readonly<Record<string, ForeignFile>> = {
  'a zip archive with a runtime': {
    content: zipOf({ 'docs/readme.md': utf8('# hello'), 'x/para-wasm': TINY_MODULE }),
    id: 'zip-archive',
    says: /in it "x\/para-wasm" looks like a runtime/,
  },
  'a zip archive with several runtimes': {
    content: zipOf({ a: utf8(HEX), b: compressed(PATTERN_FRAMES.level3), 'c.wasm': utf8('?'), d: TINY_MODULE }),
    id: 'zip-archive',
    says: /"a", "b", "c\.wasm" and 1 more look like runtimes/,
  },
  'a zip archive without a runtime': {
    content: zipOf({ 'readme.md': utf8('hello'), '__MACOSX/._x.wasm': utf8('?') }),
    id: 'zip-archive',
    says: /none of its 2 entries looks like a runtime/,
  },
  'an empty zip archive': { content: zipOf({}), id: 'zip-archive', says: /it is empty/ },
  'a truncated zip archive': {
    content: zipOf({ 'x.wasm': TINY_MODULE }).subarray(0, 60),
    id: 'zip-archive',
    says: /cut off or damaged/,
  },
  'a tar archive': { content: tarOf('out/x.wasm', TINY_MODULE), id: 'archive', says: /"out\/x\.wasm" looks like/ },
  'a tar archive in gzip': {
    content: gzip(tarOf('x.wasm', TINY_MODULE)),
    id: 'archive',
    says: /In the gzip file, this is a tar archive/,
  },
  'a 7-Zip archive': { content: latin1('7z\xbc\xaf\x27\x1c\0\x04'), id: 'archive', says: /a 7-Zip archive/ },
  'an xz file': { content: latin1('\xfd7zXZ\0\0\x04'), id: 'archive', says: /an xz file/ },
  'a bzip2 file': { content: latin1('BZh91AY&SY\0\x01'), id: 'archive', says: /a bzip2 file/ },
  'a RAR archive': { content: latin1('Rar!\x1a\x07\x01\0'), id: 'archive', says: /a RAR archive/ },
  'a Debian package': { content: latin1('!<arch>\ndebian-binary   1'), id: 'archive', says: /a Debian package/ },
  'an rlib': { content: latin1('!<arch>\nlib.rmeta/      0'), id: 'program', says: /\.rlib/ },
  'a plain zstd frame': { content: PATTERN_FRAMES.level3, id: 'plain-zstd', says: /52bc537646db8e05/ },
  'gzip that is cut off': { content: gzip(noise).subarray(0, 300), id: 'truncated', says: /cut off/ },
  'damaged gzip': {
    content: concat(gzip(noise).subarray(0, 20), noise),
    id: 'damaged-gzip',
    says: /damaged data/,
  },
  'a web page': {
    content: utf8('\n\n<!DOCTYPE html>\n<html><head><title>Page not found</title></head></html>'),
    id: 'html-page',
    says: /title "Page not found"/,
  },
  'a page that begins with a comment': { content: utf8('<!-- x --><HTML>'), id: 'html-page', says: /an HTML page/ },
  'an error of an object store': {
    content: utf8('<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code><Message>The key is gone.</Message></Error>'),
    id: 'error-answer',
    says: /"The key is gone\."|"NoSuchKey"/,
  },
  'other XML': { content: utf8('<project><x/></project>'), id: 'xml', says: /XML/ },
  "GitHub's error": {
    content: json({ message: 'Not Found', documentation_url: 'https://docs.github.com', status: '404' }),
    id: 'error-answer',
    says: /"Not Found"/,
  },
  'a Git LFS pointer': {
    content: utf8(`version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 347071\n`),
    id: 'git-lfs-pointer',
    says: /338\.9 KiB \(347 071 B\), oid abab.*git lfs pull/,
  },
  'a Git LFS pointer with CR LF': {
    content: utf8(`version https://git-lfs.github.com/spec/v1\r\noid sha256:${'ab'.repeat(32)}\r\nsize 5\r\n`),
    id: 'git-lfs-pointer',
    says: /5 B, oid abab/,
  },
  'a git-annex pointer': {
    content: utf8('/annex/objects/SHA256E-s1--ab.wasm\n'),
    id: 'git-lfs-pointer',
    says: /annex get/,
  },
  'short text': { content: utf8('Not Found'), id: 'text', says: /text of 9 bytes: "Not Found"/ },
  'text with control characters': {
    content: utf8('a\u202eb\u001b[31mc\nsecond'),
    id: 'text',
    says: /begins with "a bc"/,
  },
  'long text': {
    content: utf8('long '.repeat(100)),
    id: 'text',
    says: /text of 500 bytes that begins with "(long ){12}…"/,
  },
  'a link that Git checked out as text': { content: utf8('../../out/x.wasm'), id: 'text', says: /symbolic link/ },
  'white space': { content: utf8(' \n\t'), id: 'empty', says: /only white space/ },
  'UTF-16 text': { content: utf16('\ufeffNot a runtime'), id: 'text', says: /text of 28 bytes: "Not a runtime"/ },
  'a dump of xxd': {
    content: utf8('00000000: 0061 736d 0100 0000 0109 0260  .asm.......`\n'),
    id: 'hexdump',
    says: /xxd -r/,
  },
  'a dump of hexdump -C': {
    content: utf8('00000000  52 bc 53 76 46 db 8e 05  28 b5 2f fd 00 58 44 9e  |R.SvF...|\n'),
    id: 'hexdump',
    says: /dump of bytes/,
  },
  'a list of xxd -i': {
    content: utf8('unsigned char x[] = {\n 0x00, 0x61, 0x73, 0x6d, 0x01'),
    id: 'hexdump',
    says: /list/,
  },
  'WebAssembly text': { content: utf8(';; x\n(module (func))'), id: 'wasm-text', says: /wat2wasm/ },
  'two runtimes as hex': { content: utf8(`${HEX}\n${HEX}\n`), id: 'several-runtimes', says: /more than one/ },
  'hex in pieces': {
    content: utf8(`Code: ${HEX}\n${DIGITS.slice(8, 40)}\nend.`),
    id: 'bad-hex',
    says: /several pieces/,
  },
  'hex in a log with a wrong digit': { content: utf8(`Code: ${HEX}zz`), id: 'bad-hex', says: /"z" after/ },
  'a code hash': { content: utf8(`0x${'ab'.repeat(32)}`), id: 'unknown-data', says: /a hash/ },
  'base64 that breaks off': {
    content: utf8(Buffer.from(TINY_MODULE).toString('base64').slice(0, 41)),
    id: 'bad-base64',
    says: /after 41 characters/,
  },
  "a node's error": {
    content: json({ jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'UnknownBlock' } }),
    id: 'rpc-error',
    says: /error -32000: "UnknownBlock"/,
  },
  "a node's null": { content: json({ jsonrpc: '2.0', id: 1, result: null }), id: 'rpc-no-code', says: /nothing/ },
  "a node's other answer": {
    content: json({ jsonrpc: '2.0', result: 'Parity Polkadot' }),
    id: 'rpc-no-code',
    says: /no hex/,
  },
  'a request to a node': {
    content: json({ jsonrpc: '2.0', method: 'state_getStorage' }),
    id: 'rpc-no-code',
    says: /request/,
  },
  'an srtool digest': {
    content: json({
      info: { generator: { name: 'srtool' } },
      runtimes: { compressed: { wasm: 'out/x.compressed.wasm' } },
    }),
    id: 'srtool-digest',
    says: /out\/x\.compressed\.wasm/,
  },
  'an old srtool digest': {
    content: json({ gen: 'srtool v0.9.21', pkg: 'x', wasm: 'out/x.compact.wasm' }),
    id: 'srtool-digest',
    says: /out\/x\.compact\.wasm/,
  },
  'a report': {
    content: json({ schemaVersion: 1, tool: { name: 'pvf' }, runtime: { path: 'out/x.wasm' } }),
    id: 'report',
    says: /out\/x\.wasm/,
  },
  'a chain spec with empty code': {
    content: json({ genesis: { raw: { top: { '0x3a636f6465': '0x' } } } }),
    id: 'empty-code',
    says: /SKIP_WASM_BUILD/,
  },
  'JSON with two runtimes': {
    content: json({ a: HEX, b: `${HEX}00` }),
    id: 'several-runtimes',
    says: /more than one string/,
  },
  'a Linux program': { content: elf(0), id: 'program', says: /Linux/ },
  'a prepared artifact': { content: elf(200), id: 'artifact', says: /an artifact/ },
  'a macOS program': { content: latin1('\xcf\xfa\xed\xfe\0\0\0\0'), id: 'program', says: /macOS/ },
  'a Windows program': { content: portableExecutable, id: 'program', says: /Windows/ },
  'runtime metadata': { content: latin1('meta\x0e\x01\x02'), id: 'runtime-metadata', says: /version 14/ },
  'a PNG image': { content: latin1('\x89PNG\r\n\x1a\n\0\0'), id: 'other-file', says: /a PNG image/ },
  'a PDF document': { content: latin1('%PDF-1.7\n%\xe2'), id: 'other-file', says: /a PDF document/ },
  'zero bytes': { content: new Uint8Array(100), id: 'zero-bytes', says: /100 bytes, and all are zero/ },
  'the first bytes of a runtime': { content: COMPRESSED_MAGIC.subarray(0, 5), id: 'truncated', says: /after 5 bytes/ },
  'unknown bytes': {
    content: Uint8Array.from(Buffer.from('f00dfacecafe0102030405', 'hex')),
    id: 'unknown-data',
    says: /unknown data of 11 bytes that begins with f00dfacecafe0102/,
  },
  'a compressed blob with CR LF': { content: withCrlf(LINES_BLOB), id: 'crlf-damage', says: /all its 4 line feeds/ },
  'a module with CR LF': { content: withCrlf(LINES_MODULE), id: 'crlf-damage', says: /line feeds have become CR LF/ },
  'a compressed blob without its carriage returns': {
    content: compressed(zstdFrame([{ kind: 'raw', body: noise, size: noise.length + 20 }])),
    id: 'bytes-lost',
    says: /all its carriage returns/,
  },
  'a compressed blob decoded as UTF-8': {
    content: utf8(Buffer.from(compressed(PATTERN_FRAMES.level3)).toString('utf8')),
    id: 'utf8-damage',
    says: /replaced/,
  },
  'a compressed blob decoded as Latin-1': {
    content: utf8(Buffer.from(compressed(PATTERN_FRAMES.level3)).toString('latin1')),
    id: 'utf8-damage',
    says: /encoded it again/,
  },
  'a module decoded as UTF-8': {
    content: utf8(Buffer.from(LINES_MODULE).toString('utf8')),
    id: 'utf8-damage',
    says: /replaced/,
  },
  'a module decoded as Latin-1': {
    content: utf8(Buffer.from(LINES_MODULE).toString('latin1')),
    id: 'utf8-damage',
    says: /encoded it again/,
  },
  'a compressed blob that PowerShell wrote as UTF-16': {
    content: utf16(`\ufeff${Buffer.from(compressed(PATTERN_FRAMES.level3)).toString('latin1')}`),
    id: 'utf8-damage',
    says: /encoded it again/,
  },
  'a runtime behind an HTTP header': {
    content: concat(utf8('HTTP/1.1 200 OK\r\ncontent-type: application/wasm\r\n\r\n'), TINY_MODULE),
    id: 'bytes-in-front',
    says: /An HTTP header of 51 bytes/,
  },
  'a runtime behind a byte order mark': {
    content: concat(Uint8Array.of(0xef, 0xbb, 0xbf), TINY_MODULE),
    id: 'bytes-in-front',
    says: /3 other bytes stand before/,
  },
  'a cut off value in SCALE': {
    content: scaleOf(TINY_MODULE).subarray(0, -9),
    id: 'truncated',
    says: /but \d+ bytes follow/,
  },
};

/** Each holds `TINY_MODULE`. */
export const wrappedFiles: Readonly<Record<string, readonly [content: Uint8Array, unwrapped: readonly Wrapping[]]>> = {
  gzip: [gzip(TINY_MODULE), ['gzip']],
  'gzip twice': [gzip(gzip(TINY_MODULE)), ['gzip', 'gzip']],
  'hex in gzip': [gzip(utf8(HEX)), ['gzip']],
  'UTF-16 hex with a byte order mark': [utf16(`\ufeff${HEX}\r\n`), ['utf-16']],
  'UTF-16 hex without one': [utf16(HEX), ['utf-16']],
  'big-endian UTF-16 hex': [Uint8Array.from(Buffer.from(utf16(`\ufeff${HEX}`)).swap16()), ['utf-16']],
  'UTF-16 JSON': [utf16(`\ufeff${JSON.stringify({ jsonrpc: '2.0', result: HEX })}`), ['utf-16', 'rpc-answer']],
  'hex in double quotes': [utf8(`"${HEX}"\n`), ['quotes']],
  'hex in single quotes': [utf8(`'${HEX}'`), ['quotes']],
  'hex digits in backquotes': [utf8(`\`${DIGITS}\`;`), ['quotes']],
  'wrapped hex': [utf8(HEX.replace(/(.{30})/g, '$1\n')), ['white-space']],
  'hex with spaces': [utf8(DIGITS.replace(/(..)/g, '$1 ')), ['white-space']],
  'hex after a label': [utf8(`Code: ${HEX}\n`), ['surrounding-text']],
  'hex after a log line, with colours': [
    utf8(`\u001b[2m2024-01-01 12:00:00\u001b[0m INFO exported\n0x12\ncode=${HEX}\nDone, added 5 bytes.\n`),
    ['surrounding-text'],
  ],
  'wrapped hex after a label': [utf8(`Code:\n${HEX.replace(/(.{30})/g, '$1\n')}`), ['surrounding-text', 'white-space']],
  'an answer of a node': [json({ jsonrpc: '2.0', id: 1, result: HEX }), ['rpc-answer']],
  'a batch answer of a node': [json([{ jsonrpc: '2.0', id: 1, result: HEX }]), ['rpc-answer']],
  'an answer with a SCALE length': [
    json({ jsonrpc: '2.0', result: toHex(scaleOf(TINY_MODULE)) }),
    ['rpc-answer', 'scale-length'],
  ],
  'an answer with a chain spec': [
    json({ jsonrpc: '2.0', result: { genesis: { raw: { top: { '0x3a636f6465': HEX } } } } }),
    ['rpc-answer'],
  ],
  'another JSON document': [json({ block: 5, args: { code: HEX } }), ['json']],
  'a JSON list of bytes': [json([...TINY_MODULE]), ['byte-list']],
  'a Buffer in JSON': [json(Buffer.from(TINY_MODULE)), ['byte-list']],
  base64: [utf8(Buffer.from(TINY_MODULE).toString('base64')), ['base64']],
  'base64 with line breaks': [
    utf8(
      Buffer.from(TINY_MODULE)
        .toString('base64')
        .replace(/(.{20})/g, '$1\r\n'),
    ),
    ['base64'],
  ],
  'a data URL': [utf8(`data:application/wasm;base64,${Buffer.from(TINY_MODULE).toString('base64')}`), ['base64']],
  'a SCALE length': [scaleOf(TINY_MODULE), ['scale-length']],
  'a SCALE length in hex': [utf8(toHex(scaleOf(TINY_MODULE))), ['scale-length']],
  'Some in SCALE': [concat(Uint8Array.of(1), scaleOf(TINY_MODULE)), ['scale-length']],
  'an encoded call': [concat(Uint8Array.of(0, 3), scaleOf(TINY_MODULE)), ['encoded-call']],
};
