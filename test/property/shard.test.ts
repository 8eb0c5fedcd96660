import assert from 'node:assert/strict';
import fc from 'fast-check';
import { listId, parseShard, positionsOf, type ShardItem } from '../../src/check/shard.ts';

const item = fc.record({ cost: fc.nat(4_000_000), key: fc.string() });
const items = fc.array(item, { maxLength: 120 });
const count = fc.integer({ min: 1, max: 12 });

function partsOf(list: readonly ShardItem[], parts: number): (readonly number[])[] {
  return Array.from({ length: parts }, (_, at) => positionsOf(list, { index: at + 1, count: parts }));
}

describe('the parts of a list', () => {
  it('have each item once, in the order of the list', () => {
    fc.assert(
      fc.property(items, count, (list, parts) => {
        const all = partsOf(list, parts);
        assert.deepEqual(
          all.flat().sort((a, b) => a - b),
          [...list.keys()],
        );
        for (const own of all)
          assert.deepEqual(
            own,
            [...own].sort((a, b) => a - b),
          );
      }),
    );
  });

  it('do not depend on the order of the list, where keys differ', () => {
    const distinct = fc.uniqueArray(item, { selector: ({ key }) => key, maxLength: 60 });
    fc.assert(
      fc.property(distinct, count, (list, parts) => {
        const keysOf = (given: readonly ShardItem[]) =>
          partsOf(given, parts).map((own) => own.map((at) => given[at]?.key).sort());
        assert.deepEqual(keysOf([...list].reverse()), keysOf(list));
      }),
    );
  });

  it('differ in cost by no more than the costliest item', () => {
    fc.assert(
      fc.property(items, count, (list, parts) => {
        const costs = partsOf(list, parts).map((own) => own.reduce((sum, at) => sum + (list[at]?.cost ?? 0), 0));
        const most = Math.max(0, ...list.map(({ cost }) => cost));
        assert.ok(Math.max(...costs) - Math.min(...costs) <= most, `${costs}`);
      }),
    );
  });

  it('are even where nothing has a cost', () => {
    const list = Array.from({ length: 10 }, (_, at) => ({ cost: 0, key: `${at}` }));
    assert.deepEqual(
      partsOf(list, 3)
        .map(({ length }) => length)
        .sort(),
      [3, 3, 4],
    );
  });

  it('are known to be of the same list', () => {
    const [a, b] = [
      { cost: 1, key: 'a' },
      { cost: 2, key: 'b' },
    ] as const;
    assert.equal(listId([a, b]), listId([a, b]));
    assert.notEqual(listId([a, b]), listId([a]));
    assert.notEqual(listId([a, b]), listId([b, a]));
  });
});

describe('--shard', () => {
  it('takes a part and the number of parts', () => {
    assert.deepEqual(parseShard('2/3'), { index: 2, count: 3 });
    for (const text of ['', '0/3', '4/3', '1', '1/0', '-1/3', '1/3/3', '1/1001', '1.5/3', ' 1/3']) {
      assert.equal(parseShard(text), undefined, text);
    }
  });
});
