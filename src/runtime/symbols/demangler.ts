/** rustc-demangle as WebAssembly (engine/demangle): the demangler of Rust's own backtraces. It also divides the names. */
import { readFile } from 'node:fs/promises';
import { mediaFolder } from '../../base/bundles.ts';

export interface Demangler {
  /**
   * The fields of each name as engine/demangle/src/record.rs has them. Equal names have the same value. Empty where the
   * output of the batch is used up. Bytes are UTF-8; what is not UTF-8 becomes `�`. Throws a RangeError for want of memory.
   */
  demangle(names: readonly (Uint8Array | string)[]): readonly DemangledName[];
}

/** The name, the crate of a v0 symbol, the kind, and the parts of that kind. May have unprintable characters. */
export type DemangledName = readonly string[];

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
/** With its parts, a name of a real runtime takes threefold room at most on average; made ones would take any. */
const MAX_EXPANSION = 4;
const LEAST_OUTPUT = 256 * 1024;
const WORD = 4;

/** Loads the module. Rejects when its file is missing. */
export async function openDemangler(): Promise<Demangler> {
  const module = await WebAssembly.compile(await readFile(new URL('pvf-demangle.wasm', mediaFolder)));
  const exports = new WebAssembly.Instance(module, {}).exports as unknown as Exports;
  return { demangle: (names) => batchesOf(names).flatMap((batch) => demangleBatch(exports, batch)) };
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

function demangleBatch(exports: Exports, { names, bytes }: Batch): readonly DemangledName[] {
  const inputLength = names.length * WORD + bytes;
  const inputAt = exports.pvf_demangle_input(inputLength) >>> 0;
  if (inputAt === 0) throw outOfMemory();
  write(names, new Uint8Array(exports.memory.buffer, inputAt, inputLength));
  const outputAt = exports.pvf_demangle_run(names.length, bytes * MAX_EXPANSION + LEAST_OUTPUT) >>> 0;
  if (outputAt === 0) throw outOfMemory();
  const output = new Uint8Array(exports.memory.buffer, outputAt, exports.pvf_demangle_length() >>> 0);
  return namesIn(new TextDecoder('utf-8', { ignoreBOM: true }).decode(output));
}

function namesIn(output: string): readonly DemangledName[] {
  const names: DemangledName[] = [];
  for (const line of output.split('\n')) {
    if (line === '-') names.push([]);
    else if (line.startsWith('=') && !line.includes('\t')) names.push(names[Number(line.slice(1))] ?? []);
    else names.push(line.split('\t'));
  }
  // Behind the end of the last line.
  names.pop();
  return names;
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

const outOfMemory = () => new RangeError('the demangler has no memory left');
