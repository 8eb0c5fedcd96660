import assert from 'node:assert/strict';
import { limitItem } from '../../../src/model/limit-item.ts';
import type { LimitId, LimitItem } from '../../../src/model/report.ts';

/** The share from which each limit is near. */
const nearFrom: Readonly<Record<LimitId, number>> = {
  'code-size': 0.9,
  'raw-code-size': 0.9,
  'cpu-time': 0.5,
  memory: 0.8,
  'stored-bytes-budget': 0.95,
  'raw-bytes-budget': 0.95,
  'artifact-bytes-budget': 0.95,
  'cpu-time-budget': 0.95,
  'memory-budget': 0.95,
};
const ids = Object.keys(nearFrom) as LimitId[];
const LIMIT = 1_000_000;

function levelOf(id: LimitId, used: number): LimitItem['level'] | undefined {
  return limitItem(id, used, LIMIT)[0]?.level;
}

describe('a limit', () => {
  for (const id of ids) {
    it(`${id} is near from ${nearFrom[id] * 100} % on, and over only above 100 %`, () => {
      const near = nearFrom[id] * LIMIT;
      assert.deepEqual(
        [0, near - 1, near, LIMIT, LIMIT + 1].map((used) => levelOf(id, used)),
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
