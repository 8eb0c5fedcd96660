/** Small blobs for several tests, built by hand or with the zstd command line tool. */
import { concat } from '../../../src/base/bytes.ts';
import { COMPRESSED_MAGIC } from '../../../src/runtime/magic.ts';
import { leb128, list, name, section, wasmModule } from '../../../src/wasm/writer.ts';

const text = new TextEncoder();

/** One type, an imported function and memory, and one function, which is exported and the start function. */
export const TINY_SECTIONS = {
  type: section(1, list(Uint8Array.of(0x60, 2, 0x7f, 0x7f, 1, 0x7e))),
  import: section(
    2,
    list(
      concat(name('env'), name('ext_logging_log_version_1'), Uint8Array.of(0, 0)),
      concat(name('env'), name('memory'), Uint8Array.of(2, 1, 17, 20)),
    ),
  ),
  function: section(3, list(leb128(0))),
  export: section(7, list(concat(name('validate_block'), Uint8Array.of(0, 1)))),
  start: section(8, leb128(1)),
  code: section(10, list(Uint8Array.of(4, 0, 0x42, 0, 0x0b))),
};

export const TINY_MODULE = wasmModule(...Object.values(TINY_SECTIONS));

export interface Block {
  readonly kind: 'raw' | 'rle' | 'compressed' | 'reserved';
  /** One byte for `rle`. */
  readonly body: Uint8Array;
  /** The number of repetitions for `rle`, else the body's length. */
  readonly size?: number;
}

export interface FrameOptions {
  /** 11 bits: 2 KiB window, which also bounds each block. */
  readonly windowLog?: number;
  readonly descriptor?: number;
  /** Follows the window descriptor: dictionary id and content size. */
  readonly fields?: Uint8Array;
  readonly checksum?: Uint8Array;
}

/** A zstd frame with the given blocks, without a content size unless `fields` contains one. */
export function zstdFrame(blocks: readonly Block[], options: FrameOptions = {}): Uint8Array {
  const { windowLog = 17, descriptor = options.checksum ? 4 : 0, fields = new Uint8Array(), checksum } = options;
  const header = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, descriptor, (windowLog - 10) << 3);
  const parts = blocks.map(({ kind, body, size = body.length }, at) => {
    const isLast = at === blocks.length - 1 ? 1 : 0;
    const word = isLast | (['raw', 'rle', 'compressed', 'reserved'].indexOf(kind) << 1) | (size << 3);
    return concat(Uint8Array.of(word & 0xff, (word >> 8) & 0xff, word >> 16), body);
  });
  return concat(header, fields, ...parts, checksum ?? new Uint8Array());
}

export function raw(value: string): Block {
  return { kind: 'raw', body: text.encode(value) };
}

export function rle(byte: number, size: number): Block {
  return { kind: 'rle', body: Uint8Array.of(byte), size };
}

/** A frame of three bytes that decoders skip. */
export const SKIPPABLE_FRAME = Uint8Array.of(0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);

export function compressed(...frames: readonly Uint8Array[]): Uint8Array {
  return concat(COMPRESSED_MAGIC, ...frames);
}

/** The content of the frames below. */
export const PATTERN = text.encode(
  Array.from({ length: 400 }, (_, i) => `line ${(i * i) % 97} of the runtime blob\n`).join(''),
);

/** `zstd <options> -c < pattern`, zstd 1.5.4. */
export const PATTERN_FRAMES = {
  /** `-3`: with a checksum */
  level3: fromBase64(
    'KLUv/QRYpQgA4kcWFrA1HcQFIcEsM3ZYiCR3kikJhE1mLgF8qeb3d+9Gmhs7/qhY20dkJP+qanemfIOV1Pq0osGQdrOMaZGufk0r00vlHIUBIBCDKGdQJEeBUI' +
      '4gKQGkDOUchRF3qAFG3/8z8EIRGaoOEvj/a5G9/b8DiA6pBEmLRQWhRJ9h63g/0G/X0nBNUYy+4qUfeSnh41NM3DEvOYrwBPtTPtne/yIcRfIQ8RrCJ0Rh' +
      'XwxE83fwBDpNPW48xh1WXXNuO17e1MnobpwKoSozy46FFmEb8Kqrzqfs2G0vWChooj/jXbq1MTblX+1FJ8VdcajK9vv+0n3OjufmTSrVMC4Hc+vP3Hduyt' +
      'ed1KfjbmbeL77i2uVxpqgC0fNatg==',
  ),
  /** `--ultra -22 --no-check` */
  level22: fromBase64(
    'KLUv/QCIlQUAogweE6BrOITb5P/w33QpZZIpxeK9q3hzfcK37I9qjjlceak2MFzlZa9qV0BIPiSykEW7dDv9ZJb2llAd0pGpEWqdxpL/0ybdi0gL0VBOAXHVK/' +
      'tV4QLTSvHrwRmbHfnlV/iVBxAoDoJjgDAwEo3FMSgwDoLiCByDhOEQYaghKL39z6BdtgMSSBD4VxCYfv/Zz+8AUi2wK+gURyDxAt1H2/FBVdmB3z9qgjY+' +
      'wpPA7gBZBQ==',
  ),
  /** `-3 --stream-size=11135 --no-check`: a single segment with its content size */
  sized: fromBase64(
    'KLUv/WB/KpUIAJJHFRWwNR3EBSHBLIsfViLJnWRKsvImM5d8qeb3d+9Gnh87/qhY20dkJP+qanenfMZKan1akTmk3axzWqSrX9PK9BJgQIyhEIMiOQqEQgiSEk' +
      'CKKcRRGAF4qPFJ3/8N8EIRGaoOEkgQ+P9YZG//74gOqQRJg0UFoUSfYet4P9Bv19JwTVGMvuKlH3kp4fNSTNzJ5xxEeIMdKT9Z73+RjyJ6iHANySeEsC8G' +
      'svk7eFKdpp42XuNOq445lx2nq89kFDduhVCVmWXHQoswDXjVVedTdryiFyiUN9Ga9Szd2wib6u+2tJfqjq5Vyyg6/u4HVZDGiZFcqsRPDNyVF7nu5JS3I6' +
      '4/jg9rOb4gDLsKt3AHiCo=',
  ),
} as const;

function fromBase64(value: string): Uint8Array {
  return Uint8Array.from(Buffer.from(value, 'base64'));
}
