/** rustc-demangle as WebAssembly (engine/demangle): the demangler of Rust's own backtraces. */
import { readFile } from 'node:fs/promises';
import { mediaFolder } from '../../base/bundles.ts';

export interface DemangledName {
  /** Without the hash. What is no symbol of Rust stays as it is. */
  readonly text: string;
  /** The crate in which the code was written, where the symbol says so: a v0 symbol has the path of an `impl`. */
  readonly home?: string;
}

export interface Demangler {
  /**
   * Bytes are UTF-8; what is not UTF-8 becomes `�`. Cuts off what is over 16 KiB, or over the output of its batch.
   * Throws a RangeError when there is no memory.
   */
  demangle(names: readonly (Uint8Array | string)[]): readonly DemangledName[];
}

/** Exports of engine/demangle/src/lib.rs; lengths and pointers are u32, which JavaScript sees as i32. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  pvf_demangle_input(length: number): number;
  pvf_demangle_run(count: number, limit: number): number;
  pvf_demangle_length(): number;
}

/** Names are given to the module in batches, which bounds its memory. */
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_NAMES = 100_000;
/** Symbols with back references expand: those of real runtimes threefold at most, made ones without end. */
const MAX_EXPANSION = 8;
const WORD = 4;

/** Loads the module. Rejects when its file is missing. */
export async function openDemangler(): Promise<Demangler> {
  const module = await WebAssembly.compile(await readFile(new URL('pvf-demangle.wasm', mediaFolder)));
  const exports = (await WebAssembly.instantiate(module, {})).exports as unknown as Exports;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return { demangle: (names) => batchesOf(names).flatMap((batch) => demangleBatch(exports, decoder, batch)) };
}

interface Batch {
  readonly names: readonly Uint8Array[];
  readonly bytes: number;
}

function batchesOf(names: readonly (Uint8Array | string)[]): readonly Batch[] {
  const encoder = new TextEncoder();
  const batches: Batch[] = [];
  let batch: Uint8Array[] = [];
  let bytes = 0;
  const close = () => {
    if (batch.length > 0) batches.push({ names: batch, bytes });
    batch = [];
    bytes = 0;
  };
  for (const name of names) {
    const encoded = typeof name === 'string' ? encoder.encode(name) : name;
    if (bytes + encoded.length > BATCH_BYTES || batch.length === BATCH_NAMES) close();
    batch.push(encoded);
    bytes += encoded.length;
  }
  close();
  return batches;
}

function demangleBatch(exports: Exports, decoder: TextDecoder, { names, bytes }: Batch): readonly DemangledName[] {
  const inputLength = names.length * WORD + bytes;
  const inputAt = exports.pvf_demangle_input(inputLength) >>> 0;
  if (inputAt === 0) throw outOfMemory();
  write(names, new Uint8Array(exports.memory.buffer, inputAt, inputLength));
  const outputAt = exports.pvf_demangle_run(names.length, bytes * MAX_EXPANSION) >>> 0;
  if (outputAt === 0) throw outOfMemory();
  const output = new Uint8Array(exports.memory.buffer, outputAt, exports.pvf_demangle_length() >>> 0);
  return read(names.length, output, decoder);
}

function write(names: readonly Uint8Array[], input: Uint8Array): void {
  const lengths = new DataView(input.buffer, input.byteOffset);
  let at = names.length * WORD;
  names.forEach((name, index) => {
    lengths.setUint32(index * WORD, name.length, true);
    input.set(name, at);
    at += name.length;
  });
}

function read(count: number, output: Uint8Array, decoder: TextDecoder): DemangledName[] {
  const lengths = new DataView(output.buffer, output.byteOffset);
  const text = decoder.decode(output.subarray(2 * count * WORD));
  let at = 0;
  const next = (lengthAt: number) => text.slice(at, (at += lengths.getUint32(lengthAt, true)));
  return Array.from({ length: count }, (_, index) => {
    const home = next(2 * index * WORD);
    const name = next((2 * index + 1) * WORD);
    return { text: name, ...(home !== '' && { home }) };
  });
}

const outOfMemory = () => new RangeError('the demangler has no memory left');
