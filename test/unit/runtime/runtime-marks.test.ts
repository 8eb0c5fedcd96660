import assert from 'node:assert/strict';
import { type RuntimeMarks, readRuntimeMarks } from '../../../src/runtime/runtime-marks.ts';
import { sectionId } from '../../../src/wasm/sections.ts';
import { leb128, list, name, section, wasmModule } from '../../../src/wasm/writer.ts';

const exporting = (...names: string[]) =>
  section(sectionId('export'), list(...names.map((one) => Uint8Array.of(...name(one), 0, 0))));
const custom = (title: string, bytes = 3) => section(sectionId('custom'), name(title), new Uint8Array(bytes));
const code = (bytes: number) => section(sectionId('code'), leb128(1), new Uint8Array(bytes));

/** Also returns how many bytes were read. */
async function marksOf(module: Uint8Array): Promise<{ marks: RuntimeMarks | undefined; read: number }> {
  let read = 0;
  const marks = await readRuntimeMarks(async (at, bytes) => {
    const part = module.subarray(at, at + bytes);
    read += part.length;
    return part;
  }, module.length);
  return { marks, read };
}

describe('readRuntimeMarks', () => {
  const rows: readonly (readonly [what: string, module: Uint8Array, isRuntime: boolean, hasValidateBlock: boolean])[] =
    [
      ['a parachain runtime', wasmModule(exporting('memory', 'validate_block'), custom('runtime_version')), true, true],
      ['a runtime with a version section', wasmModule(custom('runtime_version')), true, false],
      ['an old runtime without a version section', wasmModule(exporting('Core_version')), true, false],
      ['another module', wasmModule(exporting('call'), custom('producers')), false, false],
      [
        'a module with a long section name',
        wasmModule(custom('x'.repeat(200)), exporting('validate_block')),
        true,
        true,
      ],
      ['an empty module', wasmModule(), false, false],
    ];
  for (const [what, module, isRuntime, hasValidateBlock] of rows) {
    it(`recognizes ${what}`, async () => {
      assert.deepEqual((await marksOf(module)).marks, { isRuntime, hasValidateBlock });
    });
  }

  it('does not read the code', async () => {
    const { marks, read } = await marksOf(wasmModule(exporting('call'), code(5_000_000), custom('runtime_version')));
    assert.equal(marks?.isRuntime, true);
    assert.ok(read < 1000, `${read} bytes were read`);
  });

  it('returns undefined for other files and for modules that are cut off', async () => {
    const module = wasmModule(exporting('validate_block'), code(100));
    for (const bytes of [new Uint8Array(), Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 1, 2, 3, 4), module.subarray(0, -1)]) {
      assert.equal((await marksOf(bytes)).marks, undefined);
    }
  });
});
