import assert from 'node:assert/strict';
import { fromHex } from '../../../src/base/bytes.ts';
import { decodeRuntimeApis } from '../../../src/runtime/runtime-apis.ts';
import type { Export } from '../../../src/wasm/types.ts';

/** `Core` version 5 and `Metadata` version 2, as every runtime has them. */
const section = fromHex('df6acb689907609b0500000037e397fc7c91f5e402000000');
const exports: readonly Export[] = ['Core_version', 'Core_initialize_block', 'validate_block'].map((name, index) => ({
  ...{ name, index },
  kind: 'function',
}));

describe('decodeRuntimeApis', () => {
  it('names the APIs whose methods the module exports', () => {
    assert.deepEqual(decodeRuntimeApis(section, exports), [
      { id: '0xdf6acb689907609b', name: 'Core', version: 5 },
      { id: '0x37e397fc7c91f5e4', version: 2 },
    ]);
  });

  it('rejects a section of another size', () => {
    assert.equal(decodeRuntimeApis(section.subarray(1), exports), undefined);
    assert.equal(decodeRuntimeApis(new Uint8Array(12 * 1001), exports), undefined);
  });
});
