import assert from 'node:assert/strict';
import { toHex } from '../../../src/base/bytes.ts';
import type { InputProblemId } from '../../../src/model/input-problem.ts';
import type { ContainerKind } from '../../../src/model/report.ts';
import { sniff, unpack } from '../../../src/runtime/container.ts';
import { InputError } from '../../../src/runtime/input-error.ts';
import { COMPRESSED_MAGIC, POLKAVM_MAGIC } from '../../../src/runtime/magic.ts';
import { TINY_MODULE } from './samples.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const HEX = toHex(TINY_MODULE);
const DIGITS = HEX.slice(2);
const OTHER = '0x0061736d02000000';

function fails(code: InputProblemId, content: string, message: RegExp, block?: string): void {
  assert.throws(
    () => unpack('a/file.wasm', encode(content), block),
    (error) => {
      assert.ok(error instanceof InputError);
      assert.equal(error.code, code);
      assert.match(error.message, message);
      assert.match(error.message, /^a\/file\.wasm: .*\.$/);
      assert.match(error.remedy, /^[A-Z].*\.$/);
      return true;
    },
  );
}

describe('unpack of binary content', () => {
  const cases: [string, ContainerKind, Uint8Array][] = [
    ['a module', 'wasm', TINY_MODULE],
    ['the magic of wasm alone', 'wasm', TINY_MODULE.subarray(0, 4)],
    ['a compressed blob', 'compressed-wasm', Uint8Array.of(...COMPRESSED_MAGIC, 1, 2, 3)],
    ['a PolkaVM program', 'polkavm', Uint8Array.of(...POLKAVM_MAGIC, 1)],
  ];
  for (const [title, container, content] of cases) {
    it(`${title}: ${container}, passed on unchanged`, () => {
      assert.deepEqual(unpack('x', content), { container, stored: content });
    });
  }
});

describe('unpack of hex text', () => {
  const cases: [string, string][] = [
    ['with 0x', HEX],
    ['with 0X and capital digits', `0X${DIGITS.toUpperCase()}`],
    ['with white space around', `\ufeff \t\r\n${HEX}\r\n\n`],
    ['without 0x', DIGITS],
    ['without 0x, capital digits and a newline', `${DIGITS.toUpperCase()}\n`],
  ];
  for (const [title, content] of cases) {
    it(title, () => assert.deepEqual(unpack('x', encode(content)), { container: 'hex', stored: TINY_MODULE }));
  }

  it('reports content that is not a runtime', () => {
    fails('unknown-data', '0xdeadbeef', /decoded from hex, this is unknown data of 4 bytes that begins with deadbeef/);
  });

  it('reports an odd number of digits', () => {
    fails('bad-hex', `${HEX}0`, new RegExp(`odd number of digits \\(${DIGITS.length + 1}\\)`));
    fails('bad-hex', DIGITS.slice(0, -1), /odd number of digits/);
    fails('bad-hex', '0x0', /odd number of digits \(1\)/);
  });

  it('reports the position of a wrong digit', () => {
    fails('bad-hex', '0x0061zz', /"z" after 4 digits/);
    fails('bad-hex', '0061736d\n0100zz00', /"z" after 12 digits/);
    fails('bad-hex', '0x00😀', /"😀" after 2 digits/);
  });

  it('reports 0x without digits', () => fails('empty', '0x\n', /no hex digits/));
});

describe('unpack of a chain spec', () => {
  const shapes: [string, object][] = [
    ['raw', { genesis: { raw: { top: { '0x3a636f6465': HEX } } } }],
    ['raw of 2019', { genesis: { raw: [{ '0x3a636f6465': HEX }, {}] } }],
    ['plain with runtimeGenesis', { genesis: { runtimeGenesis: { code: HEX, patch: {} } } }],
    ['plain, system.code', { genesis: { runtime: { balances: {}, system: { code: HEX } } } }],
    ['plain, frameSystem.code in a wrapper', { genesis: { runtime: { config: { frameSystem: { code: HEX } } } } }],
    [
      'plain, beside longer contract code',
      {
        genesis: {
          runtime: { system: { code: HEX }, evm: { accounts: { '0x01': { code: `0x60${'00'.repeat(5000)}` } } } },
        },
      },
    ],
    ['code without 0x', { genesis: { runtimeGenesis: { code: DIGITS } } }],
    [
      'only substitutes: the highest block',
      {
        genesis: { stateRootHash: '0x00' },
        codeSubstitutes: { '99': OTHER, '1000': DIGITS, '0xabcd': OTHER },
      },
    ],
    [
      'genesis code before substitutes',
      { genesis: { raw: { top: { '0x3a636f6465': HEX } } }, codeSubstitutes: { '5': OTHER } },
    ],
  ];
  for (const [title, spec] of shapes) {
    it(title, () => {
      const text = encode(` ${JSON.stringify({ name: 'Täst', id: 'test', ...spec })}\n`);
      const { codeAt = '', ...unpacked } = unpack('x', text);
      assert.deepEqual(unpacked, { container: 'chain-spec', stored: TINY_MODULE });
      assert.match(codeAt, /^genesis\.\S+(code|0x3a636f6465)$|^codeSubstitutes\.1000$/);
    });
  }

  it('names the place of the code', () => {
    const at = (spec: object, block?: string) => unpack('x', encode(JSON.stringify(spec)), block).codeAt;
    const raw = { genesis: { raw: { top: { '0x3a636f6465': HEX } } }, codeSubstitutes: { '1161532': HEX } };
    assert.equal(at(raw), 'genesis.raw.top.0x3a636f6465');
    assert.equal(at(raw, '1161532'), 'codeSubstitutes.1161532');
    assert.equal(unpack('x', encode(HEX)).codeAt, undefined);
  });

  it('returns the substitute of the requested block, with or without 0x', () => {
    const spec = encode(JSON.stringify({ genesis: {}, codeSubstitutes: { '7': HEX, '8': DIGITS, '9': OTHER } }));
    assert.deepEqual(unpack('x', spec, '7').stored, TINY_MODULE);
    assert.deepEqual(unpack('x', spec, '8').stored, TINY_MODULE);
    assert.notDeepEqual(unpack('x', spec, '9').stored, TINY_MODULE);
  });

  it('reports a block without a substitute', () => {
    fails('unknown-substitute', JSON.stringify({ genesis: {}, codeSubstitutes: { '7': HEX } }), /for block 8/, '8');
    fails('unknown-substitute', HEX, /for block 8/, '8');
  });

  it('lists the blocks with a substitute', () => {
    const spec = encode(JSON.stringify({ codeSubstitutes: { '30': HEX, '7': HEX } }));
    assert.throws(() => unpack('x', spec, '8'), { remedy: /7, 30/ });
  });

  it('reports the content of a spec without code', () => {
    fails('no-code', JSON.stringify({ genesis: { stateRootHash: '0xabc' } }), /only the state root hash/);
    fails('no-code', JSON.stringify({ genesis: { raw: { top: {} } } }), /only raw/);
    fails('no-code', JSON.stringify({ genesis: {} }), /genesis is empty/);
    fails(
      'no-code',
      JSON.stringify({ genesis: { runtime: { system: { code: 5 } } }, codeSubstitutes: {} }),
      /only runtime/,
    );
  });

  it('reports other JSON and invalid JSON', () => {
    fails('bad-chain-spec', '{"name":"a package"}', /no "genesis"/);
    fails('bad-chain-spec', '{"genesis": {"raw"', /JSON is invalid/);
  });

  it('reports damaged code and its place in the spec', () => {
    const odd = { genesis: { raw: { top: { '0x3a636f6465': '0x123' } } } };
    fails('bad-hex', JSON.stringify(odd), /in genesis\.raw\.top\.0x3a636f6465, .*odd number/);
    const empty = { genesis: { runtimeGenesis: { code: '0x' } } };
    fails('empty-code', JSON.stringify(empty), /code of this chain spec is empty \(genesis\.runtimeGenesis\.code\)/);
  });

  it('survives a spec nested 100 000 deep', () => {
    const nested = `${'{"a":'.repeat(100_000)}{"code":"${HEX}"}${'}'.repeat(100_000)}`;
    assert.deepEqual(unpack('x', encode(`{"genesis":{"runtime":${nested}}}`)).stored, TINY_MODULE);
  });
});

describe('sniff', () => {
  it('checks only the beginning', () => {
    assert.equal(sniff(encode('{ not JSON')), 'chain-spec');
    assert.equal(sniff(encode('0x not hex')), 'hex');
    assert.equal(sniff(new Uint8Array()), 'unknown');
  });
});
