/**
 * The file in which the built-in worker leaves the costs of a job beside its artifact, because the wire protocol is Polkadot's
 * and has no place for them. Little-endian: magic, CPU time of the engine in milliseconds (f64), numbers of imported and of
 * defined functions (u32 each), then for each defined function nanoseconds (u64) and bytes of machine code (u32).
 */
import type { FunctionCosts } from '../../wasm/function-costs.ts';

/** In the worker's directory. */
export const costsFileName = 'costs';

const MAGIC = 'PVFCOST1';
const HEAD_BYTES = MAGIC.length + 16;
const COST_BYTES = 12;
/** The limit of Wasmtime and of V8 for one module. */
const MAX_FUNCTIONS = 1_000_000;

export const maxCostsFileBytes = HEAD_BYTES + MAX_FUNCTIONS * COST_BYTES;

/** More than a job may take. */
const MAX_MILLIS = 1e9;

/** The content of a file is not the costs of a job. The message is one clause. */
export class InvalidCosts extends Error {
  override readonly name = 'InvalidCosts';
}

/** @param byFunction everything after the CPU time, as the engine writes it (engine/src/costs.rs) */
export function encodeCosts(engineCpuMs: number, byFunction: Uint8Array): Uint8Array {
  const cpu = Buffer.alloc(8);
  cpu.writeDoubleLE(engineCpuMs);
  return Buffer.concat([Buffer.from(MAGIC, 'latin1'), cpu, byFunction]);
}

/** Throws `InvalidCosts`. */
export function decodeCosts(bytes: Uint8Array): FunctionCosts {
  if (bytes.length < HEAD_BYTES) throw new InvalidCosts('the file is too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC) {
    throw new InvalidCosts('the file has another format');
  }
  const engineCpuMs = view.getFloat64(MAGIC.length, true);
  if (!(engineCpuMs >= 0 && engineCpuMs <= MAX_MILLIS)) throw new InvalidCosts('the CPU time is invalid');
  const [imports, functions] = [view.getUint32(HEAD_BYTES - 8, true), view.getUint32(HEAD_BYTES - 4, true)];
  if (imports > MAX_FUNCTIONS || functions > MAX_FUNCTIONS) throw new InvalidCosts('it has too many functions');
  const expected = HEAD_BYTES + functions * COST_BYTES;
  if (bytes.length !== expected) throw new InvalidCosts(`the file has ${bytes.length} bytes instead of ${expected}`);
  const micros = new Float64Array(functions);
  const machineCodeBytes = new Uint32Array(functions);
  for (let at = 0; at < functions; at += 1) {
    const place = HEAD_BYTES + at * COST_BYTES;
    const nanos = view.getUint32(place + 4, true) * 2 ** 32 + view.getUint32(place, true);
    if (nanos > MAX_MILLIS * 1e6) throw new InvalidCosts(`the time of function ${imports + at} is invalid`);
    micros[at] = nanos / 1000;
    machineCodeBytes[at] = view.getUint32(place + 8, true);
  }
  return { imports, micros, machineCodeBytes, engineCpuMs };
}
