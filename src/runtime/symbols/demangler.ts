/** rustc-demangle as WebAssembly (engine/inspect): the demangler of Rust's own backtraces. It also divides the names. */
import type { Inspector } from '../../wasm/inspector.ts';

/** The name, the crate of a v0 symbol, the kind, and the parts of that kind. May have unprintable characters. */
export type DemangledName = readonly string[];

export interface DemangledNames {
  /**
   * The fields of each distinct name as engine/inspect/src/record.rs has them. Names that demangle alike have the same value.
   * Empty where the output of the batch is used up. What is not UTF-8 is `�`.
   */
  readonly names: readonly DemangledName[];
  /** For each range its place in `names`. `NO_NAME` for an empty one. */
  readonly places: Int32Array;
}

/** Names are demangled in batches, which bounds the memory. */
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_NAMES = 100_000;
/** With its parts, a name of a real runtime takes threefold room at most on average; made ones would take any. */
const MAX_EXPANSION = 4;
const LEAST_OUTPUT = 256 * 1024;

/** @param ranges start and end of each name in `bytes`. Throws a RangeError for want of memory. */
export function demangle(inspector: Inspector, bytes: Uint8Array, ranges: Uint32Array): DemangledNames {
  const { count, ranges: distinct, places } = inspector.findDistinct(bytes, ranges);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const names: DemangledName[] = [];
  for (let first = 0; first < count; ) {
    const batch = nextBatch(distinct, first, count);
    const output = inspector.demangle(first, batch.names, batch.bytes * MAX_EXPANSION + LEAST_OUTPUT);
    addNames(decoder.decode(output), names);
    first += batch.names;
  }
  return { names, places };
}

function nextBatch(ranges: Uint32Array, first: number, count: number): { names: number; bytes: number } {
  let names = 0;
  let bytes = 0;
  for (let place = first; place < count && names < BATCH_NAMES; place += 1) {
    const length = (ranges[place * 2 + 1] as number) - (ranges[place * 2] as number);
    if (names > 0 && bytes + length > BATCH_BYTES) break;
    names += 1;
    bytes += length;
  }
  return { names, bytes };
}

/** Adds the names of a batch. */
function addNames(output: string, names: DemangledName[]): void {
  const first = names.length;
  for (const line of output.split('\n')) {
    if (line === '-') names.push([]);
    else if (line.startsWith('=') && !line.includes('\t')) names.push(names[first + Number(line.slice(1))] ?? []);
    else names.push(line.split('\t'));
  }
  // Behind the end of the last line.
  names.pop();
}
