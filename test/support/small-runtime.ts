import { concat } from '../../src/base/bytes.ts';
import { leb128, list, name, section, wasmModule } from '../../src/wasm/writer.ts';

/** `RuntimeVersion` in SCALE: spec `s` 7, impl `i` 2, transaction version 3, system version 1. */
const version = [4, 0x73, 4, 0x69, 1, 0, 0, 0, 7, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 1];

/**
 * The smallest parachain runtime without a finding of severity error: it has all that validators, nodes and the chain look
 * for. Its functions do nothing.
 */
export const smallRuntime: Uint8Array = wasmModule(
  section(1, list(Uint8Array.of(0x60, 2, 0x7f, 0x7f, 1, 0x7e))),
  section(2, list(concat(name('env'), name('memory'), Uint8Array.of(2, 0, 17)))),
  section(3, list(leb128(0))),
  // A constant global: i32.const 1024.
  section(6, list(Uint8Array.of(0x7f, 0, 0x41, 0x80, 8, 0x0b))),
  section(
    7,
    list(
      concat(name('validate_block'), Uint8Array.of(0, 0)),
      concat(name('Core_version'), Uint8Array.of(0, 0)),
      concat(name('__heap_base'), Uint8Array.of(3, 0)),
    ),
  ),
  section(10, list(Uint8Array.of(4, 0, 0x42, 0, 0x0b))),
  section(0, name('runtime_version'), Uint8Array.from(version)),
);
