import assert from 'node:assert/strict';
import * as v from 'valibot';
import { parseJson, parseValue } from '../../../src/base/schema.ts';
import { sizeNodeSchema } from '../../../src/model/report-sizes.ts';
import type { SizeNode } from '../../../src/model/size-tree.ts';

const schema = v.object({
  name: v.string(),
  sizes: v.exactOptional(v.array(v.object({ bytes: v.pipe(v.number(), v.minValue(1, 'must be at least 1')) }))),
  kind: v.exactOptional(v.picklist(['a', 'b'])),
});

describe('parseValue', () => {
  it('returns the members that the schema names', () => {
    const value = { name: 'x', sizes: [{ bytes: 1 }] };
    assert.deepEqual(parseValue(schema, { ...value, more: 1 }), { kind: 'valid', value });
  });

  const wrong: Readonly<Record<string, readonly [value: unknown, problem: string]>> = {
    'a number instead of an object': [7, 'the value must be an object, not 7'],
    'a missing member': [{}, 'name is missing'],
    'a member of the wrong type': [{ name: 1 }, 'name must be a string, not 1'],
    'an invalid member of an item': [
      { name: '', sizes: [{ bytes: 2 }, { bytes: 0 }] },
      'sizes[1].bytes must be at least 1',
    ],
    'a missing member of an item': [{ name: '', sizes: [{}] }, 'sizes[0].bytes is missing'],
    'an unknown word': [{ name: '', kind: 'c' }, 'kind must be ("a" | "b"), not "c"'],
  };
  for (const [name, [value, problem]] of Object.entries(wrong)) {
    it(`reports ${name}`, () => {
      assert.deepEqual(parseValue(schema, value), { kind: 'invalid', problem });
    });
  }

  it('reports an unknown member of a strict schema before a missing one', () => {
    const strict = v.object({ inner: v.strictObject({ a: v.number() }, 'unknown member b') });
    assert.deepEqual(parseValue(strict, { inner: { b: 1 } }), { kind: 'invalid', problem: 'inner: unknown member b' });
  });
});

describe('parseValue of a schema that contains itself', () => {
  const nodeSchema: v.GenericSchema<SizeNode> = sizeNodeSchema;
  const nested = (levels: number) => {
    const node = '{"name":"a","kind":"crate","bytes":1,"children":[';
    return JSON.parse(`${node.repeat(levels)}${']}'.repeat(levels)}`);
  };
  const tooDeep = { kind: 'invalid', problem: 'the value is nested more than 200 levels deep' };

  it('takes the depth of every size tree', () => assert.equal(parseValue(nodeSchema, nested(50)).kind, 'valid'));

  it('rejects a value that would overflow the stack', () => {
    for (const levels of [1_500, 100_000]) assert.deepEqual(parseValue(nodeSchema, nested(levels)), tooDeep);
  });

  it('rejects a deep value in a member that the schema does not know', () =>
    assert.deepEqual(parseValue(schema, { name: 'x', more: nested(100_000) }), tooDeep));
});

describe('parseJson', () => {
  it('returns undefined for invalid JSON and values', () => {
    assert.deepEqual(parseJson(schema, '{"name": "x"}'), { name: 'x' });
    for (const text of ['', '{"name": "x', 'null', '7', '[]', '{"name": 1}'])
      assert.equal(parseJson(schema, text), undefined);
  });
});
