/**
 * A Zstandard decoder (RFC 8878) for bounded one-shot use. It refuses all that libzstd refuses; libzstd's fastest paths also
 * let through literals whose bit stream is not used up exactly, which the RFC calls corrupt and no encoder writes. (fzstd,
 * the small library for this, decodes damaged streams without a word: it checks neither how far matches reach nor checksums.)
 */
import { SPARE_BYTES } from './bits.ts';
import { ZstdDamage } from './damage.ts';
import { readFrameHeader, type ZstdFrameHeader } from './frame-header.ts';
import type { HuffmanTable } from './huffman.ts';
import { readLiterals } from './literals.ts';
import { Output } from './output.ts';
import { type RepeatOffsets, readSequencesHeader, runSequences, type SequenceTables } from './sequences.ts';

export type Decoded =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array }
  /** More than the limit comes out. */
  | { readonly kind: 'over-limit' }
  /** `at`: offset in the input of the frame header or block that is at fault. */
  | { readonly kind: 'damaged'; readonly reason: string; readonly at: number };

/** The low 32 bits of XXH64 with seed 0. */
export type Checksum = (content: Uint8Array) => number;

const MAX_BLOCK_BYTES = 128 * 1024;

/**
 * Decodes all frames one after the other. At most `limit` bytes and one block are ever written. As with a reader that
 * stops after `limit` + 1 bytes, damage behind that point goes unnoticed.
 */
export function decodeZstd(input: Uint8Array, limit: number, checksum: Checksum): Decoded {
  const decoder = new Decoder(input, limit, checksum);
  try {
    return decoder.run() ? { kind: 'ok', bytes: decoder.bytes() } : { kind: 'over-limit' };
  } catch (error) {
    if (error instanceof ZstdDamage) return { kind: 'damaged', reason: error.message, at: decoder.at };
    throw error;
  }
}

/** What blocks of one frame hand on to the next. */
interface FrameState {
  readonly recent: RepeatOffsets;
  readonly maxBlock: number;
  huffman: HuffmanTable | undefined;
  tables: SequenceTables | undefined;
}

class Decoder {
  /** Start of the frame header or block that is being read. */
  at = 0;
  private readonly end: number;
  private readonly input: Uint8Array;
  private readonly view: DataView;
  private readonly out: Output;
  private readonly scratch = new Uint8Array(MAX_BLOCK_BYTES);

  constructor(
    input: Uint8Array,
    private readonly limit: number,
    private readonly checksum: Checksum,
  ) {
    this.end = input.length;
    this.input = new Uint8Array(input.length + SPARE_BYTES);
    this.input.set(input);
    this.view = new DataView(this.input.buffer);
    // Runtimes shrink to a quarter or a fifth.
    this.out = new Output(input.length * 6, limit + MAX_BLOCK_BYTES);
  }

  bytes(): Uint8Array {
    return this.out.view();
  }

  /** `false`: over the limit. */
  run(): boolean {
    // No frame at all is damage too: libzstd waits for one.
    do {
      const header = readFrameHeader(this.input.subarray(0, this.end), this.at);
      if (header.kind === 'skippable') this.advance(header.end);
      else if (!this.frame(header)) return false;
    } while (this.at < this.end);
    return true;
  }

  private frame(header: ZstdFrameHeader): boolean {
    const start = this.out.length;
    const maxBlock = Math.min(MAX_BLOCK_BYTES, header.windowSize);
    const state: FrameState = { recent: [1, 4, 8], maxBlock, huffman: undefined, tables: undefined };
    this.out.startFrame(header.windowSize);
    this.advance(header.end);
    for (let isLast = false; !isLast; ) {
      isLast = this.block(state);
      if (isLast && header.contentSize !== undefined && header.contentSize !== this.out.length - start) {
        throw new ZstdDamage('the frame has another size than its header says');
      }
      if (this.out.length > this.limit) return false;
    }
    if (header.hasChecksum) this.verify(start);
    return true;
  }

  /** Was it the frame's last? */
  private block(state: FrameState): boolean {
    const { at, input, out } = this;
    if (at + 3 > this.end) throw new ZstdDamage('the frame is cut off');
    const header = this.view.getUint32(at, true) & 0xffffff;
    const kind = (header >>> 1) & 3;
    const size = header >>> 3;
    const start = at + 3;
    const end = start + (kind === 1 ? 1 : size);
    if (kind === 3) throw new ZstdDamage('a block is of the reserved kind');
    if (size > state.maxBlock) throw new ZstdDamage('a block is larger than allowed');
    if (end > this.end) throw new ZstdDamage('a block is cut off');
    out.startBlock(state.maxBlock);
    if (kind === 0) out.literals(input, start, size);
    else if (kind === 1) out.fill(this.view.getUint8(start), size);
    else this.compressedBlock(start, end, state);
    this.advance(end);
    return (header & 1) === 1;
  }

  private compressedBlock(start: number, end: number, state: FrameState): void {
    const { view, out } = this;
    const literals = readLiterals({ view, start, end }, state.huffman, this.scratch);
    state.huffman = literals.table;
    const { count, tables, end: streamStart } = readSequencesHeader({ view, start: literals.end, end }, state.tables);
    if (tables) {
      state.tables = tables;
      runSequences({ view, start: streamStart, end }, count, tables, literals.bytes, state.recent, out);
    } else {
      if (streamStart !== end) throw new ZstdDamage('a block has bytes left over');
      out.literals(literals.bytes, 0, literals.bytes.length);
    }
  }

  private verify(start: number): void {
    if (this.at + 4 > this.end) throw new ZstdDamage('the checksum is cut off');
    const wanted = this.view.getUint32(this.at, true);
    if (wanted !== this.checksum(this.out.view(start))) throw new ZstdDamage('the checksum does not match');
    this.advance(this.at + 4);
  }

  private advance(to: number): void {
    if (to > this.end) throw new ZstdDamage('the frame is cut off');
    this.at = to;
  }
}
