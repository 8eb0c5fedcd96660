import assert from 'node:assert/strict';
import { concat } from '../../../../src/base/bytes.ts';
import { runtimeIdentity } from '../../../../src/portable/wasm/runtime-identity.ts';
import { sectionId } from '../../../../src/wasm/sections.ts';
import { name, section, wasmModule } from '../../../../src/wasm/writer.ts';
import { tinyPvf } from '../../../../src/worker/probe/tiny-pvf.ts';

const custom = (title: string, content: readonly number[]) =>
  section(sectionId('custom'), name(title), Uint8Array.from(content));
const named = (content: readonly number[]) => concat(tinyPvf, custom('runtime_version', content));
const text = (name: string) => [name.length << 2, ...Buffer.from(name)];

describe('runtimeIdentity', () => {
  it('returns the spec name, independent of the rest of the module', () => {
    assert.equal(runtimeIdentity(named([...text('statemint'), 1, 2, 3])), 'spec statemint');
    const other = concat(named([...text('statemint'), 9]), custom('name', []));
    assert.equal(runtimeIdentity(other), 'spec statemint');
  });

  it('returns a hash of the interface if there is no name', () => {
    assert.match(runtimeIdentity(tinyPvf), /^interface [0-9a-f]{64}$/);
    assert.equal(runtimeIdentity(concat(tinyPvf, custom('name', [1]))), runtimeIdentity(tinyPvf));
    assert.notEqual(runtimeIdentity(tinyPvf.subarray(0, 8)), runtimeIdentity(tinyPvf));
  });

  const odd: Readonly<Record<string, readonly number[]>> = {
    nothing: [],
    'an empty name': [0],
    'a name longer than the section': [200, 65],
    'a name of other than UTF-8': [8, 0xff, 0xff],
  };
  for (const [what, content] of Object.entries(odd)) {
    it(`does not accept ${what} as a name`, () => assert.match(runtimeIdentity(named(content)), /^interface/));
  }

  it('uses the sections before the damage of a damaged module', () => {
    const whole = named(text('statemint'));
    assert.equal(runtimeIdentity(concat(whole, Uint8Array.of(77, 1))), 'spec statemint');
    assert.match(runtimeIdentity(whole.subarray(0, -1)), /^interface/);
    assert.match(runtimeIdentity(Uint8Array.of(0xff)), /^interface/);
    // An unterminated length.
    assert.match(runtimeIdentity(concat(wasmModule(), Uint8Array.of(0, ...Array(20).fill(0xff)))), /^interface/);
  });
});
