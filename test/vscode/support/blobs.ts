import { tinyPvf } from '../../../src/worker/probe/tiny-pvf.ts';

/** Accepted; each number gives other bytes. */
export function acceptedBlob(mark = 0): Uint8Array {
  return withMark(tinyPvf, mark);
}

/** Rejected: a function body ends before its time. */
export function rejectedBlob(mark = 0): Uint8Array {
  const broken = Uint8Array.from(tinyPvf);
  broken[broken.length - 1] = 0x1a;
  return withMark(broken, mark);
}

/** Accepted by pre-checking, and yet no PVF. */
export function blobWithoutValidateBlock(): Uint8Array {
  return Uint8Array.from(
    Buffer.from(Buffer.from(tinyPvf).toString('latin1').replace('validate_block', 'validate_clock'), 'latin1'),
  );
}

/** Takes seconds to compile, since no two of its functions are the same, nor two of two blobs. @param mark 0, 1 or 2 */
export function slowBlob(mark: number, count = 5000): Uint8Array {
  const leb = (value: number) => [(value & 127) | 128, ((value >> 7) & 127) | 128, (value >> 14) & 127];
  const section = (id: number, content: readonly number[]) => [id, ...leb(content.length), ...content];
  const functionOf = (index: number) => {
    const step = [0x20, 0, 0x41, ...leb(mark * count + index).with(2, 0), 0x6c, 0x21, 0];
    const body = [0, ...Array(40).fill(step).flat(), 0x20, 0, 0x0b];
    return [...leb(body.length), ...body];
  };
  const functions = Array.from({ length: count }, (_, index) => functionOf(index));
  const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const type = section(1, [1, 0x60, 1, 0x7f, 1, 0x7f]);
  const declared = section(3, [...leb(count), ...Array(count).fill(0)]);
  return Uint8Array.from([...magic, ...type, ...declared, ...section(10, [...leb(count), ...functions.flat()])]);
}

/** A custom section that says nothing but a number below 128. */
function withMark(module: Uint8Array, mark: number): Uint8Array {
  return mark === 0 ? module : Uint8Array.from([...module, 0, 3, 1, 0x6d, mark]);
}
