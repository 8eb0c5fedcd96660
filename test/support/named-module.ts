/** Modules of functions with names, for tests of what reads names and calls. */
import { concat } from '../../src/base/bytes.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../src/wasm/writer.ts';

export const call = (index: number) => concat(Uint8Array.of(0x10), leb128(index));
/** A call through the table. */
export const indirectCall = Uint8Array.of(0x41, 0, 0x11, 0, 0);
export const body = (...code: Uint8Array[]) => sized(Uint8Array.of(0), ...code, Uint8Array.of(0x0b));
const nothing = Uint8Array.of(0x60, 0, 0);

/** The name of a function and its body. */
export type NamedFunction = readonly [name: string, body: Uint8Array];

/** Functions without imports. The first is exported. */
export function namedModule(functions: readonly NamedFunction[], ...more: Uint8Array[]): Uint8Array {
  const names = functions.map(([text], index) => concat(leb128(index), name(text)));
  return wasmModule(
    section(1, list(nothing)),
    section(3, list(...functions.map(() => leb128(0)))),
    section(4, list(Uint8Array.of(0x70, 0, 9))),
    section(7, list(concat(name('validate_block'), Uint8Array.of(0, 0)))),
    ...more,
    section(10, list(...functions.map(([, code]) => code))),
    section(0, name('name'), concat(Uint8Array.of(1), sized(list(...names)))),
  );
}

/** Functions in the table. */
export function tableOf(...indices: readonly number[]): Uint8Array {
  return section(9, list(concat(Uint8Array.of(0, 0x41, 0, 0x0b), list(...indices.map((index) => leb128(index))))));
}
