/** Recognizes binary files of other formats by their first bytes. */
import { startsWith } from '../../base/bytes.ts';
import type { InputProblemId } from '../../model/input-problem.ts';
import type { InputFault } from '../input-error.ts';
import { recognizeProgram } from './programs.ts';
import { tarProblem } from './tar.ts';
import { zipProblem } from './zip.ts';

interface Format {
  /** With its article. */
  readonly name: string;
  /** As Latin-1. */
  readonly magic: string;
  /** Offset of `magic`. Default: 0. */
  readonly at?: number;
}

const archives: readonly Format[] = [
  { name: 'a 7-Zip archive', magic: '7z\xbc\xaf\x27\x1c' },
  { name: 'an xz file', magic: '\xfd7zXZ\0' },
  { name: 'an lzip file', magic: 'LZIP\x01' },
  { name: 'an lzma file', magic: '\x5d\0\0\x80\0' },
  { name: 'an lz4 file', magic: '\x04\x22\x4d\x18' },
  { name: 'a bzip2 file', magic: '1AY&SY', at: 4 },
  { name: 'a file of the Unix program compress', magic: '\x1f\x9d' },
  { name: 'a RAR archive', magic: 'Rar!\x1a\x07' },
  { name: 'a cabinet archive', magic: 'MSCF\0\0\0\0' },
  { name: 'a cpio archive', magic: '070701' },
  { name: 'an RPM package', magic: '\xed\xab\xee\xdb' },
  { name: 'a Debian package', magic: '!<arch>\ndebian-binary' },
  { name: 'a Git pack', magic: 'PACK\0\0\0' },
];

const programs: readonly Format[] = [
  { name: 'an ar archive: a static library or an .rlib of Rust', magic: '!<arch>\n' },
  { name: 'metadata of a Rust crate (.rmeta)', magic: 'rust\0\0\0' },
  { name: 'LLVM bitcode', magic: 'BC\xc0\xde' },
];

const others: readonly Format[] = [
  { name: 'a PNG image', magic: '\x89PNG\r\n\x1a\n' },
  { name: 'a JPEG image', magic: '\xff\xd8\xff' },
  { name: 'a GIF image', magic: 'GIF8' },
  { name: 'a WebP image', magic: 'WEBP', at: 8 },
  { name: 'a PDF document', magic: '%PDF-' },
  { name: 'an SQLite database', magic: 'SQLite format 3\0' },
  { name: 'a PostScript document', magic: '%!PS' },
];

const remedies = {
  archive: 'Unpack it and give the path of the runtime blob in it.',
  program: 'Give the path of the .compact.compressed.wasm that the build writes to target/<profile>/wbuild/<crate>/.',
  'other-file': 'Give the path of the runtime blob. The path may be mixed up.',
} as const satisfies Partial<Record<InputProblemId, string>>;

/** Undefined for unknown formats. Reads at most the directory of an archive. */
export function recognizeBinary(content: Uint8Array): InputFault | undefined {
  return (
    zipProblem(content) ??
    tarProblem(content) ??
    plainZstd(content) ??
    ofFormat('archive', archives, content) ??
    ofFormat('program', programs, content) ??
    recognizeProgram(content) ??
    runtimeMetadata(content) ??
    ofFormat('other-file', others, content) ??
    zeroBytes(content)
  );
}

function ofFormat(id: keyof typeof remedies, formats: readonly Format[], content: Uint8Array): InputFault | undefined {
  const found = formats.find(({ magic, at = 0 }) => startsWith(content.subarray(at), Buffer.from(magic, 'latin1')));
  return found && { id, cause: `this is ${found.name}`, remedy: remedies[id] };
}

const ZSTD_MAGIC = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd);

/** A skippable frame may come first, as pzstd writes it. */
function plainZstd(content: Uint8Array): InputFault | undefined {
  const [first = 0] = content;
  const isSkippable = (first & 0xf0) === 0x50 && startsWith(content.subarray(1), Uint8Array.of(0x2a, 0x4d, 0x18));
  if (!isSkippable && !startsWith(content, ZSTD_MAGIC)) return undefined;
  return {
    id: 'plain-zstd',
    cause:
      'this is a plain zstd frame: the 8 bytes 52bc537646db8e05, which mark a compressed runtime, are missing in front',
    remedy:
      'Use the .compact.compressed.wasm of wasm-builder. Or decompress the file (zstd -d), and let subwasm compress the result.',
  };
}

/** Those in use, without 13, which is a line break in a text. */
const METADATA_VERSIONS = [11, 12, 14, 15, 16];

/** `RuntimeMetadataPrefixed` of frame-metadata: `meta` and a version. */
function runtimeMetadata(content: Uint8Array): InputFault | undefined {
  const version = content[4] ?? 0;
  if (!startsWith(content, Buffer.from('meta')) || !METADATA_VERSIONS.includes(version)) return undefined;
  return {
    id: 'runtime-metadata',
    cause: `this is the metadata (version ${version}) of a runtime, not the runtime`,
    remedy: 'Give the path of the wasm file, or export the code (the storage key :code, 0x3a636f6465).',
  };
}

function zeroBytes(content: Uint8Array): InputFault | undefined {
  if (content.length === 0 || content.some((byte) => byte !== 0)) return undefined;
  return {
    id: 'zero-bytes',
    cause: `the file has ${content.length} bytes, and all are zero`,
    remedy: 'The disk may be full, or a download or a copy may not have finished. Write the file again.',
  };
}
