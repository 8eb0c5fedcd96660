import { concat } from '../../../src/base/bytes.ts';
import { sectionId } from '../../../src/wasm/sections.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../../src/wasm/writer.ts';
import { tinyPvf } from '../../../src/worker/probe/tiny-pvf.ts';
import { plainPvf } from '../../support/plain-pvf.ts';

/** Accepted. Each mark gives different bytes. */
export function acceptedBlob(mark = 0): Uint8Array {
  return withMark(plainPvf, mark);
}

/** Rejected: a function body ends too early. */
export function rejectedBlob(mark = 0): Uint8Array {
  const broken = Uint8Array.from(tinyPvf);
  broken[broken.length - 1] = 0x1a;
  return withMark(broken, mark);
}

/** Accepted by pre-checking, but not a PVF. */
export function blobWithoutValidateBlock(): Uint8Array {
  return Uint8Array.from(
    Buffer.from(Buffer.from(plainPvf).toString('latin1').replace('validate_block', 'validate_clock'), 'latin1'),
  );
}

/** Takes seconds to compile, because all functions differ, also between blobs. @param mark 0, 1 or 2 */
export function slowBlob(mark: number, count = 5000): Uint8Array {
  const functionOf = (index: number) => {
    // local.get, i32.const, i32.mul, local.set. Reading the constant as signed is fine.
    const step = [0x20, 0, 0x41, ...leb128(mark * count + index), 0x6c, 0x21, 0];
    return sized(Uint8Array.of(0, ...Array(40).fill(step).flat(), 0x20, 0, 0x0b));
  };
  const functions = Array.from({ length: count }, (_, index) => functionOf(index));
  return wasmModule(
    section(sectionId('type'), list(Uint8Array.of(0x60, 1, 0x7f, 1, 0x7f))),
    section(sectionId('function'), list(...functions.map(() => leb128(0)))),
    section(sectionId('code'), list(...functions)),
  );
}

/** Adds a custom section with a number below 128. */
function withMark(module: Uint8Array, mark: number): Uint8Array {
  return mark === 0 ? module : concat(module, section(sectionId('custom'), name('m'), Uint8Array.of(mark)));
}
