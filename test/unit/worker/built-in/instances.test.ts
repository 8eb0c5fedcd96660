import assert from 'node:assert/strict';
import { type Instances, parseInstances } from '../../../../src/worker/built-in/instances.ts';

describe('the number of instances', () => {
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
    it(`${JSON.stringify(value)} is ${instances ?? 'refused'}`, () => assert.equal(parseInstances(value), instances));
  }
});
