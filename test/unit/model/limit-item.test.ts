import assert from 'node:assert/strict';
import { budgetItems, limitItem, profileItems } from '../../../src/model/limit-item.ts';
import { type Budget, budgetKeys, limits, measures } from '../../../src/model/measures.ts';
import type { LimitItem } from '../../../src/model/report.ts';
import { accepted, inspected } from '../../support/sample-reports.ts';

const MIB = 1024 * 1024;
const LIMIT = 1_000_000;

const shortly = (items: readonly LimitItem[]) => items.map(({ id, used, limit, level }) => [id, used, limit, level]);

describe('a limit', () => {
  for (const { id, near } of limits) {
    it(`${id} is near from ${near * 100} % on, and over only above 100 %`, () => {
      assert.deepEqual(
        [0, near * LIMIT - 1, near * LIMIT, LIMIT, LIMIT + 1].map((used) => limitItem(id, used, LIMIT)[0]?.level),
        ['ok', 'ok', 'near', 'near', 'over'],
      );
    });
  }

  it('has the ratio', () => {
    assert.deepEqual(limitItem('memory', 512, 1024), [
      { id: 'memory', used: 512, limit: 1024, ratio: 0.5, level: 'ok' },
    ]);
  });

  it('is absent where the use or the limit is not known', () => {
    assert.deepEqual(limitItem('memory', undefined, 1024), []);
    assert.deepEqual(limitItem('memory', 512, undefined), []);
    assert.deepEqual(limitItem('memory', 512, 0), []);
  });
});

describe('the limits of profile and job', () => {
  const relay = { maxCodeSize: 3 * MIB, bombLimit: 30 * MIB, prepTimeoutMs: 60_000, memoryLimit: 400_000_000 };

  it('hold sizes, CPU time and memory against their limits', () => {
    assert.deepEqual(shortly(profileItems(accepted, relay)), [
      ['code-size', 3_135_113, 3_145_728, 'near'],
      ['raw-code-size', 14_896_370, 31_457_280, 'ok'],
      ['cpu-time', 23_112.4, 60_000, 'ok'],
      ['memory', 398_204_117, 400_000_000, 'near'],
    ]);
  });

  it('leave out what no worker measured, and what is not limited', () => {
    const ids = (items: readonly LimitItem[]) => items.map(({ id }) => id);
    assert.deepEqual(ids(profileItems(inspected, relay)), ['code-size', 'raw-code-size']);
    assert.ok(!ids(profileItems(accepted, { ...relay, memoryLimit: undefined })).includes('memory'));
  });

  it('hold the raw size that the worker saw against the bomb limit where our decoder failed', () => {
    const { rawBytes: _, ...runtime } = accepted.runtime;
    const items = profileItems({ ...accepted, runtime }, relay);
    assert.equal(items.find(({ id }) => id === 'raw-code-size')?.used, 14_896_370);
  });
});

describe('the items of a budget', () => {
  const full: Budget = Object.fromEntries(budgetKeys.map((key) => [key, LIMIT]));

  it('compare each member with what was used', () => {
    assert.deepEqual(
      budgetItems(accepted, full).map(({ id, used, limit }) => [id, used, limit]),
      measures.map((measure) => [`${measure.id}-budget`, measure.value(accepted), LIMIT]),
    );
  });

  it('are left out where nothing is known of the use', () => {
    assert.deepEqual(
      budgetItems(inspected, full).map(({ id }) => id),
      ['stored-bytes-budget', 'raw-bytes-budget'],
    );
    assert.deepEqual(
      budgetItems({ runtime: { storedBytes: 10 }, stats: {} }, full).map(({ id }) => id),
      ['stored-bytes-budget'],
    );
  });

  for (const member of budgetKeys) {
    it(`are made for ${member} alone`, () => {
      const items = budgetItems(accepted, { [member]: 1 });
      assert.equal(items.length, 1);
      assert.equal(items[0]?.level, 'over');
    });
  }
});
