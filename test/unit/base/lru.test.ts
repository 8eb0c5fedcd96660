import assert from 'node:assert/strict';
import { LruMap } from '../../../src/base/lru.ts';

describe('LruMap', () => {
  it('drops the least recently used entry when it is full', () => {
    const map = new LruMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    assert.deepEqual(
      [...map],
      [
        ['a', 1],
        ['c', 3],
      ],
    );
    assert.equal(map.get('b'), undefined);
  });

  it('counts a write as use', () => {
    const map = new LruMap<string, number>(2, [
      ['a', 1],
      ['b', 2],
    ]);
    map.set('a', 3);
    map.set('c', 4);
    assert.deepEqual(
      [...map],
      [
        ['a', 3],
        ['c', 4],
      ],
    );
  });

  it('keeps the newest of too many initial entries', () => {
    const map = new LruMap<number, number>(
      3,
      Array.from({ length: 10 }, (_, n) => [n, n] as const),
    );
    assert.deepEqual(
      [...map].map(([key]) => key),
      [7, 8, 9],
    );
  });

  it('is empty after clear()', () => {
    const map = new LruMap<string, number>(2, [['a', 1]]);
    map.clear();
    assert.deepEqual([...map], []);
  });
});
