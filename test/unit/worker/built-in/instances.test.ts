import assert from 'node:assert/strict';
import { type Instances, parseInstances } from '../../../../src/worker/built-in/instances.ts';

describe('parseInstances', () => {
  const rows: readonly (readonly [value: unknown, instances: Instances | undefined])[] = [
    ['auto', 'auto'],
    ['1', 1],
    [99, 99],
    ['0', undefined],
    [0, undefined],
    [100, undefined],
    [1.5, undefined],
    ['-1', undefined],
    ['', undefined],
    ['many', undefined],
    [null, undefined],
    [[4], undefined],
  ];
  for (const [value, instances] of rows) {
    it(`${instances === undefined ? 'rejects' : 'accepts'} ${JSON.stringify(value)}`, () =>
      assert.equal(parseInstances(value), instances));
  }
});
