import assert from 'node:assert/strict';
import { Cursor } from '../../../src/wasm/cursor.ts';
import { contentOf, HEADER_BYTES, readSections, sectionId } from '../../../src/wasm/sections.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../../src/wasm/writer.ts';

describe('the wasm writer', () => {
  const numbers: readonly (readonly [value: number, bytes: readonly number[]])[] = [
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [0xffff_ffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
    [Number.MAX_SAFE_INTEGER, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ];
  for (const [value, bytes] of numbers) {
    it(`writes ${value} in LEB128`, () => {
      assert.deepEqual([...leb128(value)], bytes);
      assert.equal(new Cursor(Uint8Array.from(bytes)).u64(), value);
    });
  }

  it('rejects numbers that are not unsigned integers', () => {
    for (const value of [-1, 0.5, Number.NaN, 2 ** 53]) assert.throws(() => leb128(value), RangeError);
  });

  it('writes sections that the reader understands', () => {
    const long = new Uint8Array(300).fill(7);
    const bytes = wasmModule(section(sectionId('custom'), name('é'), long), section(sectionId('type'), list()));
    const { sections, problem } = readSections(bytes);
    assert.equal(problem, undefined);
    assert.deepEqual(
      sections.map((one) => [one.id, one.name, one.bytes]),
      [
        [0, 'é', 300],
        [1, 'type', 1],
      ],
    );
    const [custom] = sections;
    assert.ok(custom);
    assert.deepEqual(contentOf(bytes, custom), long);
    assert.equal(wasmModule().length, HEADER_BYTES);
  });

  it('writes the length before the content', () => {
    assert.deepEqual([...sized(Uint8Array.of(1), Uint8Array.of(2, 3))], [3, 1, 2, 3]);
  });
});
