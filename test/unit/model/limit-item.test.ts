import assert from 'node:assert/strict';
import { budgetItems, limitItem, profileItems } from '../../../src/model/limit-item.ts';
import { type Budget, defaultNear, limits, measures } from '../../../src/model/measures.ts';
import type { LimitItem } from '../../../src/model/report.ts';
import { accepted, inspected } from '../../support/sample-reports.ts';

const MIB = 1024 * 1024;
const LIMIT = 1_000_000;

const summaries = (items: readonly LimitItem[]) => items.map(({ id, used, limit, level }) => [id, used, limit, level]);

describe('limitItem', () => {
  for (const { id, near = defaultNear } of limits) {
    it(`grades ${id} as near from ${near * 100} % on and as over above 100 %`, () => {
      assert.deepEqual(
        [0, near * LIMIT - 1, near * LIMIT, LIMIT, LIMIT + 1].map((used) => limitItem(id, used, LIMIT)[0]?.level),
        ['ok', 'ok', 'near', 'near', 'over'],
      );
    });
  }

  it('grades sizes and memory by the share that the user sets, CPU time and budgets by their own', () => {
    const levels = limits.map(({ id }) => [id, limitItem(id, 0.7 * LIMIT, LIMIT, 0.7)[0]?.level]);
    assert.deepEqual(
      levels.filter(([, level]) => level === 'near').map(([id]) => id),
      ['code-size', 'raw-code-size', 'cpu-time', 'memory'],
    );
    assert.equal(limitItem('cpu-time', 0.6 * LIMIT, LIMIT, 0.9)[0]?.level, 'near');
    assert.equal(limitItem('code-size', 0.8 * LIMIT, LIMIT, 0.9)[0]?.level, 'ok');
  });

  it('returns the ratio', () => {
    assert.deepEqual(limitItem('memory', 512, 1024), [
      { id: 'memory', used: 512, limit: 1024, ratio: 0.5, level: 'ok' },
    ]);
  });

  it('returns nothing when the value or the limit is unknown', () => {
    assert.deepEqual(limitItem('memory', undefined, 1024), []);
    assert.deepEqual(limitItem('memory', 512, undefined), []);
    assert.deepEqual(limitItem('memory', 512, 0), []);
  });
});

describe('profileItems', () => {
  const relay = { maxCodeSize: 3 * MIB, bombLimit: 30 * MIB, prepTimeoutMs: 60_000, memoryLimit: 400_000_000 };

  it('compares sizes, CPU time and memory with their limits', () => {
    assert.deepEqual(summaries(profileItems(accepted, relay)), [
      ['code-size', 3_135_113, 3_145_728, 'near'],
      ['raw-code-size', 14_896_370, 31_457_280, 'ok'],
      ['cpu-time', 23_112.4, 60_000, 'ok'],
      ['memory', 398_204_117, 400_000_000, 'near'],
    ]);
  });

  it('takes the share from which on a figure is near', () => {
    const levels = (near: number) => profileItems(accepted, relay, near).map(({ level }) => level);
    assert.deepEqual(levels(1), ['ok', 'ok', 'ok', 'ok']);
    assert.deepEqual(levels(0.4), ['near', 'near', 'ok', 'near']);
  });

  it('leaves out unknown values and limits', () => {
    const ids = (items: readonly LimitItem[]) => items.map(({ id }) => id);
    assert.deepEqual(ids(profileItems(inspected, relay)), ['code-size', 'raw-code-size']);
    assert.ok(!ids(profileItems(accepted, { ...relay, memoryLimit: undefined })).includes('memory'));
  });

  it("compares the worker's raw size with the bomb limit when our decoder failed", () => {
    const { rawBytes: _, ...runtime } = accepted.runtime;
    const items = profileItems({ ...accepted, runtime }, relay);
    assert.equal(items.find(({ id }) => id === 'raw-code-size')?.used, 14_896_370);
  });
});

describe('budgetItems', () => {
  const full: Budget = Object.fromEntries(measures.map(({ budgetKey }) => [budgetKey, LIMIT]));

  it('compares each member with its value', () => {
    assert.deepEqual(
      budgetItems(accepted, full).map(({ id, used, limit }) => [id, used, limit]),
      measures.map((measure) => [`${measure.id}-budget`, measure.value(accepted), LIMIT]),
    );
  });

  it('leaves out unknown values', () => {
    assert.deepEqual(
      budgetItems(inspected, full).map(({ id }) => id),
      ['stored-bytes-budget', 'raw-bytes-budget'],
    );
    assert.deepEqual(
      budgetItems({ runtime: { storedBytes: 10 }, stats: {} }, full).map(({ id }) => id),
      ['stored-bytes-budget'],
    );
  });

  for (const { budgetKey } of measures) {
    it(`returns an item for ${budgetKey} alone`, () => {
      const items = budgetItems(accepted, { [budgetKey]: 1 });
      assert.equal(items.length, 1);
      assert.equal(items[0]?.level, 'over');
    });
  }
});
