import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { toHex } from '../../../src/base/bytes.ts';
import { listCodes } from '../../../src/runtime/spec-codes.ts';
import { plainPvf, plainPvfOf } from '../../support/plain-pvf.ts';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const genesisCode = toHex(plainPvf);
const other = plainPvfOf('plain', 2);
const spec = {
  name: 'Quartz',
  genesis: { raw: { top: { '0x3a636f6465': genesisCode } } },
  codeSubstitutes: { '20': toHex(other).slice(2), '3': genesisCode },
};
const all = [
  { at: 'genesis.raw.top.0x3a636f6465', stored: plainPvf },
  { block: '3', at: 'codeSubstitutes.3', stored: plainPvf },
  { block: '20', at: 'codeSubstitutes.20', stored: other },
];

describe('listCodes', () => {
  const forms: readonly (readonly [string, Uint8Array])[] = [
    ['a chain spec', encode(spec)],
    ['a compressed chain spec', gzipSync(encode(spec))],
    ['the answer of a node', encode({ jsonrpc: '2.0', id: 1, result: spec })],
  ];
  for (const [name, content] of forms) {
    it(`lists the genesis code and the substitutes in the order of their blocks: ${name}`, () => {
      assert.deepEqual(
        listCodes(content).map(({ stored, ...code }) => ({ ...code, stored: stored && Uint8Array.from(stored) })),
        all,
      );
    });
  }

  it('lists only substitutes if the genesis has no code', () => {
    const light = { ...spec, genesis: { stateRootHash: '0x00' } };
    assert.deepEqual(
      listCodes(encode(light)).map(({ block }) => block),
      ['3', '20'],
    );
  });

  it('lists damaged code without its bytes', () => {
    const damaged = encode({ ...spec, codeSubstitutes: { '3': '0x0061736d0' } });
    assert.deepEqual(listCodes(damaged)[1], { block: '3', at: 'codeSubstitutes.3' });
  });

  it('lists nothing in other files', () => {
    const others = [plainPvf, encode({ name: 'a package' }), encode('text'), encode(null), new Uint8Array()];
    for (const content of [...others, new TextEncoder().encode('{"genesis": ')])
      assert.deepEqual(listCodes(content), []);
  });
});
