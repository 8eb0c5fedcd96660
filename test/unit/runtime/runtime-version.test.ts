import assert from 'node:assert/strict';
import { concat } from '../../../src/base/bytes.ts';
import { decodeRuntimeVersion } from '../../../src/runtime/runtime-version.ts';

const u32 = (value: number) => Uint8Array.of(value, value >> 8, value >> 16, value >> 24);
const names = Uint8Array.of(4 << 2, 0x73, 0x70, 0x65, 0x63, 4 << 2, 0x69, 0x6d, 0x70, 0x6c);
const upToTransactions = concat(names, u32(1), u32(1_004_002), u32(3), Uint8Array.of(0), u32(15));
const version = {
  specName: 'spec',
  implName: 'impl',
  authoringVersion: 1,
  specVersion: 1_004_002,
  implVersion: 3,
  transactionVersion: 15,
};

describe('decodeRuntimeVersion', () => {
  it('reads versions with and without a state version', () => {
    assert.deepEqual(decodeRuntimeVersion(upToTransactions), version);
    assert.deepEqual(decodeRuntimeVersion(concat(upToTransactions, Uint8Array.of(1))), { ...version, stateVersion: 1 });
  });

  it('ignores unknown fields at the end', () => {
    assert.deepEqual(decodeRuntimeVersion(concat(upToTransactions, Uint8Array.of(0, 9, 9))), {
      ...version,
      stateVersion: 0,
    });
  });

  it('reads a view of a larger buffer', () => {
    const module = concat(Uint8Array.of(1, 2, 3), upToTransactions, Uint8Array.of(4));
    assert.deepEqual(decodeRuntimeVersion(module.subarray(3, 3 + upToTransactions.length)), version);
  });

  it('skips runtime APIs', () => {
    const apis = Uint8Array.of(1 << 2, 1, 2, 3, 4, 5, 6, 7, 8, 5, 0, 0, 0);
    const bytes = concat(names, u32(1), u32(1_004_002), u32(3), apis, u32(15));
    assert.deepEqual(decodeRuntimeVersion(bytes), version);
  });

  it('returns undefined for a truncated section', () => {
    for (let length = 0; length < upToTransactions.length; length += 1) {
      assert.equal(decodeRuntimeVersion(upToTransactions.subarray(0, length)), undefined);
    }
  });

  it('returns undefined when a name exceeds the section', () => {
    assert.equal(decodeRuntimeVersion(new Uint8Array(40).fill(0xff)), undefined);
  });
});
