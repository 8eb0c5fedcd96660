import assert from 'node:assert/strict';
import { type Comparable, deltaOf } from '../../../src/model/delta.ts';
import { deltaShareText, deltaText } from '../../../src/model/figure-text.ts';
import { measureOf } from '../../../src/model/measures.ts';

const sized = (codeHash: string, storedBytes: number): Comparable => ({ runtime: { codeHash, storedBytes } });

const timed = (codeHash: string, cpuTimeMs: number, cpuTimeIs?: 'measured' | 'estimated'): Comparable => ({
  runtime: { codeHash, storedBytes: 1 },
  stats: { cpuTimeMs, cpuTimeIs },
});

describe('deltaOf', () => {
  const stored = (was: number, now: number) => deltaOf(measureOf('stored-bytes'), sized('a', was), sized('b', now));

  it('returns the direction and the share of the old value', () => {
    const rest = { was: 1000, error: 0, isNotable: false };
    assert.deepEqual(stored(1000, 1010), { ...rest, now: 1010, direction: 'grew', share: 0.01 });
    assert.deepEqual(stored(1000, 500), { ...rest, now: 500, direction: 'shrank', share: 0.5 });
    assert.deepEqual(stored(1000, 1000), { ...rest, now: 1000, direction: 'same', share: 0 });
  });

  it('marks growth from 5 % on as notable', () => {
    assert.equal(stored(1_000_000, 1_050_000)?.isNotable, true);
    assert.equal(stored(1_000_000, 1_049_999)?.isNotable, false);
    assert.equal(stored(1_000_000, 1)?.isNotable, false);
  });

  it('returns undefined when a value is unknown or the old one is 0', () => {
    assert.equal(deltaOf(measureOf('artifact-bytes'), sized('a', 1), sized('b', 2)), undefined);
    assert.equal(stored(0, 5), undefined);
  });

  it('returns undefined for values of different or unknown sources', () => {
    const time = (was: Comparable, now: Comparable) => deltaOf(measureOf('cpu-time'), was, now);
    assert.equal(time(timed('a', 10, 'estimated'), timed('b', 20, 'measured')), undefined);
    assert.equal(time(timed('a', 10), timed('b', 20, 'measured')), undefined);
    assert.equal(time(timed('a', 10, 'estimated'), timed('b', 20, 'estimated'))?.share, 1);
  });

  it('does not show a change that is smaller than the error of an estimate', () => {
    const time = (now: number, source: 'measured' | 'estimated') =>
      deltaOf(measureOf('cpu-time'), timed('a', 1000, source), timed('b', now, source));
    for (const now of [1011, 989, 1149, 851]) {
      const delta = time(now, 'estimated');
      assert.equal(delta?.direction, 'within-error');
      assert.equal(delta?.isNotable, false);
      assert.equal(deltaText(delta, 'ms'), 'no change within ±15 %');
      assert.equal(deltaShareText(delta), 'no change within ±15 %');
    }
    assert.equal(time(1150, 'estimated')?.direction, 'grew');
    assert.equal(time(850, 'estimated')?.direction, 'shrank');
    assert.equal(time(1000, 'estimated')?.direction, 'same');
    assert.equal(time(1011, 'measured')?.direction, 'within-error');
    assert.equal(time(1151, 'measured')?.direction, 'grew');
  });

  it('knows the error of memory, and none of sizes', () => {
    const sampled = (codeHash: string, peakTrackedAlloc: number, memoryIs: 'measured' | 'estimated'): Comparable => ({
      runtime: { codeHash, storedBytes: 1 },
      stats: { memory: { peakTrackedAlloc }, memoryIs },
    });
    const memory = (now: number, source: 'measured' | 'estimated') =>
      deltaOf(measureOf('memory'), sampled('a', 1000, source), sampled('b', now, source))?.direction;
    assert.deepEqual([memory(1034, 'estimated'), memory(1036, 'estimated')], ['within-error', 'grew']);
    assert.deepEqual([memory(1009, 'measured'), memory(989, 'measured')], ['within-error', 'shrank']);
    assert.equal(stored(1_000_000, 1_000_001)?.direction, 'grew');
  });

  it('returns undefined when values of identical code differ', () => {
    assert.equal(deltaOf(measureOf('cpu-time'), timed('a', 10, 'measured'), timed('a', 20, 'measured')), undefined);
    assert.equal(deltaOf(measureOf('stored-bytes'), sized('a', 10), sized('a', 10))?.direction, 'same');
  });

  it('is formatted as a change with its share', () => {
    assert.equal(deltaText(stored(3_000_000, 3_135_113), 'bytes'), '+131.9 KiB (+4.5 %)');
    assert.equal(deltaText(stored(2048, 1024), 'bytes'), '−1.0 KiB (−50.0 %)');
    assert.equal(deltaText(stored(1, 1), 'bytes'), undefined);
    assert.equal(deltaText(undefined, 'bytes'), undefined);
    assert.deepEqual([stored(1, 1), stored(2, 1), undefined].map(deltaShareText), ['=', '−50.0 %', '']);
  });
});
