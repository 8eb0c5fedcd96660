/**
 * engine/inspect as WebAssembly: reads the code of a module and demangles names. In a process that reads one module,
 * JavaScript would take several times as long, because it has to be optimised first.
 */
import { readFile } from 'node:fs/promises';
import { mediaFolder } from '../base/bundles.ts';
import { onFirstUse } from '../base/on-first-use.ts';

/** Throws a RangeError for want of memory. Lines and words lie in its memory, and are valid up to the next call. */
export interface Inspector {
  /** The words that engine/inspect/src/code.rs writes. @param start of the content of the code section */
  readCode(module: Uint8Array, start: number, end: number): Uint32Array;
  /** @param ranges start and end of each name in `bytes` */
  findDistinct(bytes: Uint8Array, ranges: Uint32Array): DistinctNames;
  /**
   * The lines that engine/inspect/src/record.rs writes, for some of the names that `findDistinct` found before.
   * @param limit the most bytes that come out, besides 2 for each name
   */
  demangle(first: number, count: number, limit: number): Uint8Array;
}

/** Names that differ in the hash of a legacy symbol alone count as one. */
export interface DistinctNames {
  readonly count: number;
  /** Start and end of each distinct name. */
  readonly ranges: Uint32Array;
  /** For each name its place among the distinct ones. `NO_NAME` for an empty one. */
  readonly places: Int32Array;
}

export const NO_NAME = -1;

/** Exports of engine/inspect/src/lib.rs; lengths and pointers are u32, which JavaScript sees as i32. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  pvf_inspect_bytes(length: number): number;
  pvf_inspect_code(start: number, end: number): number;
  pvf_inspect_names(count: number): number;
  pvf_inspect_distinct(count: number): number;
  pvf_inspect_demangle(first: number, count: number, limit: number): number;
  pvf_inspect_length(): number;
}

const compiled = onFirstUse(async () => WebAssembly.compile(await readFile(new URL('pvf-inspect.wasm', mediaFolder))));

/** Rejects when the file of the WebAssembly is missing. */
export async function openInspector(): Promise<Inspector> {
  const exports = new WebAssembly.Instance(await compiled(), {}).exports as unknown as Exports;
  let loaded: Uint8Array | undefined;
  /** A module is read several times, and is large. Nothing changes its bytes. */
  const load = (bytes: Uint8Array) => {
    if (loaded === bytes) return;
    loaded = undefined;
    const at = pointer(exports.pvf_inspect_bytes(bytes.length));
    new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
    loaded = bytes;
  };
  return {
    readCode: (module, start, end) => {
      load(module);
      const at = pointer(exports.pvf_inspect_code(start, end));
      return new Uint32Array(exports.memory.buffer, at, exports.pvf_inspect_length() >>> 0);
    },
    findDistinct: (bytes, ranges) => {
      load(bytes);
      const names = ranges.length / 2;
      const at = pointer(exports.pvf_inspect_names(names));
      new Uint32Array(exports.memory.buffer, at, ranges.length).set(ranges);
      const count = exports.pvf_inspect_distinct(names) >>> 0;
      const { buffer } = exports.memory;
      return {
        count,
        ranges: new Uint32Array(buffer, at, count * 2).slice(),
        places: new Int32Array(buffer, at + ranges.byteLength, names).slice(),
      };
    },
    demangle: (first, count, limit) => {
      const at = pointer(exports.pvf_inspect_demangle(first, count, limit));
      return new Uint8Array(exports.memory.buffer, at, exports.pvf_inspect_length() >>> 0);
    },
  };
}

function pointer(value: number): number {
  if (value === 0) throw new RangeError('the reader of modules has no memory left');
  return value >>> 0;
}
