import assert from 'node:assert/strict';
import { toHex } from '../../../../src/base/bytes.ts';
import type { Field, MetadataType, Pallet, RuntimeMetadata } from '../../../../src/model/metadata.ts';
import { bytesOfCall, type CallArgument, encodeCall } from '../../../../src/runtime/metadata/call-data.ts';
import { named, sampleMetadata, type } from '../../../support/sample-metadata.ts';

const plain = { path: [], params: [] };
const extra = {
  h256: sampleMetadata.types.length,
  bool: sampleMetadata.types.length + 1,
  compact: sampleMetadata.types.length + 2,
  runtimeCall: sampleMetadata.types.length + 3,
  systemCall: sampleMetadata.types.length + 4,
  endless: sampleMetadata.types.length + 5,
};
const types: readonly MetadataType[] = [
  ...sampleMetadata.types,
  { path: ['primitive_types', 'H256'], params: [], kind: 'composite', fields: [{ type: 10 }] },
  { ...plain, kind: 'primitive', primitive: 'bool' },
  { ...plain, kind: 'compact', item: type.u32 },
  {
    path: ['runtime', 'RuntimeCall'],
    params: [],
    kind: 'variant',
    variants: [{ name: 'System', index: 7, fields: [{ type: extra.systemCall }] }],
  },
  {
    path: ['frame_system', 'Call'],
    params: [],
    kind: 'variant',
    variants: [{ name: 'set_code', index: 2, fields: [named('code', type.bytes)] }],
  },
  { path: ['Endless'], params: [], kind: 'composite', fields: [{ type: extra.endless }] },
];

/** One pallet `System` with one call `set_code`. */
function metadataWith(fields: readonly Field[], others: Partial<RuntimeMetadata> = {}): RuntimeMetadata {
  const system: Pallet = {
    ...{ name: 'System', index: 7, events: [], errors: [], storage: [], constants: [] },
    calls: [{ name: 'set_code', index: 2, fields }],
  };
  return { ...sampleMetadata, types, pallets: [system], ...others };
}

const code = Uint8Array.of(1, 2, 3);
const codeArgument: CallArgument = { name: 'code', value: { kind: 'bytes', bytes: code } };
const hash: CallArgument = { name: 'code_hash', value: { kind: 'hash', bytes: new Uint8Array(32).fill(9) } };
const check: CallArgument = { name: 'check_version', value: { kind: 'bool', value: true }, isOptional: true };

function encoded(metadata: RuntimeMetadata, ...args: readonly CallArgument[]): string {
  const result = encodeCall(metadata, { pallet: 'System', call: 'set_code', args });
  return result.kind === 'encoded' ? toHex(bytesOfCall(result.data)) : result.kind;
}

function refusal(metadata: RuntimeMetadata, ...args: readonly CallArgument[]): string {
  const result = encodeCall(metadata, { pallet: 'System', call: 'set_code', args });
  return result.kind === 'refused' ? result.reason : result.kind;
}

describe('encodeCall', () => {
  it('writes both indices, and bytes with their length', () => {
    assert.equal(encoded(metadataWith([named('code', type.bytes)]), codeArgument), '0x07020c010203');
  });

  it('writes the length of a code of megabytes in four bytes', () => {
    const long: CallArgument = { name: 'code', value: { kind: 'bytes', bytes: new Uint8Array(3_000_000) } };
    const result = encodeCall(metadataWith([named('code', type.bytes)]), {
      ...{ pallet: 'System', call: 'set_code' },
      args: [long],
    });
    assert.ok(result.kind === 'encoded');
    assert.equal(result.data.length, 2 + 4 + 3_000_000);
    // 3 000 000 * 4 + 2, little-endian.
    assert.equal(toHex(bytesOfCall(result.data).subarray(2, 6)), '0x021bb700');
  });

  it('writes a hash and a flag in the order of the metadata', () => {
    const fields = [named('check_version', extra.bool), named('code_hash', extra.h256)];
    assert.equal(encoded(metadataWith(fields), hash, check), `0x070201${'09'.repeat(32)}`);
  });

  it('leaves out an optional argument that the call does not have', () => {
    assert.equal(encoded(metadataWith([named('code_hash', extra.h256)]), hash, check), `0x0702${'09'.repeat(32)}`);
  });

  it('wraps a call in a call', () => {
    const sudo: Pallet = {
      ...{ name: 'Sudo', index: 255, events: [], errors: [], storage: [], constants: [] },
      calls: [{ name: 'sudo', index: 0, fields: [named('call', extra.runtimeCall)] }],
    };
    const metadata = metadataWith([named('code', type.bytes)]);
    const inner = encodeCall(metadata, { pallet: 'System', call: 'set_code', args: [codeArgument] });
    assert.ok(inner.kind === 'encoded');
    const both = { ...metadata, pallets: [...metadata.pallets, sudo] };
    const args: readonly CallArgument[] = [{ name: 'call', value: { kind: 'call', call: inner.data } }];
    const outer = encodeCall(both, { pallet: 'Sudo', call: 'sudo', args });
    assert.equal(outer.kind === 'encoded' && toHex(bytesOfCall(outer.data)), '0xff0007020c010203');
    const moved = { ...inner.data, index: { pallet: 8, call: 2 } };
    const refused = encodeCall(both, {
      ...{ pallet: 'Sudo', call: 'sudo' },
      args: [{ name: 'call', value: { kind: 'call', call: moved } }],
    });
    assert.equal(refused.kind, 'refused');
  });

  it('says that a pallet or a call is absent', () => {
    const metadata = metadataWith([]);
    assert.equal(encodeCall(metadata, { pallet: 'Sudo', call: 'sudo', args: [] }).kind, 'absent');
    assert.equal(encodeCall(metadata, { pallet: 'System', call: 'remark', args: [] }).kind, 'absent');
  });

  it('refuses another type than expected, and names both', () => {
    const wrong = [type.u32, type.text, extra.compact, extra.endless, extra.h256];
    for (const id of wrong) {
      const reason = refusal(metadataWith([named('code', id)]), codeArgument);
      assert.match(reason, /^the argument code of System\.set_code has the type \S+.*, not Vec<u8>$/);
    }
    assert.match(refusal(metadataWith([named('code_hash', type.bytes)]), hash), /Vec<u8>, not H256$/);
    const short = metadataWith([named('code_hash', type.account)]);
    assert.equal(encoded(short, hash), `0x0702${'09'.repeat(32)}`, 'any 32 bytes are encoded alike');
    const hash20: CallArgument = { name: 'code_hash', value: { kind: 'hash', bytes: new Uint8Array(20) } };
    assert.match(refusal(short, hash20), /not H256$/);
  });

  it('refuses arguments that it does not know, lacks, or that have one name', () => {
    const more = metadataWith([named('code', type.bytes), named('force', extra.bool)]);
    assert.match(refusal(more, codeArgument), /takes other arguments than expected: \(code, force\), not \(code\)$/);
    assert.match(refusal(metadataWith([]), codeArgument), /\(\), not \(code\)$/);
    const twice = metadataWith([named('code', type.bytes), named('code', type.bytes)]);
    assert.match(refusal(twice, codeArgument), /\(code, code\)/);
    assert.match(refusal(metadataWith([{ type: type.bytes }]), codeArgument), /\(\(no name\)\)/);
  });
});
