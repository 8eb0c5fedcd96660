import assert from 'node:assert/strict';
import { withChangedData, withChangedFunction } from '../../../scripts/bench/engine/edits.ts';
import { concat } from '../../../src/base/bytes.ts';
import { readModule } from '../../../src/wasm/module.ts';
import { sectionId } from '../../../src/wasm/sections.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../../src/wasm/writer.ts';
import { engineAccepts } from '../runtime/engine.ts';

const body = (constant: number) => sized(Uint8Array.of(0, 0x41, constant, 0x1a, 0x0b));
const segment = concat(Uint8Array.of(0, 0x41, 0, 0x0b), sized(Uint8Array.of(1, 2, 3)));
const runtime = (code: Uint8Array, data: Uint8Array) =>
  wasmModule(
    section(sectionId('type'), list(Uint8Array.of(0x60, 0, 0))),
    section(sectionId('function'), list(leb128(0), leb128(0), leb128(0))),
    section(sectionId('memory'), list(Uint8Array.of(0, 1))),
    section(sectionId('code'), code),
    section(sectionId('data'), list(data)),
    section(sectionId('custom'), name('tail')),
  );
const before = runtime(list(body(1), body(2), body(3)), segment);

describe('edits of the benchmark', () => {
  it('add a nop only to the middle function', () => {
    const changed = sized(Uint8Array.of(0, 0x41, 2, 0x1a, 0x01, 0x0b));
    const after = withChangedFunction(before);
    assert.deepEqual(after, runtime(list(body(1), changed, body(3)), segment));
    assert.ok(engineAccepts(after));
  });

  it('change only the last byte of the data', () => {
    const after = withChangedData(before);
    assert.deepEqual(
      after,
      runtime(list(body(1), body(2), body(3)), concat(segment.subarray(0, -1), Uint8Array.of(2))),
    );
    assert.equal(readModule(after).problem, undefined);
  });

  it('fail when the runtime has no such section', () => {
    assert.throws(() => withChangedFunction(wasmModule()), /no code section/);
  });
});
