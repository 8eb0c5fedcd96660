import assert from 'node:assert/strict';
import { runtimeIdentity } from '../../../../src/portable/wasm/runtime-identity.ts';
import { tinyPvf } from '../../../../src/worker/probe/tiny-pvf.ts';

function custom(name: string, content: readonly number[]): Buffer {
  const body = [name.length, ...Buffer.from(name), ...content];
  return Buffer.from([0, body.length, ...body]);
}

const named = (content: readonly number[]) => Buffer.concat([tinyPvf, custom('runtime_version', content)]);
const text = (name: string) => [name.length << 2, ...Buffer.from(name)];

describe('runtimeIdentity', () => {
  it('is the spec name, whatever follows it and whatever else the module holds', () => {
    assert.equal(runtimeIdentity(named([...text('statemint'), 1, 2, 3])), 'spec statemint');
    const other = Buffer.concat([named([...text('statemint'), 9]), custom('name', [])]);
    assert.equal(runtimeIdentity(other), 'spec statemint');
  });

  it('is the interface where there is no name', () => {
    assert.match(runtimeIdentity(tinyPvf), /^interface [0-9a-f]{64}$/);
    assert.equal(runtimeIdentity(Buffer.concat([tinyPvf, custom('name', [1])])), runtimeIdentity(tinyPvf));
    assert.notEqual(runtimeIdentity(tinyPvf.subarray(0, 8)), runtimeIdentity(tinyPvf));
  });

  const odd: Readonly<Record<string, readonly number[]>> = {
    nothing: [],
    'an empty name': [0],
    'a name longer than the section': [200, 65],
    'a name of other than UTF-8': [8, 0xff, 0xff],
  };
  for (const [what, content] of Object.entries(odd)) {
    it(`does not take ${what} for a name`, () => assert.match(runtimeIdentity(named(content)), /^interface/));
  }
});
